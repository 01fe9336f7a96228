"""Candidate readings: the right beginning of a content is among them, and they stay inside the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qala.extraction.readings import Reading, find_readings
from qala.extraction.scan import Scan
from qala.pipeline import scan_text


def readings_of(text: str) -> tuple[Scan, list[Reading]]:
    scan, _, _ = scan_text(text)
    return scan, [reading for cue in scan.cues for reading in find_readings(scan, cue)]


RIGHT = [
    ("قال الوزير إن السلام قريب.", "comp", "إن"),
    ("وقال الوزير: السلام قريب.", "colon", "السلام"),
    ('قال الوزير "السلام قريب".', "quote", '"'),
    ("دعا الوزير إلى وقف القتال.", "prep", "وقف"),
    ("رفض الوزير الاستقالة.", "bare", "الاستقالة"),
    ("طالب النائب بمحاسبة المسؤولين.", "bi", "بمحاسبة"),
    ('"السلام قريب" قال الوزير.', "qbefore", '"'),
    ("السلام قريب، بحسب الوزير.", "cbefore", "السلام"),
    ("وفقا للوزير، السلام قريب.", "cafter", "السلام"),
    ("وبحسب التقرير الطبي فإن الجرح قديم.", "cafter", "فإن"),
    ("ووفق البيانات الجديدة فقد تراجع الإنتاج.", "cafter", "فقد"),
    ("وبحسب الشرطة المحلية اعترف المتهم بالسرقة.", "cverb", "اعترف"),
    ("وبحسب المصدر نفسه لم يعد في القرية أحد.", "cverb", "لم"),
    ("وصل إلى المدينة التي يعيش فيها ألف شخص، بحسب البلدية.", "cinner", "يعيش"),
    ("أدان الوزير ما وصفه بالتدخل.", "bare", "ما"),
]


@pytest.mark.parametrize(("text", "kind", "opens"), RIGHT)
def test_the_right_beginning_is_a_candidate(text: str, kind: str, opens: str) -> None:
    scan, readings = readings_of(text)
    starts = [scan.words.span(r.start, r.start).of(text) for r in readings if r.kind == kind]
    assert opens in starts


def test_a_content_behind_a_colon_may_begin_on_the_next_line() -> None:
    scan, readings = readings_of("قال الوزير:\nالسلام قريب")
    starts = {scan.words.plains[r.start] for r in readings if r.kind == "colon"}
    assert starts == {"السلام"}


def test_a_letter_alone_before_a_quotation_counts_as_joined() -> None:
    scan, readings = readings_of('وصف الوزير القرار ب "الكارثة".')
    assert any(r.kind == "bi" and scan.words.plains[r.start] == "ب" for r in readings)


def test_ranks_count_the_nearer_ones_of_the_same_kind() -> None:
    _, readings = readings_of("قال الوزير إن الوقت حان وإن الناس ينتظرون وأن العمل بدأ.")
    ranks = [r.rank for r in readings if r.kind == "comp" and r.cue.first == 0]
    assert ranks == list(range(len(ranks)))


def test_a_clause_without_a_comma_needs_a_phrase_that_opens_its_sentence() -> None:
    _, readings = readings_of("وصل الوزير إلى القرية الصغيرة بحسب الشرطة المحلية اعترف المتهم.")
    assert not any(r.kind == "cverb" for r in readings)


def test_no_candidate_begins_inside_a_name() -> None:
    scan, readings = readings_of("انتقد الوزير محمد أحمد خالد حسن القرار.")
    bare = [r.start for r in readings if r.kind == "bare"]
    assert not any(scan.shapes[j] == scan.shapes[j - 1] == "NN" for j in bare)


PIECES = st.sampled_from(
    [
        "قال",
        "دعا",
        "إلى",
        "إن",
        "وفقا",
        "للوزير",
        "كما",
        "الوزير",
        '"',
        "«",
        "»",
        "،",
        ":",
        ".",
        "\n",
        "ب",
        "ل",
    ]
)


@given(st.lists(PIECES, max_size=40))
def test_readings_lie_in_the_text_whatever_it_is(pieces: list[str]) -> None:
    scan, readings = readings_of(" ".join(pieces))
    size = len(scan.words)
    for reading in readings:
        assert 0 <= reading.start < size
        assert -1 <= reading.particle < size
        assert reading.end < 0 or reading.start <= reading.end < reading.cue.first
        assert reading.rank >= 0
