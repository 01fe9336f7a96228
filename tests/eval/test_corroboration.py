"""Annotated event sets without bodies, pairs for training, weights of other sets, the table of figures."""

import gzip
import json
from pathlib import Path

import pytest
from eval.corroboration import align, corroborate, lines, load_event_scorer, measure
from training.corroboration import AGAINST, claim_rows, fit, utterance_rows
from training.events import EVENTS, EventSet, load_own, mark_article, same_claim, same_utterance, write_own
from training.gold import ANNOTATIONS, restore

from qala.corroboration.gold_form import read_article

pytestmark = pytest.mark.skipif(not EVENTS.is_dir(), reason="the shared event sets are not here")

SAYINGS = [
    ("one", "سيرغي لافروف", "قال", "إن الاتفاق النووي انتهى تماما وستخرج منه الحكومة قريبا", "assert"),
    ("two", "لافروف", "أعلن", "أن الاتفاق النووي انتهى وأن الحكومة ستخرج منه", "assert"),
    ("three", "طهران", "نفت", "أن يكون الاتفاق النووي قد انتهى", "deny"),
    ("four", "وزارة الزراعة", "ذكرت", "أن محصول القمح بلغ ذروته", "assert"),
]
GOLD = {
    "utterances": [
        {"id": "u1", "members": ["one:s1", "two:s1"]},
        {"id": "u2", "members": ["three:s1"]},
        {"id": "u3", "members": ["four:s1"]},
    ],
    "claims": [{"id": "c1", "members": [{"u": "u1", "sign": "+"}, {"u": "u2", "sign": "-"}]}],
    "copies": [],
}


def article(name, speaker, cue, content, act):
    title = "خبر اليوم"
    body = f"{cue} {speaker} {content}."
    at = len(title) + 2
    source = at + len(cue) + 1
    statement = {
        "id": "s1",
        "source": [source, source + len(speaker)],
        "speaker": speaker,
        "cue": [[at, at + len(cue)]],
        "content": [[source + len(speaker) + 1, at + len(body) - 1]],
        "type": "indirect",
        "act": act,
        "hedged": False,
        "channel": None,
        "channel_kind": None,
        "when": None,
        "when_date": None,
        "parent": None,
    }
    row = {"id": name, "title": title, "published": "2021-05-03", "outlet": name, "url": None}
    return {**row, "text": f"{title}\n\n{body}", "statements": [statement]}, {**row, "text": body}


def records_of(rows):
    return [record for row in rows for record in read_article(row, "test")]


@pytest.fixture(scope="module")
def event():
    return EventSet("press", records_of([article(*saying)[0] for saying in SAYINGS]), GOLD)


def test_an_article_comes_back_from_its_offsets():
    for saying in SAYINGS:
        full, body = article(*saying)
        mark = mark_article(full)
        assert not any("\u0600" <= letter <= "\u06ff" for letter in json.dumps(mark, ensure_ascii=False))
        assert records_of([restore(mark, body)]) == records_of([full])


def test_another_body_is_not_the_article():
    full, body = article(*SAYINGS[0])
    assert restore(mark_article(full), {**body, "text": body["text"] + " "}) is None
    assert restore(mark_article(full), None) is None


def test_a_set_is_written_without_bodies_and_read_again(tmp_path):
    rows = [article(*saying) for saying in SAYINGS]
    source, target, news = tmp_path / "in", tmp_path / "out", tmp_path / "news"
    for folder in (source, news):
        folder.mkdir()
    (source / "press.articles.jsonl").write_text("\n".join(json.dumps(full) for full, _ in rows), "utf-8")
    (source / "press.corroboration.json").write_text(json.dumps(GOLD), "utf-8")
    assert write_own(source, target) == ["press"]
    assert load_own(target, news) == []
    with gzip.open(news / "n.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write("\n".join(json.dumps(body) for _, body in rows))
    (found,) = load_own(target, news)
    assert found.records == records_of([full for full, _ in rows])
    assert found.gold["utterances"] == GOLD["utterances"]


def test_the_repository_holds_no_bodies():
    for path in (ANNOTATIONS / "events").glob("*.jsonl"):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            assert set(row) == {"id", "sha256", "statements"}
            assert all(len(str(value)) < 200 for statement in row["statements"] for value in statement.values())


def test_pairs_of_the_annotation(event):
    assert same_utterance(GOLD) == {frozenset(("one:s1", "two:s1"))}
    assert frozenset(("one:s1", "three:s1")) in same_claim(GOLD)
    rows = utterance_rows(event)
    assert [right for _, right in rows].count(True) == 1
    assert all(right is False for _, right in claim_rows(event))


def test_weights_speak_for_or_against_as_they_may(event):
    weights = fit([utterance_rows(event)])
    assert all(value <= 0 for name, value in weights.items() if name in AGAINST)
    assert all(value >= 0 for name, value in weights.items() if name not in AGAINST and name != "bias")


def test_a_perfect_answer_scores_one_and_the_measured_one_is_between(event):
    scores = load_event_scorer().score(GOLD, GOLD)
    assert scores["utterances"]["f1"] == scores["claims"]["f1"] == 1.0
    found = corroborate(event.records)
    members = sorted(member for group in found["utterances"] for member in group["members"])
    assert members == sorted(record.id for record in event.records)


def test_the_table_has_every_set_and_way(event):
    other = EventSet("other", records_of([article(*saying)[0] for saying in SAYINGS]), GOLD)
    table = "\n".join(lines(measure([event, other], own=True)))
    for word in ("shipped weights", "weights of the other sets", "own statements", "press", "other", "mean", "aim"):
        assert word in table


def test_own_statements_take_the_id_of_the_gold_statement_they_overlap(event):
    gold = [event.records[0]]
    assert align(gold, gold) == {"one:s1": "one:s1"}
    assert align(gold, []) == {"one:s1": "one:own-s1"}


def test_files_of_the_repository_are_whole():
    folder = Path(ANNOTATIONS / "events")
    names = {path.stem for path in folder.glob("*.jsonl")}
    assert names == {path.name.split(".")[0] for path in folder.glob("*.corroboration.json")}
