"""Who is who across an export."""

from dataclasses import replace

import pytest
import rdflib

from qala.exports.identities import identify_hop, identify_outlet, identify_speaker, make_iri, make_urn
from qala.model import Hop, Span


def test_a_known_actor_has_one_id_everywhere(records):
    lavrov = identify_speaker(records[6])
    elsewhere = identify_speaker(replace(records[6], document_id="another"))
    assert lavrov.id == elsewhere.id == "actor:sergei-lavrov"
    assert (lavrov.kind, lavrov.country, lavrov.printed) == ("person", "ru", "سيرغي لافروف")


def test_two_people_of_one_name_on_two_pages_are_two(records):
    here, there = identify_speaker(records[1]), identify_speaker(replace(records[1], document_id="another"))
    assert here.name == there.name == "إيلينا كاسترو" and here.id != there.id
    assert identify_speaker(records[2]).id == here.id


def test_anonymous_sources_count_for_their_place(records):
    source = records[-1]
    speaker = source.statement.speaker
    moved = replace(source, statement=replace(source.statement, speaker=replace(speaker, span=Span(0, 4))))
    assert identify_speaker(source).anonymous and identify_speaker(moved).id != identify_speaker(source).id


def test_nobody_where_the_page_lets_nobody_know(records):
    assert identify_speaker(records[4]) is None
    assert identify_hop(records[1], Hop("page", "not recorded", None, None)) is None


def test_a_chain_starts_with_the_speaker_or_the_body_he_speaks_for(records):
    chain = records[5].statement.chain
    body, spokesman = (identify_hop(records[5], hop) for hop in chain[:2])
    assert body.name == "الوزارة" and spokesman == identify_speaker(records[5])._replace(kind=spokesman.kind)
    assert identify_hop(records[6], records[6].statement.chain[0]) == identify_speaker(records[6])


def test_an_outlet_of_a_documents_field_is_one_outlet(records):
    page = records[6].statement.chain[-1]
    assert identify_hop(records[6], page) == identify_outlet("صحيفة المثال")


def test_an_id_that_the_base_does_not_know_keeps_the_printed_name(records):
    hop = Hop("agency", "named", "وكالة الغد", None, "no-such-agency")
    found = identify_hop(records[6], hop)
    assert (found.id, found.name) == ("actor:no-such-agency", "وكالة الغد")


@pytest.mark.parametrize("name", ["fr:presidency", "a b", "اسم", "a/b?c#d%", "\ud800"])
def test_urns_are_valid_and_tell_names_apart(name):
    urn = make_urn("actor", name)
    assert urn.isascii() and urn.startswith("urn:qala:actor:") and not set(urn) & set(' <>"#?/\\^`{|}')
    assert urn != make_urn("actor", name + "x")


@pytest.mark.parametrize(
    ("url", "iri"),
    [
        ("https://x.example/خبر?a=1", "https://x.example/خبر?a=1"),
        (' http://x.example/a b<c>"d" ', "http://x.example/a%20b%3Cc%3E%22d%22"),
        ("javascript:alert(1)", "urn:qala:document:d"),
        ("not an address", "urn:qala:document:d"),
        ("https://x.example/\u202eabc\n", "https://x.example/%E2%80%AEabc"),
        (None, "urn:qala:document:d"),
    ],
)
def test_addresses_become_iris(url, iri):
    assert make_iri(url, "d") == iri
    assert rdflib.URIRef(iri).n3() == f"<{iri}>"
