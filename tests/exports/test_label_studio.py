"""Label Studio: offsets in its own units, and an annotator's work read back."""

import io
import json
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest

from qala.errors import ReadError
from qala.exports.label_studio import PARTS, make_config, read_label_studio, write_label_studio
from qala.model import ACTS

MADE = datetime(2024, 5, 6, tzinfo=UTC)


def write(records):
    out = io.BytesIO()
    report = write_label_studio(records, out)
    return out.getvalue(), report


def annotate(records, change=lambda result, page: None):
    """Return an export in which somebody submitted the predictions after ``change``, with ids of its own."""
    tasks = json.loads(write(records)[0])
    for number, task in enumerate(tasks):
        result = deepcopy(task["predictions"][0]["result"])
        change(result, number)
        fresh = {each["id"]: f"x{number}_{place}" for place, each in enumerate(result) if "id" in each}
        for each in result:
            for key in ("id", "from_id", "to_id"):
                if key in each:
                    each[key] = fresh[each[key]]
        task["annotations"] = [{"completed_by": {"id": 7, "email": "a@example.org"}, "result": result}]
    return tasks


def read(tasks, records, **options):
    file = io.BytesIO(json.dumps(tasks).encode())
    return read_label_studio(file, records, author="منى", made=MADE, **options)


def kinds(judgements):
    return [judgement.kind for judgement in judgements]


def find(result, label, words):
    return next(
        each
        for each in result
        if each["type"] == "labels" and each["value"]["text"] == words and each["value"]["labels"] == [label]
    )


def test_offsets_are_those_of_a_javascript_string(records):
    tasks = json.loads(write(records)[0])
    shifted = 0
    for task in tasks:
        raw = task["data"]["text"].encode("utf-16-le")
        for each in task["predictions"][0]["result"]:
            if each["type"] == "relation":
                continue
            value = each["value"]
            assert raw[2 * value["start"] : 2 * value["end"]].decode("utf-16-le") == value["text"]
            shifted += task["data"]["text"][value["start"] : value["end"]] != value["text"]
    assert shifted > 5  # behind the emoji code points would be wrong


def test_tasks_have_what_label_studio_asks_for(records):
    raw, report = write(records)
    for task in json.loads(raw):
        assert set(task) == {"data", "predictions"}
        result = task["predictions"][0]["result"]
        ids = [each["id"] for each in result if each["type"] == "labels"]
        assert len(ids) == len(set(ids))
        for each in result:
            if each["type"] == "relation":
                assert {each["from_id"], each["to_id"]} <= set(ids) and each["direction"] == "right"
            else:
                assert each["to_name"] == "text" and each["id"] in ids
    assert raw == write(records)[0] and report.lost["quantities"] >= 1 and "hedges" not in report.lost


def test_the_interface_names_every_label_relation_and_act(records):
    tree = ElementTree.fromstring(make_config())
    values = {tag: {each.get("value") for each in tree.iter(tag)} for tag in ("Label", "Relation", "Choice")}
    assert values["Label"] == {"Cue", *PARTS} and values["Choice"] == set(ACTS)
    used = {
        each["labels"][0]
        for task in json.loads(write(records)[0])
        for each in task["predictions"][0]["result"]
        if each["type"] == "relation"
    }
    assert used <= values["Relation"] and "inside" in used
    names = {each.get("name") for each in tree.iter()} - {None}
    assert names == {"label", "text", "act"}


def test_what_was_submitted_unchanged_is_accepted(records):
    assert kinds(read(annotate(records), records)) == ["accept"] * len(records)


def test_nothing_is_said_of_tasks_that_nobody_finished(records):
    tasks = annotate(records)
    tasks[0]["annotations"][0]["was_cancelled"] = True
    del tasks[1]["annotations"]
    assert read(tasks, records) == []


def test_corrections_become_judgements(records):
    def change(result, page):
        if page == 1:
            act = [each for each in result if each["type"] == "choices"]
            act[1]["value"]["choices"] = ["warn"]  # he did not deny, he warned
            last = find(result, "Content", "إن التحقيق مستمر \U0001f468\u200d\U0001f469\u200d\U0001f467")
            last["value"] |= {"end": last["value"]["start"] + 16, "text": "إن التحقيق مستمر"}

    judgements = read(annotate(records, change), records)
    changed = [each for each in judgements if each.kind != "accept"]
    assert [(each.kind, each.subjects) for each in changed] == [("act", (records[6].id,)), ("span", (records[8].id,))]
    start, end = json.loads(changed[1].value)["content"][0]
    assert records[8].document.text[start:end] == "إن التحقيق مستمر"


