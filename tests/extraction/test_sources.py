"""Who says it, as written: the right noun phrase is among the candidates, and the usual ones are chosen."""

import pytest

from qala.extraction.attribution import Draft, find_drafts
from qala.extraction.ranker import load_rankers, load_weights, score
from qala.extraction.scan import Scan
from qala.extraction.source_features import score_sources, source_features
from qala.extraction.sources import find_sources
from qala.pipeline import scan_text


def read(text: str) -> tuple[Scan, list[Draft]]:
    scan, _, _ = scan_text(text)
    return scan, find_drafts(scan, load_rankers())


def source_of(text: str, number: int = 0) -> str | None:
    scan, drafts = read(text)
    source = drafts[number].source
    return scan.words.span(source.first, source.last).of(text) if source else None


SENTENCES = [
    ("قال الوزير إن المفاوضات ستبدأ غدا.", "الوزير"),
    ("قالت المتحدثة باسم البيت الأبيض كارين سالم إن بلادها تراقب الوضع.", "المتحدثة باسم البيت الأبيض كارين سالم"),
    ("وزير الدفاع خالد منصور قال إن الجيش مستعد.", "وزير الدفاع خالد منصور"),
    ("الكرملين قال أمس الاثنين إن الزيارة لم تتقرر بعد.", "الكرملين"),
    ("نفت بيونغ يانغ تزويد روسيا بالأسلحة.", "بيونغ يانغ"),
    ("أكد مسؤول أمني رفيع أن الحدود آمنة.", "مسؤول أمني رفيع"),
    ("كشف تقرير للأمم المتحدة أن ملايين الناس يعانون الجوع.", "تقرير للأمم المتحدة"),
    ("قال رئيس الوزراء، سامي حداد، إن الحكومة لن تستقيل.", "رئيس الوزراء، سامي حداد"),
    ("سيبدأ العمل بالقانون الجديد مطلع العام، بحسب وزارة العدل.", "وزارة العدل"),
    ("وأعلنت شركة \"النور\" أنها ستفتح فرعا جديدا.", "شركة \"النور\""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "right"), SENTENCES)
def test_the_right_source_is_among_the_candidates(text: str, right: str) -> None:
    scan, drafts = read(text)
    assert drafts
    found = {scan.words.span(s.first, s.last).of(text) for s in find_sources(scan, drafts[0].reading)}
    assert right in found


@pytest.mark.parametrize(("text", "right"), [SENTENCES[i] for i in (0, 2, 3, 4, 6, 8)])
def test_the_usual_source_is_chosen(text: str, right: str) -> None:
    assert source_of(text) == right


@pytest.mark.parametrize(("text", "_"), SENTENCES)
def test_candidates_lie_in_the_sentence_and_not_on_the_cue(text: str, _: str) -> None:
    scan, drafts = read(text)
    for draft in drafts:
        cue = draft.reading.cue
        for span in find_sources(scan, draft.reading):
            assert span.first <= span.last
            assert scan.sentence_start[cue.first] <= span.first and span.last < scan.sentence_end[cue.last]
            assert span.last < cue.first if span.side == "pre" else span.first > cue.last


@pytest.mark.parametrize(
    "text",
    [
        "قال الوزير إن الموسم جيد. وأضاف أن المزارعين راضون.",
        "قال الوزير إن الموسم جيد، مضيفا أن المزارعين راضون.",
        'قال الوزير إن الموسم جيد. وتابع: "لن نرفع الأسعار".',
    ],
)
def test_a_source_that_the_arabic_leaves_out_is_none(text: str) -> None:
    assert source_of(text, 0) == "الوزير"
    assert source_of(text, 1) is None


def test_the_relative_clause_and_the_time_are_no_part_of_the_source() -> None:
    assert source_of("قال الرئيس الذي يزور بغداد إن الاتفاق قريب.") == "الرئيس"
    assert source_of("قالت الوزارة اليوم الثلاثاء إن المدارس ستغلق.") == "الوزارة"


def test_features_are_one_list_a_candidate_and_one_for_none() -> None:
    scan, drafts = read("قال الوزير إن الموسم جيد.")
    spans = find_sources(scan, drafts[0].reading)
    features = source_features(scan, drafts[0].reading, spans)
    assert len(features) == len(spans) + 1
    assert all(features)


@pytest.mark.parametrize(
    "text",
    [
        "قال وزير الخارجية سامي حداد، اليوم الثلاثاء، إن الموسم جيد.",
        "بعد لقاء مع الرئيس في بغداد، قال وزير الخارجية سامي حداد إن الاتفاق قريب.",
        "ارتفع عدد المصابين إلى 40 شخصا، بحسب وكالة رويترز.",
    ],
)
def test_a_score_is_the_sum_of_the_weights_of_the_features(text: str) -> None:
    weights = load_weights("source")
    scan, drafts = read(text)
    for draft in drafts:
        spans = find_sources(scan, draft.reading)
        features = source_features(scan, draft.reading, spans)
        for known in (weights, weights, dict(weights)):  # unseen, remembered, and where nothing is
            found = score_sources(scan, draft.reading, spans, known)
            assert found == pytest.approx([score(weights, each) for each in features])


def test_the_source_of_a_headline_stands_before_its_colon() -> None:
    text = "وزير الخارجية: لن نتراجع أمام الضغوط\n\nقال وزير الخارجية إن بلاده لن تتراجع أمام الضغوط."
    assert source_of(text, 0) == "وزير الخارجية"


def test_rivals_of_a_source_do_not_overlap_it() -> None:
    text = "بعد لقاء مع الرئيس في بغداد، قال وزير الخارجية سامي حداد إن الاتفاق قريب."
    for draft in read(text)[1]:
        taken = [rival.span for rival in draft.rivals] + ([draft.source] if draft.source else [])
        for i, one in enumerate(taken):
            assert all(one.last < other.first or other.last < one.first for other in taken[i + 1 :])
