"""Which cues attribute: conflicts settled, one statement a content, and what is no statement left alone."""

from math import exp

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qala.extraction.attribution import Draft, accept_readings, find_drafts, safest_end, settle
from qala.extraction.ranker import load_rankers
from qala.extraction.readings import Reading
from qala.extraction.scan import Scan
from qala.pipeline import scan_text
from qala.text.normalize import fold


def read(text: str) -> tuple[Scan, list[Draft]]:
    scan, _, _ = scan_text(text)
    return scan, find_drafts(scan, load_rankers())


def cues(text: str) -> list[str]:
    scan, drafts = read(text)
    found = []
    for draft in drafts:
        cue = draft.reading.cue
        found.append(text[scan.words.after_letters(cue.first, cue.prefix) : scan.words.ends[cue.last]])
    return found


def reading(scan: Scan, cue: str, start: str, end: int = -1) -> Reading:
    """Return a reading of the cue written ``cue`` whose content begins at the word ``start``."""
    forms = scan.words.forms
    return Reading(scan.cue_at[forms.index(cue)][0], "comp", forms.index(start), end)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قال الوزير إن الموسم جيد.", ["قال"]),
        ("قال الوزير إن الموسم جيد. وأضاف أن المزارعين راضون.", ["قال", "أضاف"]),
        ("نفت الحكومة وجود خلاف.", ["نفت"]),
        ("قال الوزير إن الحكومة نفت وجود أي خلاف.", ["قال", "نفت"]),
        ("اتهم الرئيس المعارضة بعرقلة الحوار.", ["اتهم"]),
        ("قال الوزير إن الموسم جيد، مشيرا إلى أن المخازن امتلأت.", ["قال", "مشيرا"]),
        ("أكدت الوزارة أن المدارس ستفتح، وأعلنت أن النقل مجاني.", ["أكدت", "أعلنت"]),
    ],
)
def test_the_cues_of_plain_statements(text: str, expected: list[str]) -> None:
    found = cues(text)
    assert [cue.split()[0] for cue in found] == expected


@pytest.mark.parametrize(
    "text",
    [
        "زار الوزير المصنع وتفقد خطوط الإنتاج ثم عاد إلى العاصمة.",
        "وصلت الطائرة مساء إلى المطار وعلى متنها مئة راكب.",
        "من المقرر أن تبدأ المباراة غدا في الملعب الجديد.",
        "وقع الجانبان الاتفاق بعد ثلاثة أيام من المفاوضات.",
    ],
)
def test_narration_is_no_statement(text: str) -> None:
    assert cues(text) == []


def test_of_two_cues_on_one_content_the_better_stays() -> None:
    scan, _, _ = scan_text("قال في كلمة أعلن فيها أن الموسم جيد.")
    far, near = reading(scan, "قال", "ان"), reading(scan, "اعلن", "ان")
    for accepted in ([(far, 1.0), (near, 2.0)], [(near, 2.0), (far, 1.0)]):
        [(kept, log_odds, found)] = settle(accepted)
        assert (kept, log_odds) == (near, 2.0)
        assert found == (near.cue,)  # the other stands too far away to be a part of it


def test_cues_that_touch_are_one_cue_in_the_order_of_the_text() -> None:
    scan, _, _ = scan_text("وتابع قائلا إن الموسم جيد.")
    first, second = reading(scan, "وتابع", "ان"), reading(scan, fold("قائلا"), "ان")
    for accepted in ([(first, 1.0), (second, 2.0)], [(first, 2.0), (second, 1.0)]):
        [(_, log_odds, found)] = settle(accepted)
        assert log_odds == 2.0
        assert found == (first.cue, second.cue)


def test_a_content_one_mark_away_is_the_same_content() -> None:
    scan, _, _ = scan_text('قال الوزير إن "الموسم جيد" وأكد ذلك.')
    one, other = reading(scan, "قال", "ان"), reading(scan, "واكد", "ان")
    assert len(settle([(one, 2.0), (other._replace(start=one.start + 1), 1.0)])) == 1
    assert len(settle([(one, 2.0), (other._replace(start=one.start + 2), 1.0)])) == 2
    assert len(settle([(one, 2.0), (other._replace(end=one.start + 3), 1.0)])) == 2  # its end is known