def test_a_statement_taken_off_and_one_put_in(records):
    def change(result, page):
        if page == 0:
            gone = find(result, "Cue", "نفت")
            result[:] = [each for each in result if gone["id"] not in (each.get("id"), each.get("from_id"))]
            result += [
                {
                    "id": "n1",
                    "from_name": "label",
                    "to_name": "text",
                    "type": "labels",
                    "value": {"start": 0, "end": 4, "labels": ["Cue"]},
                },
                {
                    "id": "n2",
                    "from_name": "label",
                    "to_name": "text",
                    "type": "labels",
                    "value": {"start": 8, "end": 20, "labels": ["Content"]},
                },
                {"type": "relation", "from_id": "n2", "to_id": "n1", "direction": "right"},
            ]

    judgements = read(annotate(records, change), records)
    changed = [each for each in judgements if each.kind != "accept"]
    assert [each.kind for each in changed] == ["reject", "span"]
    assert json.loads(changed[1].value) == {"cue": [[0, 4]], "content": [[8, 20]], "source": None}


def test_a_cue_in_two_parts_comes_back(records):
    found = records[0].statement.attribution
    parts = (found.cue[0], found.repeated)
    split = replace(records[0], statement=replace(records[0].statement, attribution=replace(found, cue=parts)))
    assert kinds(read(annotate([split]), [split])) == ["accept"]


def test_another_speaker(records):
    def change(result, page):
        if page == 0:
            for each in result:
                value = each.get("value", {})
                if value.get("labels") == ["Speaker"] and value["text"] == "ليما":
                    start = records[0].document.text.index("أوتاوا")
                    value |= {"start": start, "end": start + 6, "text": "أوتاوا"}

    changed = [each for each in read(annotate(records, change), records) if each.kind != "accept"]
    assert [(each.kind, each.value, each.subjects) for each in changed] == [("speaker", "أوتاوا", (records[0].id,))]


def test_several_annotators_are_told_apart(records):
    tasks = annotate(records)
    other = deepcopy(tasks[0]["annotations"][0]) | {"completed_by": 9, "result": []}
    tasks[0]["annotations"].append(other)
    with pytest.raises(ReadError, match=r"task 1: 2 annotations; say which with completed_by: 7, 9, a@example\.org"):
        read(tasks, records)
    assert set(kinds(read(tasks, records, completed_by="9"))) == {"reject"}
    assert set(kinds(read(tasks, records, completed_by="a@example.org"))) == {"accept"}


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda task, result: task["data"].update(text="another"), "not the text that was exported"),
        (lambda task, result: task["data"].update(document_id="x"), "not among the records"),
        (lambda task, result: result[0]["value"].update(start=0, end=3), "do not hold its text"),
        (lambda task, result: result[0]["value"].update(end=10**6), "IndexError"),
        (lambda task, result: result[0]["value"].update(labels=["Other"]), "no such label"),
        (lambda task, result: result[1]["value"].update(choices=["lies"]), "no such act"),
        (lambda task, result: result[-1].update(to_id="nowhere"), "KeyError"),
        (lambda task, result: result.append(3), "TypeError"),
    ],
)
def test_what_does_not_fit_is_refused_with_the_task(records, spoil, message):
    tasks = annotate(records)
    spoil(tasks[0], tasks[0]["annotations"][0]["result"])
    with pytest.raises(ReadError, match=f"^task 1: .*{message}"):
        read(tasks, records)


def test_an_offset_inside_an_emoji_is_refused(records):
    def change(result, page):
        if page == 1:
            text = records[-1].document.text
            inside = len(text[: text.index("\U0001f600")].encode("utf-16-le")) // 2 + 1
            result[0]["value"] |= {"start": inside, "end": inside + 3}

    with pytest.raises(ReadError, match="inside a character"):
        read(annotate(records, change), records)


def test_no_json_is_refused(records):
    with pytest.raises(ReadError, match="not JSON"):
        read_label_studio(io.BytesIO(b"{"), records, author="a", made=MADE)
