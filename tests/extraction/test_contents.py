"""Where a content ends: the right end is always among the candidates, and the usual ends are chosen."""

import pytest

from qala.extraction.attribution import Draft, find_drafts
from qala.extraction.contents import content_limit, find_ends
from qala.extraction.ranker import load_rankers
from qala.extraction.scan import Scan
from qala.pipeline import scan_text


def read(text: str) -> tuple[Scan, list[Draft]]:
    scan, _, _ = scan_text(text)
    return scan, find_drafts(scan, load_rankers())


def contents(text: str) -> list[str]:
    scan, drafts = read(text)
    return [scan.words.span(draft.reading.start, draft.end).of(text) for draft in drafts]


# The content, in double braces, is what an annotator marks; the braces are no part of the text.
MARKED = [
    "قال الوزير {{إن المفاوضات ستبدأ غدا}}.",
    "قالت المتحدثة باسم الوزارة {{إن بلادها لن تتراجع أمام الضغوط}}، بحسب وكالة رويترز.",
    "وأكد المدير {{أن المصنع سيفتح أبوابه قريبا}}، مضيفا أن العمال ينتظرون.",
    "نفت بيونغ يانغ {{تزويد روسيا بالأسلحة}}، وذلك للمرة الثالثة.",
    "وقال الرئيس: {{\"لن نقبل بأي شروط\"}} خلال زيارته للعاصمة.",
    "قال المتحدث {{إن \"الوضع خطير\" وإن الحكومة تتابعه}} وأشار إلى أن الحدود مغلقة.",
    "دعا الأمين العام {{إلى وقف إطلاق النار فورا}} عبر حسابه على تويتر.",
    "أعلنت الشركة {{أنها ستخفض الأسعار}} بحسب بيان نشرته الثلاثاء.",
    "حذر الخبراء {{من أن الجفاف سيستمر سنوات}}، وفق ما نقلته الصحيفة.",
    "قال الشاهد {{إن النار اندلعت ليلا وإن الجيران هربوا وإن الشرطة وصلت بعد ساعة}}.",
]  # fmt: skip


# Ends that no candidate reaches yet: a repetition, and a circumstance without a comma behind a clause.
OUT_OF_REACH = [
    "نفت بيونغ يانغ {{تزويد روسيا بالأسلحة}} مرارا وتكرارا.",
    "أعلنت الشركة {{أنها ستخفض الأسعار}} في بيان نشرته الثلاثاء.",
]


def unmark(marked: str) -> tuple[str, int, int]:
    start, end = marked.index("{{"), marked.index("}}") - 2
    return marked.replace("{{", "").replace("}}", ""), start, end


@pytest.mark.parametrize(
    "marked",
    [
        *MARKED,
        *(
            pytest.param(marked, marks=pytest.mark.xfail(reason="find_ends offers no end there", strict=False))
            for marked in OUT_OF_REACH
        ),
    ],
)
def test_the_right_end_is_among_the_candidates(marked: str) -> None:
    text, _, right = unmark(marked)
    scan, drafts = read(text)
    assert drafts
    ends = find_ends(scan, drafts[0].reading)
    assert right in [scan.words.ends[end] for end in ends]


@pytest.mark.parametrize("marked", MARKED)
def test_candidates_are_in_order_inside_the_limit_and_begin_behind_the_start(marked: str) -> None:
    scan, drafts = read(unmark(marked)[0])
    for draft in drafts:
        if draft.reading.end < 0:
            ends = find_ends(scan, draft.reading)
            assert ends == sorted(set(ends))
            assert all(draft.reading.start <= end < content_limit(scan, draft.reading.start) for end in ends)


@pytest.mark.parametrize("marked", [MARKED[0], MARKED[1], MARKED[2], MARKED[9]])
def test_the_usual_ends_are_chosen(marked: str) -> None:
    text, start, end = unmark(marked)
    assert contents(text)[0] == text[start:end]


def test_a_final_stop_and_the_next_sentence_stay_outside() -> None:
    text = "قال الوزير إن الموسم جيد. ووصل الضيوف إلى المطار مساء."
    assert contents(text) == ["إن الموسم جيد"]


def test_a_content_inside_a_quotation_ends_inside_it() -> None:
    text = "«قال لي المدير إن المصنع مغلق» هكذا بدأت الرسالة الطويلة التي نشرت أمس."
    scan, drafts = read(text)
    closing = text.index("»")
    for draft in drafts:
        if scan.quote_open[draft.reading.cue.first] >= 0 and draft.reading.end < 0:
            assert all(scan.words.ends[end] <= closing for end in find_ends(scan, draft.reading))


def test_a_stop_inside_a_quotation_ends_no_content() -> None:
    text = "قال الرئيس: «لن نتراجع. سنواصل العمل. هذا وعد»."
    assert contents(text) == ["«لن نتراجع. سنواصل العمل. هذا وعد»"]


def test_a_line_end_is_the_last_place_where_a_content_may_end() -> None:
    text = "قال الوزير إن الموسم جيد جدا\nالأمطار غزيرة في الشمال"
    assert contents(text) == ["إن الموسم جيد جدا"]


def test_the_candidates_of_an_endless_sentence_are_few() -> None:
    scan, drafts = read("قال الوزير إن الأمر " + "طويل، وكبير " * 500)
    for draft in drafts:
        if draft.reading.end < 0:
            assert 0 < len(find_ends(scan, draft.reading)) <= 40
            assert draft.end - draft.reading.start <= 400
