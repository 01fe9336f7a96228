import shutil
import subprocess

import pytest
from eval.floors import Floors, RefusedError

from eval import floors

OLD = Floors({"dev.attribution.f1": 0.7, "dev.act": 0.9}, {"dev.attribution.f1": 0.71})
REASON = "the gold was corrected upstream"
needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not here")


def test_landing_raises_floors_and_lowers_none():
    now = floors.raise_floors(OLD, {"dev.attribution.f1": 0.8, "dev.act": 0.9, "dev.gold": 12})
    assert now.floors == {"dev.attribution.f1": 0.79, "dev.act": 0.9}
    assert now.landed == {"dev.attribution.f1": 0.8, "dev.act": 0.9, "dev.gold": 12}


def test_figures_of_unseen_outlets_stay_until_they_are_measured_again():
    before = Floors({}, {"unseen.dev.act": 0.8, "gap.dev.unseen": 0.1, "dev.gone": 0.5})
    now = floors.raise_floors(before, {"gap.dev.unseen": 0.2})
    assert now.landed == {"unseen.dev.act": 0.8, "gap.dev.unseen": 0.2}


def test_counts_of_the_seed_have_no_slack_and_figures_of_few_cases_have_more():
    found = floors.raise_floors(Floors(), {"seed.found": 14, "dev.when_date": 0.8, "dev.parent": 0.9})
    assert found.floors == {"seed.found": 14, "dev.when_date": 0.77, "dev.parent": 0.89}


def test_a_figure_under_its_floor_cannot_land():
    with pytest.raises(RefusedError, match=r"dev\.act is 0\.8, under its floor 0\.9"):
        floors.raise_floors(OLD, {"dev.attribution.f1": 0.8, "dev.act": 0.8})


def test_a_figure_that_was_not_measured_breaks_its_floor():
    assert floors.broken_floors(OLD, {"dev.act": 0.9}) == ["dev.attribution.f1 was not measured; its floor is 0.7"]


def test_lowering_keeps_its_reason():
    now = floors.lower_floor(OLD, "dev.act", 0.85, REASON)
    assert now.floors["dev.act"] == 0.85
    assert now.lowered == ({"name": "dev.act", "from": 0.9, "to": 0.85, "reason": REASON},)
    assert floors.unexplained(OLD, now) == []


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("dev.act", 0.85, ""),
        ("dev.act", 0.85, "because"),
        ("dev.act", 0.95, REASON),
        ("dev.act", 0.9, REASON),
        ("dev.nothing", 0.1, REASON),
    ],
)
def test_lowering_is_refused_otherwise(name, value, reason):
    with pytest.raises(RefusedError):
        floors.lower_floor(OLD, name, value, reason)


def test_a_floor_lowered_or_removed_by_hand_is_noticed():
    lowered = Floors({"dev.attribution.f1": 0.6, "dev.act": 0.9})
    removed = Floors({"dev.attribution.f1": 0.7})
    assert floors.unexplained(OLD, lowered) == ["dev.attribution.f1: floor lowered from 0.7 to 0.6 without a reason"]
    assert floors.unexplained(OLD, removed) == ["dev.act: floor lowered from 0.9 to None without a reason"]
    note = {"name": "dev.act", "from": 0.9, "to": None, "reason": REASON}
    assert floors.unexplained(OLD, Floors(removed.floors, {}, (note,))) == []


def test_a_reason_excuses_once():
    once = floors.lower_floor(OLD, "dev.act", 0.85, REASON)
    raised = Floors({**once.floors, "dev.act": 0.9}, {}, once.lowered)
    again = Floors(once.floors, {}, once.lowered)
    assert floors.unexplained(raised, again)
    assert floors.unexplained(once, Floors(once.floors)) == ["reasons for lowered floors were changed or removed"]


def test_what_is_written_is_what_is_read(tmp_path):
    path = tmp_path / "floors.json"
    assert floors.load_floors(path) == Floors()
    now = floors.lower_floor(OLD, "dev.act", 0.85, REASON)
    floors.write_floors(now, path)
    assert floors.load_floors(path) == now


@pytest.fixture
def repository(tmp_path):
    """A repository with one committed version of the file; returns a function that commits another."""

    def git(*arguments):
        who = ("-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *who, *arguments], cwd=tmp_path, check=True, capture_output=True)

    def commit(found):
        floors.write_floors(found, tmp_path / "floors.json")
        git("add", "floors.json")
        git("commit", "--quiet", "--no-verify", "-m", "floors")
        return tmp_path / "floors.json"

    git("init", "--quiet")
    return commit


@needs_git
def test_a_floor_lowered_since_the_last_commit_is_a_fault(repository):
    path = repository(OLD)
    assert floors.faults_against_head(path) == []
    floors.write_floors(Floors({**OLD.floors, "dev.act": 0.8}), path)
    assert floors.faults_against_head(path) == ["dev.act: floor lowered from 0.9 to 0.8 without a reason"]
    floors.write_floors(floors.lower_floor(OLD, "dev.act", 0.8, REASON), path)
    assert floors.faults_against_head(path) == []


@needs_git
def test_a_floor_lowered_without_a_reason_in_history_is_a_fault(repository):
    repository(OLD)
    explained = floors.lower_floor(OLD, "dev.act", 0.85, REASON)
    path = repository(explained)
    assert floors.faults_in_history(path) == []
    repository(Floors({**explained.floors, "dev.act": 0.8}, {}, explained.lowered))
    assert floors.faults_in_history(path) == ["dev.act: floor lowered from 0.85 to 0.8 without a reason"]


def test_without_git_there_is_nothing_to_compare(tmp_path):
    floors.write_floors(OLD, tmp_path / "floors.json")
    assert floors.faults_in_history(tmp_path / "floors.json") == []


def test_no_floor_of_this_repository_was_ever_lowered_without_a_reason():
    assert floors.faults_in_history() == []


def test_floors_stand_under_what_landed():
    kept = floors.load_floors()
    assert kept.floors.keys() <= floors.GUARDED
    assert not floors.broken_floors(kept, kept.landed)
    assert all(set(note) == {"name", "from", "to", "reason"} for note in kept.lowered)
    assert kept.floors, "eval/floors.json holds no floor"