def test_what_is_settled_comes_in_the_order_of_the_cues() -> None:
    scan, _, _ = scan_text("قال الوزير إن الموسم جيد. نفى المدير أنه رحل. أكد الخبير أنها أمطرت.")
    said, denied, affirmed = reading(scan, "قال", "ان"), reading(scan, "نفي", "انه"), reading(scan, "اكد", "انها")
    found = settle([(affirmed, 3.0), (said, 1.0), (denied, 2.0)])
    assert [item[0] for item in found] == [said, denied, affirmed]
    assert settle([]) == []


def test_without_weights_nothing_is_accepted() -> None:
    scan, _, _ = scan_text("قال الوزير إن الموسم جيد.")
    assert accept_readings(scan, {}, at_least=0.0) == []


def test_the_threshold_is_a_floor_under_every_score() -> None:
    scan, _, _ = scan_text("قال الوزير إن الموسم جيد، ونفت الحكومة وجود خلاف، بحسب وكالة رويترز.")
    weights = load_rankers().reading
    everything = accept_readings(scan, weights, at_least=-100.0)
    assert len(everything) >= len(accept_readings(scan, weights, at_least=0.0))
    assert all(score >= 3.0 for _, score in accept_readings(scan, weights, at_least=3.0))


def test_drafts_of_a_page_have_one_cue_and_one_content_each() -> None:
    _, drafts = read(
        "قال الوزير إن الموسم جيد، مضيفا أن المخازن امتلأت. وقالت المديرة: «لا نقص في القمح».\n"
        "ونفت النقابة ذلك، وفق ما ذكرته وكالة رويترز."
    )
    assert len({draft.reading.cue.first for draft in drafts}) == len(drafts) >= 3
    assert all(draft.reading.start <= draft.end for draft in drafts)
    assert [d.reading.cue.first for d in drafts] == sorted(d.reading.cue.first for d in drafts)


def test_where_a_long_and_a_short_content_are_even_what_they_share_is_kept() -> None:
    lengths = [5, 9, 18]
    assert safest_end(lengths, [1.0, 0.2, 1.0]) == 1
    assert safest_end(lengths, [3.0, 0.2, 0.0]) == 0
    assert safest_end(lengths, [0.0, 0.2, 5.0]) == 2


@given(st.lists(st.tuples(st.integers(1, 400), st.floats(-30, 30)), min_size=1, max_size=40, unique_by=lambda x: x[0]))
def test_the_safest_end_is_the_one_of_most_worth(rows: list[tuple[int, float]]) -> None:
    rows.sort()
    lengths, scores = [length for length, _ in rows], [value for _, value in rows]
    chances = [exp(value - max(scores)) for value in scores]

    def worth(i: int) -> float:
        near = sum(c for c, n in zip(chances, lengths, strict=True) if min(n, lengths[i]) * 2 >= max(n, lengths[i]))
        return near + 0.5 * chances[i]

    chosen = safest_end(lengths, scores)
    assert worth(chosen) >= max(map(worth, range(len(rows)))) - 1e-6


CARRIED = (
    'قالت أوسلو إن الميناء سلم الشركة ثلاث سفن في العام الماضي لتختبرها في الشمال، وذلك حسب ما نقلته وكالة "صوت البحر".'
)


def test_a_content_does_not_run_on_into_the_phrase_that_names_its_carrier() -> None:
    scan, drafts = read(CARRIED)
    [draft] = [draft for draft in drafts if draft.reading.cue.first == 0]
    assert scan.words.span(draft.reading.start, draft.end).of(CARRIED).endswith("لتختبرها في الشمال")
    assert draft.carrier is not None
    assert scan.words.span(draft.carrier.first, draft.carrier.last).of(CARRIED) == 'وكالة "صوت البحر"'
