"""Articles with given statements in, utterances and claims out, in the gold's form."""

import gzip
import json

import pytest

from qala.corroboration.gold_form import GoldFormError, documents_of, dump_gold_form, read_statements, write_gold_form
from qala.corroboration.model import Claim, Copy, Corroboration, Stance, Utterance
from qala.errors import ReadError

TEXT = "قال وزير الخارجية الروسي سيرغي لافروف إن بلاده ستنسحب"
ROW = {
    "id": "X",
    "text": TEXT,
    "published": "2021-05-03T10:00:00+03:00",
    "statements": [
        {
            "id": "s1",
            "source": [4, 37],
            "speaker": "سيرغي لافروف",
            "cue": [[0, 3]],
            "content": [[38, len(TEXT)]],
            "type": "indirect",
            "act": "assert",
            "hedged": True,
            "when_date": "2021-05-02",
        },
        {"id": "s2", "speaker": None, "cue": [], "content": [[41, len(TEXT)]], "act": "promise", "parent": "s1"},
    ],
}


def write(tmp_path, *rows, name="in.jsonl"):
    path = tmp_path / name
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows), encoding="utf-8")
    return path


def test_records_have_the_gold_ids_and_resolved_speakers(tmp_path):
    first, second = read_statements(write(tmp_path, ROW, ""))
    assert (first.id, second.id, second.parent) == ("X:s1", "X:s2", "X:s1")
    speaker = first.statement.speaker
    assert (speaker.entity, speaker.country, speaker.office) == ("sergei-lavrov", "ru", "ru:foreign-minister")
    assert speaker.title.of(TEXT) == "وزير الخارجية الروسي"
    assert first.statement.attribution.hedged
    assert first.statement.when_date == "2021-05-02"
    assert second.statement.speaker is None
    assert [document.id for document in documents_of([first, second])] == ["X"]


def test_a_gzipped_file_is_read(tmp_path):
    path = tmp_path / "in.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps(ROW).encode()))
    assert len(read_statements(path)) == 2


@pytest.mark.parametrize(
    "row",
    [
        "{",
        {"id": "X"},
        {"id": "X", "text": "a"},
        {"id": "X", "text": "a", "statements": [1]},
        {"id": "X", "text": "a", "published": "yesterday", "statements": []},
        {**ROW, "statements": [{**ROW["statements"][0], "content": []}]},
        {**ROW, "statements": [{**ROW["statements"][0], "content": [[5, 999]]}]},
        {**ROW, "statements": [{**ROW["statements"][0], "act": "shout"}]},
        {**ROW, "statements": [ROW["statements"][0], ROW["statements"][0]]},
    ],
)
def test_a_bad_line_says_which_and_why(tmp_path, row):
    with pytest.raises(GoldFormError, match=r"^in\.jsonl:2: "):
        read_statements(write(tmp_path, "", row))


def test_an_article_that_stands_twice_is_refused(tmp_path):
    with pytest.raises(GoldFormError, match="twice"):
        read_statements(write(tmp_path, ROW, ROW))


def test_a_missing_file_is_a_read_error(tmp_path):
    with pytest.raises(ReadError):
        read_statements(tmp_path / "none.jsonl")


def test_what_is_written_is_the_gold_form():
    found = Corroboration(
        (Copy("A", "B", "wire", (), "AFP", "agency"),),
        (Utterance("u1", ("A:s1", "B:s2")), Utterance("u2", ("A:s2",))),
        (Claim("c1", "words", (Stance("u1", "+"), Stance("u2", "-"))),),
    )
    assert write_gold_form(found, "flood") == {
        "event": "flood",
        "utterances": [{"id": "u1", "members": ["A:s1", "B:s2"]}, {"id": "u2", "members": ["A:s2"]}],
        "claims": [{"id": "c1", "gloss": "words", "members": [{"u": "u1", "sign": "+"}, {"u": "u2", "sign": "-"}]}],
        "copies": [{"a": "A", "b": "B", "kind": "wire", "agency": "AFP", "from": "agency"}],
    }
    assert json.loads(dump_gold_form(found)) == write_gold_form(found)
