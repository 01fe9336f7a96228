"""brat standoff: texts and annotations as brat writes them, and an annotator's work read back."""

import io
import json
import re
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from qala.errors import ReadError
from qala.exports.brat import make_config, read_brat, write_brat
from qala.model import ACTS, Attribution, Document, Span, Statement
from qala.records import Record

MADE = datetime(2024, 5, 6, tzinfo=UTC)


def write(records):
    out = io.BytesIO()
    report = write_brat(records, out)
    return out.getvalue(), report


def unzip(raw):
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode() for name in archive.namelist()}


def zipped(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return io.BytesIO(out.getvalue())


def read(files, records, **options):
    return read_brat(zipped(files), records, author="منى", made=MADE, **options)


def change(records, edit):
    """Return the files of an export after ``edit`` on the first page's annotations."""
    files = unzip(write(records)[0])
    name = f"{records[0].document_id}.ann"
    return files | {name: edit(files[name])}


def changes(judgements):
    return [(each.kind, each.subjects, each.value) for each in judgements]


def test_every_annotation_covers_its_words(records):
    files = unzip(write(records)[0])
    seen = 0
    for record in (records[0], records[-1]):
        text = files[f"{record.document_id}.txt"]
        assert text == record.document.text
        for line in files[f"{record.document_id}.ann"].splitlines():
            if line.startswith("T"):
                _, place, words = line.split("\t")
                spans = [part.split() for part in place.split(" ", 1)[1].split(";")]
                assert " ".join(text[int(start) : int(end)] for start, end in spans) == words
                seen += 1
    assert seen > 20


def test_lines_are_those_of_the_format(records):
    files = unzip(write(records)[0])
    forms = {
        "T": r"T\d+\t(Statement|Content|Source|Speaker|Channel|When|Hedge) \d+ \d+(;\d+ \d+)*\t[^\n\t]+",
        "E": r"E\d+\tStatement:T\d+( [A-Z][a-z]+\d*:[TE]\d+)*",
        "A": rf"A\d+\t(Act E\d+ ({'|'.join(ACTS)})|Type E\d+ (direct|indirect|mixed))",
        "#": r"#\d+\tRecord E\d+\t[0-9a-f]{32}",
    }
    for name, text in files.items():
        if name.endswith(".ann"):
            ids = [line.split("\t")[0] for line in text.splitlines()]
            assert len(ids) == len(set(ids))
            for line in text.splitlines():
                assert re.fullmatch(forms[line[0]], line), line


def test_the_configuration_knows_what_is_used(records):
    config = unzip(write(records)[0])["annotation.conf"]
    assert config == make_config()
    assert all(f"[{section}]" in config for section in ("entities", "relations", "events", "attributes"))
    assert f"Value:{'|'.join(ACTS)}" in config


def test_the_same_records_give_the_same_archive(records):
    raw, report = write(records)
    assert raw == write(records)[0]
    assert report.lost["url"] == 1 and "cue" not in report.lost


def test_unchanged_files_say_nothing_unless_asked(records):
    files = unzip(write(records)[0])
    assert read(files, records) == []
    judgements = read({f"folder/{name}": text for name, text in files.items()}, records, accept_unchanged=True)
    assert [each.kind for each in judgements] == ["accept"] * len(records)


def test_spans_over_lines_are_discontinuous_and_come_back_whole():
    text = "قال الوزير:\nإن الاتفاق\r\nسيوقع غداً\n"
    content = Span(11, len(text))
    found = Attribution("s1", (Span(0, 3),), (content,), "direct", "assert", source=Span(4, 10))
    record = Record("a" * 32, "d" * 32, Document("d", text), Statement(found))
    files = unzip(write([record])[0])
    line = next(line for line in files[f"{'d' * 32}.ann"].splitlines() if "Content" in line)
    assert line == "T2\tContent 12 22;24 34\tإن الاتفاق سيوقع غداً"
    assert [each.kind for each in read(files, [record], accept_unchanged=True)] == ["accept"]
    moved = {name: text.replace("12 22;24 34", "15 22;24 34") for name, text in files.items()}
    (judgement,) = read(moved, [record])
    assert json.loads(judgement.value)["content"] == [[15, 34]]


def test_corrections_become_judgements(records):
    def edit(text):
        text = text.replace("Act E1 deny", "Act E1 decline")
        return re.sub(r"(T\d+\tContent \d+) \d+\tشراء السفن", lambda match: f"{match[1]} 9999\tx", text)

    with pytest.raises(ReadError, match=r"\.ann:\d+: not a line"):
        read(change(records, edit), records)
    files = change(records, lambda text: text.replace("Act E1 deny", "Act E1 decline"))
    assert changes(read(files, records)) == [("act", (records[0].id,), "decline")]


def test_an_event_taken_off_and_one_put_in(records):
    def edit(text):
        lines = [line for line in text.splitlines() if not re.match(r"(E1\t|A[12]\t|#1\t)", line)]
        new = [
            "T90\tStatement 0 4\tخلاف",
            "T91\tContent 8 20\tسفن",
            "E90\tStatement:T90 Content:T91 ",
            "A90\tAct E90 warn",
        ]
        return "\n".join([*lines, *new]) + "\n"

    judgements = read(change(records, edit), records)
    assert [each.kind for each in judgements] == ["reject", "span", "act"]
    assert json.loads(judgements[1].value) == {"cue": [[0, 4]], "content": [[8, 20]], "source": None}


def test_another_speaker_and_one_taken_off(records):
    text = records[0].document.text
    start = text.index("أوتاوا")

    def edit(annotations):
        speaker = re.search(r"(T\d+)\tSpeaker \d+ \d+\tليما", annotations)
        return annotations.replace(speaker[0], f"{speaker[1]}\tSpeaker {start} {start + 6}\tأوتاوا")

    assert changes(read(change(records, edit), records)) == [("speaker", (records[0].id,), "أوتاوا")]
    files = change(records, lambda annotations: re.sub(r"(E1\t.*) Speaker:T\d+", r"\1", annotations))
    (judgement,) = read(files, records)
    assert judgement.kind == "unsure" and "speaker" in judgement.reason


def test_events_are_found_again_without_their_notes(records):
    files = change(records, lambda text: re.sub(r"#\d+\tRecord .*\n", "", text))
    judgements = read(files, records, accept_unchanged=True)
    assert [each.kind for each in judgements] == ["accept"] * len(records)


def test_notes_and_relations_of_annotators_are_passed_over(records):
    extra = "#77\tAnnotatorNotes E1\tشك\nR1\tSame Arg1:T1 Arg2:T2\n*\tEquiv T1 T2\nN1\tReference T1 Wikidata:Q1\tx\n"
    assert read(change(records, lambda text: text + extra), records) == []


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (lambda text: text + "T1 broken\n", "not a line of brat standoff"),
        (lambda text: text + "E99\tStatement:T1 Content:T999\n", "points at T999"),
        (lambda text: text + "E99\tStatement:T999\n", "no trigger"),
        (lambda text: text.replace("Act E1 deny", "Act E1 lies"), "an act that is none: 'lies'"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(records, edit, message):
    with pytest.raises(ReadError, match=message):
        read(change(records, edit), records)


def test_another_text_another_page_and_no_archive_are_refused(records):
    files = unzip(write(records)[0])
    with pytest.raises(ReadError, match="not the text that was exported"):
        read(files | {f"{records[0].document_id}.txt": "x"}, records)
    with pytest.raises(ReadError, match="not among the records"):
        read(files, records[5:])
    with pytest.raises(ReadError, match="not a zip archive"):
        read_brat(io.BytesIO(b"PK"), records, author="a", made=MADE)


def test_a_cue_without_characters_is_left_out_and_counted(records):
    found = replace(records[0].statement.attribution, cue=())
    _, report = write([replace(records[0], statement=replace(records[0].statement, attribution=found))])
    assert report.left_out == {"a cue without characters": 1}
