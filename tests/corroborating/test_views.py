"""The views over a set: the same in any order and in any parts of arrival; judgements outrank them."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qala.corroborating.views import Corroborator, corroborate, name_documents
from qala.errors import QalaError
from qala.records import Judgement, identify_document


@pytest.fixture(scope="module")
def whole(articles):
    return corroborate(record for records in articles for record in records)


def members_of(views):
    return {frozenset(found.members) for found in views.utterances}


def test_the_set_holds_what_it_was_made_for(whole):
    """Otherwise the properties below would be about nothing."""
    assert whole.copies and any(len(found.members) > 1 for found in whole.utterances)
    assert any({stance.sign for stance in claim.stances} >= {"+", "-"} for claim in whole.claims)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(7)), cuts=st.lists(st.integers(1, 6), max_size=4))
def test_arrival_in_any_order_and_parts_gives_the_same_views(articles, whole, order, cuts):
    """One that grows, asked after every part, ends where one that sees all at once does."""
    growing = Corroborator()
    places = sorted({*cuts, len(order)})
    for place in places:
        records = [record for number in order[:place] for record in reversed(articles[number])]
        views = growing.view(records)
        assert {member for found in views.utterances for member in found.members} == {record.id for record in records}
    assert views.corroboration == whole.corroboration
    assert views.records == whole.records


def test_what_leaves_the_set_leaves_no_trace(articles, whole):
    """As when a person rejects statements, or a newer reading takes the place of an older one."""
    growing = Corroborator()
    growing.view(record for records in articles for record in records)
    some = [record for records in articles[2:] for record in records]
    assert growing.view(some).corroboration == corroborate(some).corroboration
    assert growing.view(record for records in articles for record in records).corroboration == whole.corroboration


def test_a_corrected_statement_is_read_again(articles):
    records = [record for part in articles for record in part]
    growing = Corroborator()
    growing.view(records)
    denial = next(record for record in records if record.statement.attribution.act == "deny")
    statement = replace(denial.statement, attribution=replace(denial.statement.attribution, act="decline"))
    corrected = [replace(record, statement=statement) if record.id == denial.id else record for record in records]
    assert growing.view(corrected).corroboration == corroborate(corrected).corroboration


@pytest.mark.parametrize(("kind", "together"), [("same", True), ("different", False), ("unsure", False)])
def test_what_people_judged_outranks_the_views_and_survives_growth(articles, whole, kind, together):
    pair = _pair(whole, joined=not together)
    judgement = Judgement("j1", kind, pair, "s.k.", datetime(2024, 3, 9, tzinfo=UTC))
    judged = [
        [replace(record, judgements=(judgement,)) if record.id in pair else record for record in records]
        for records in articles
    ]
    growing = Corroborator()
    for place in (len(judged) - 1, len(judged)):
        views = growing.view(record for records in judged[:place] for record in records)
    assert any(set(pair) <= members for members in members_of(views)) is together
    links = {(link.a, link.b): link for found in views.utterances for link in found.links}
    assert any(why.rule == f"judged:{kind}" for why in links[pair].reasons)


def _pair(views, *, joined):
    """Two statements of different articles that are, or are not, one utterance; a pair is in order."""
    if joined:
        return next(found.members[:2] for found in views.utterances if len(found.members) > 1)
    firsts = sorted(found.members[0] for found in views.utterances)
    documents = {id: views.records[id].document_id for id in firsts}
    return next((a, b) for a in firsts for b in firsts if a < b and documents[a] != documents[b])


def test_articles_without_statements_may_be_copies(articles, readings):
    twin = replace(readings[0].document, id="twin", outlet="مرآة", text=readings[0].document.text + "\nخبر")
    views = corroborate(articles[0], {identify_document(twin): twin})
    assert [{copy.a, copy.b} for copy in views.copies] == [{articles[0][0].document_id, identify_document(twin)}]
    names = {key: document.id for key, document in views.documents.items()}
    (named,) = name_documents(views.corroboration, names).copies
    assert {named.a, named.b} == {"1", "twin"}


def test_two_statements_of_one_id_are_refused(articles):
    record = articles[0][0]
    other = replace(record, statement=replace(record.statement, when_date="2024-03-01"))
    with pytest.raises(QalaError, match="two different statements"):
        corroborate([record, other])


def test_nothing_gives_nothing():
    assert corroborate([]).claims == ()
