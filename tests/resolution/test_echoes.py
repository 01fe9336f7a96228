"""Statements of one page that say the same."""

from hypothesis import given
from hypothesis import strategies as st

from qala.extraction.attribution import find_drafts
from qala.extraction.ranker import load_rankers
from qala.pipeline import scan_text
from qala.resolution.echoes import Echo, find_echoes

PAGE = (
    "مسؤول نرويجي: السد الجديد لن يكتمل قبل نهاية العام\n\n"
    "قال مسؤول نرويجي إن السد الجديد لن يكتمل قبل نهاية العام بسبب الفيضانات.\n\n"
    "وقال مدير شركة السدود هانز كروغ إن السد الجديد لن يكتمل قبل نهاية العام بسبب نقص المال.\n\n"
    "وأضاف كروغ أن العمال مضربون."
)


def echoes(text: str) -> list[list[Echo]]:
    scan, _, _ = scan_text(text)
    return find_echoes(scan, find_drafts(scan, load_rankers()))


def test_a_headline_is_said_again_below_it() -> None:
    found = echoes(PAGE)
    assert len(found) == 4
    assert found[0] and found[0][0].later and found[0][0].share > 0.6
    assert any(not echo.later for echo in found[2])
    assert not found[3]


def test_an_echo_knows_whom_its_source_names() -> None:
    scan, _, _ = scan_text(PAGE)
    place = scan.words.first_in(PAGE.index("هانز"))
    named = [echo for echo in echoes(PAGE)[0] if echo.names((place,))]
    assert len(named) == 1


@given(st.lists(st.sampled_from([PAGE, "نام الطفل.", "قال سامي حداد إن البحر هادئ."]), max_size=3))
def test_one_list_a_statement_and_none_of_itself(parts: list[str]) -> None:
    text = "\n\n".join(parts)
    scan, _, _ = scan_text(text)
    drafts = find_drafts(scan, load_rankers())
    found = find_echoes(scan, drafts)
    assert len(found) == len(drafts)
    for draft, list_ in zip(drafts, found, strict=True):
        assert all(echo.draft is not draft and 0 < echo.share <= 1 for echo in list_)
        assert [echo.share for echo in list_] == sorted((echo.share for echo in list_), reverse=True)
