"""Claims, utterances, copies and speakers found among the views."""

from datetime import date

import pytest

from qala.corroborating.choose import (
    NotFoundError,
    Wanted,
    dossier_of,
    find_actors,
    find_claims_by,
    find_utterances_by,
    history_of,
    is_disputed,
    list_claims,
    list_copies,
    signs_of,
    summarise,
)
from qala.corroborating.views import corroborate


@pytest.fixture(scope="module")
def views(articles):
    return corroborate(record for records in articles for record in records)


@pytest.fixture(scope="module")
def disputed(views):
    return next(claim for claim in views.claims if is_disputed(claim))


def test_claims_are_listed_by_how_often_they_were_printed(views):
    found = list_claims(views)
    assert {row.claim.id for row in found} == {claim.id for claim in views.claims}
    assert [row.articles for row in found] == sorted((row.articles for row in found), reverse=True)


def test_a_summary_counts_what_its_claim_holds(views, disputed):
    row = summarise(disputed, views)
    assert sum(row.utterances.values()) == len(disputed.stances)
    assert row.utterances["-"] >= 1 and row.speakers["-"] == ("وزارة الدفاع البيروفية",)
    assert row.first and row.last and row.first <= row.last


@pytest.mark.parametrize(
    ("wanted", "there"),
    [
        (Wanted("قصف الميناء"), True),
        (Wanted("قصف طماطم"), False),
        (Wanted(speaker="وزارة الدفاع البيروفية"), True),
        (Wanted(speaker="نور زيدان"), False),
        (Wanted(about="ميناء الياسمين"), True),
        (Wanted(since=date(2024, 3, 1), until=date(2024, 3, 31)), True),
        (Wanted(since=date(2024, 4, 1)), False),
        (Wanted(until=date(2024, 2, 28)), False),
        (Wanted(disputed=True), True),
    ],
)
def test_claims_are_chosen(views, disputed, wanted, there):
    assert (disputed.id in {row.claim.id for row in list_claims(views, wanted)}) is there


def test_ids_find_by_their_beginning(views, disputed):
    assert find_claims_by(views, disputed.id[:9]) == [disputed]
    utterance = disputed.stances[0].utterance
    assert disputed in find_claims_by(views, utterance)
    (told,) = find_utterances_by(views, utterance)
    assert find_utterances_by(views, told.members[0]) == [told]
    assert set(signs_of(views, told)) >= {disputed.stances[0].sign}


@pytest.mark.parametrize("id", ["", "zzz", "u"])
def test_ids_of_nothing_and_of_several_are_told(views, id):
    with pytest.raises(NotFoundError):
        find_claims_by(views, id)


def test_an_utterance_without_a_claim_has_a_sign_all_the_same(views):
    bearing = {stance.utterance for claim in views.claims for stance in claim.stances}
    alone = next(found for found in views.utterances if found.id not in bearing)
    assert signs_of(views, alone) == ("+",)
    with pytest.raises(NotFoundError, match="bears on no claim"):
        find_claims_by(views, alone.id)


def test_a_dossier_holds_every_statement(views, disputed):
    dossier = dossier_of(views, disputed)
    members = {utterance.id: utterance.members for utterance in views.utterances}
    held = {printing.record for voice in dossier.voices for printing in voice.printings}
    assert held == {member for stance in disputed.stances for member in members[stance.utterance]}
    assert dossier.left_out == 0


def test_actors_are_found_by_id_and_by_name():
    assert find_actors("ru") == {"ru"} and "ru" in find_actors("روسيا")
    assert find_actors("لا أحد بهذا الاسم") == frozenset()


def test_history_of_a_speaker(views):
    assert {turn.sign for turn in history_of(views, "سامي حداد").turns} == {"+"}
    with pytest.raises(NotFoundError, match="speaks here"):
        history_of(views, "نور زيدان")


def test_copies_of_one_article(views):
    (copy,) = list_copies(views)
    assert list_copies(views, [copy.a[:9]]) == list_copies(views, ["1"]) == [copy]
    assert list_copies(views, ["3"]) == []
    with pytest.raises(NotFoundError, match="no article"):
        list_copies(views, ["zzz"])
