"""Given statements in the gold's form."""

import json

import pytest

from qala.corroborating.given import corroborate_file
from qala.corroboration.gold_form import GoldFormError

TEXT = "قال سامي حداد إن ميناء الياسمين سيغلق يوم الخميس المقبل بسبب عاصفة قوية تقترب من الساحل الشرقي للبلاد كلها"


def make_row(name, statements):
    return {
        "id": name,
        "text": f"{TEXT}.",
        "published": "2024-03-05",
        "outlet": f"جريدة {name}",
        "statements": statements,
    }


def write(path, rows):
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return path


def test_members_and_copies_go_by_the_ids_of_the_file(tmp_path):
    start = TEXT.index("إن")
    said = [{"id": "s1", "speaker": "سامي حداد", "cue": [[0, 3]], "content": [[start, len(TEXT)]]}]
    rows = [make_row("a", said), make_row("b", said), make_row("c", [])]
    found = corroborate_file(write(tmp_path / "set.jsonl", rows))
    assert [utterance.members for utterance in found.utterances] == [("a:s1", "b:s1")]
    assert {(copy.a, copy.b) for copy in found.copies} == {("a", "b"), ("a", "c"), ("b", "c")}


@pytest.mark.parametrize(
    "rows", [[{"id": "a"}], [make_row("a", []), make_row("a", [])], [make_row("a", [{"id": "s1"}])]]
)
def test_what_breaks_the_form_is_told_with_its_line(tmp_path, rows):
    with pytest.raises(GoldFormError, match=rf"set\.jsonl:{len(rows)}"):
        corroborate_file(write(tmp_path / "set.jsonl", rows))
