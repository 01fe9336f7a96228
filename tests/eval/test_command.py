import eval.__main__ as command
import pytest

from eval import floors


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """A file of floors of our own, and no articles beside the checkout."""
    path = tmp_path / "floors.json"
    floors.write_floors(floors.Floors({"dev.act": 0.9}), path)
    for name in ("load_floors", "write_floors", "faults_against_head"):
        function = getattr(floors, name)
        monkeypatch.setattr(floors, name, lambda *found, f=function: f(*found, path))
    monkeypatch.setattr(command, "SHARED", tmp_path)
    return path


def run(monkeypatch, *arguments):
    monkeypatch.setattr("sys.argv", ["eval", *arguments])
    return command.main()


def test_without_the_articles_it_says_so(kept, monkeypatch, capsys):
    assert run(monkeypatch) == 0
    assert "nothing measured" in capsys.readouterr().out


def test_lowering_needs_a_reason(kept, monkeypatch, capsys):
    assert run(monkeypatch, "--lower", "dev.act", "0.8") == 1
    assert "refused: say in a few words why" in capsys.readouterr().err
    assert run(monkeypatch, "--lower", "dev.act", "0.8", "--reason", "the gold was corrected") == 0
    assert floors.parse_floors(kept.read_text(encoding="utf-8")).floors == {"dev.act": 0.8}


def test_lowering_to_what_is_no_number_is_refused(kept, monkeypatch, capsys):
    assert run(monkeypatch, "--lower", "dev.act", "low", "--reason", "no reason at all") == 1


def test_old_predictions_cannot_land(kept, monkeypatch, capsys):
    with pytest.raises(SystemExit):
        run(monkeypatch, "--floors", "--as-is")
    assert "fresh" in capsys.readouterr().err
