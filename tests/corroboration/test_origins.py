"""Origins are an interval: what the texts show, and the most there can be."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qala.corroboration.lines import trace_lines
from qala.corroboration.model import Claim, Copy, Passage, Stance, Utterance
from qala.corroboration.origins import (
    NOT_ESTABLISHED,
    NOT_NAMED,
    NOT_RECORDED,
    count_origins,
    explain_pair,
    printings_of,
)
from qala.model import Attribution, Document, Hop, Span, Speaker, Statement
from qala.pipeline import extract
from qala.records import Record, identify_document, list_records

TEXT = "قال الوزير إن السد امتلأ بالماء حتى حافته العليا في يوم واحد."
CONTENT = Span(TEXT.index("إن"), len(TEXT) - 1)
AFP = Hop("agency", "named", "فرانس برس", None, "afp")
REUTERS = Hop("agency", "named", "رويترز", None, "reuters")
SOMEBODY = Hop("agency", "anonymous", "وكالات", None)


def person(name, entity=None, **known):
    return Speaker(name, Span(4, 10), kind="person", entity=entity, **known)


MINISTER = person("كمال الراوي")
WITNESS = person("سعاد العبدلي")
DRIVER = person("نبيل الحداد")
UNNAMED = Speaker("مصدر أمني", Span(4, 10), kind="anonymous")


def say(key, speaker, *carriers, outlet="paper-one", text=TEXT):
    """A printing: its speaker, the carriers in its chain, its page."""
    hops = []
    if speaker is None:
        hops.append(Hop("speaker", "not recorded", None, None))
    else:
        status = "anonymous" if speaker.kind == "anonymous" else "named"
        hops.append(Hop("speaker", status, speaker.name, speaker.span, speaker.entity))
    chain = (*hops, *carriers, Hop("page", "named", outlet, None))
    document = Document(key, text, date(2024, 3, 5), outlet)
    content = Span(CONTENT.start, min(CONTENT.end, len(text)))
    found = Attribution("s1", (Span(0, 3),), (content,), "indirect", "assert")
    statement = Statement(found, speaker, chain=chain)
    return Record(key, identify_document(document), document, statement)


def claim_of(*told, sign="+"):
    """A claim to which each record is an utterance of its own, or the records of a tuple one together."""
    groups = [one if isinstance(one, tuple) else (one,) for one in told]
    utterances = [Utterance(f"u{n}", tuple(record.id for record in group)) for n, group in enumerate(groups)]
    records = [record for group in groups for record in group]
    return Claim("c1", "السد امتلأ", tuple(Stance(u.id, sign) for u in utterances)), utterances, records


def copy_of(a, b, **more):
    whole = Span(0, len(TEXT))
    return Copy(a.document_id, b.document_id, "wire", (Passage(whole, whole, 12, 1.0),), **more)


def interval(*told, copies=()):
    found = count_origins(*claim_of(*told), copies)
    return found.shown, found.possible


def test_thirty_copies_of_one_wire_are_one_origin():
    printed = [say(f"d{n}", MINISTER, AFP, outlet=f"paper-{n}") for n in range(30)]
    copies = [copy_of(printed[0], other) for other in printed[1:]]
    found = count_origins(*claim_of(tuple(printed)), copies)
    assert (found.shown, found.possible, found.speakers, found.transmissions) == (1, 1, 1, 1)
    assert found.states == ()
    assert sum(why.rule == "origins:copy" for why in found.evidence) == 29


def test_copies_need_no_credit_to_be_one():
    printed = [say(f"d{n}", MINISTER, outlet=f"paper-{n}") for n in range(5)]
    assert interval(tuple(printed)) == (0, 5)
    copies = [copy_of(a, b) for a, b in pairwise(printed)]
    found = count_origins(*claim_of(tuple(printed)), copies)
    assert (found.shown, found.possible, found.states) == (0, 1, (NOT_RECORDED,))


def test_an_article_without_a_carrier_is_no_origin_shown():
    found = count_origins(*claim_of(say("d1", MINISTER), say("d2", WITNESS, outlet="paper-two")))
    assert (found.shown, found.possible, found.speakers, found.transmissions) == (0, 2, 2, 0)
    assert found.states == (NOT_RECORDED,)


def test_two_carriers_of_one_speaker_are_not_shown_to_be_independent():
    records = say("d1", MINISTER, AFP), say("d2", MINISTER, REUTERS, outlet="paper-two")
    found = count_origins(*claim_of(records))
    assert (found.shown, found.possible, found.transmissions, found.speakers) == (1, 2, 2, 1)
    assert found.states == (NOT_ESTABLISHED,)
    why = explain_pair(trace_lines(*claim_of(records)), "d1", "d2")
    assert not why.shown
    assert why.link.reasons[0].rule == "origins:one-speaker"
    assert "فرانس برس" in why.link.reasons[0].note


def test_two_speakers_of_two_carriers_are_shown():
    records = say("d1", MINISTER, AFP), say("d2", WITNESS, REUTERS, outlet="paper-two")
    found = count_origins(*claim_of(*records))
    assert (found.shown, found.possible, found.states) == (2, 2, ())
    why = explain_pair(trace_lines(*claim_of(*records)), "d1", "d2")
    assert why.shown
    assert not why.link.joined


def test_two_speakers_of_one_carrier_are_one_transmission():
    found = count_origins(*claim_of(say("d1", MINISTER, AFP), say("d2", WITNESS, AFP, outlet="paper-two")))
    assert (found.shown, found.possible, found.speakers, found.transmissions) == (1, 1, 2, 1)


def test_the_most_pairs_are_found_not_the_first():
    """Minister through both, witness through one: a greedy choice could show one, two can be picked."""
    told = [
        say("d1", MINISTER, AFP),
        say("d2", MINISTER, REUTERS, outlet="paper-two"),
        say("d3", WITNESS, AFP, outlet="paper-three"),
    ]
    assert interval(*told) == (2, 2)


def test_an_unnamed_source_may_be_anybody():
    told = say("d1", UNNAMED, AFP), say("d2", MINISTER, REUTERS, outlet="paper-two")
    found = count_origins(*claim_of(*told))
    assert (found.shown, found.possible) == (1, 2)
    assert set(found.states) == {NOT_ESTABLISHED, NOT_NAMED}
    assert interval(say("d1", UNNAMED, AFP)) == (1, 1)


def test_an_unnamed_carrier_is_no_carrier_recorded():
    assert interval(say("d1", MINISTER, SOMEBODY)) == (0, 1)
    told = [
        say("d1", MINISTER, SOMEBODY, AFP),
        say("d2", WITNESS, SOMEBODY, REUTERS, outlet="paper-two"),
    ]
    assert interval(*told) == (1, 2)  # both may have it from the one nobody names


def test_two_officials_of_one_state_are_two_speakers_and_not_shown_independent():
    one = replace(MINISTER, country="jo", office="jo:foreign-minister")
    other = replace(WITNESS, country="jo", office="jo:prime-minister")
    found = count_origins(*claim_of(say("d1", one, AFP), say("d2", other, REUTERS, outlet="two")))
    assert (found.shown, found.possible, found.speakers) == (1, 2, 2)


def test_who_passes_on_another_speaker_of_the_claim_is_not_independent_of_him():
    relayed = Hop("relayer", "named", MINISTER.name, None)
    told = say("d1", WITNESS, relayed, REUTERS), say("d2", MINISTER, AFP, outlet="paper-two")
    assert interval(*told)[0] == 1


def test_carriers_that_a_chain_links_are_not_shown_independent():
    linked = say("d1", MINISTER, AFP, REUTERS), say("d2", WITNESS, REUTERS, outlet="paper-two")
    assert interval(*linked) == (1, 2)


def test_a_page_tells_where_the_outlet_that_others_name_has_it_from():
    bbc = Hop("outlet", "named", "بي بي سي", None, "bbc")
    told = say("d1", MINISTER, bbc, outlet="paper-one"), say("d2", MINISTER, AFP, outlet="bbc")
    assert interval(told) == (1, 1)


def test_what_the_speaker_publishes_himself_is_first_hand():
    posted = Hop("platform", "named", "تويتر", None, "twitter")
    assert interval(say("d1", MINISTER, posted), say("d2", WITNESS, posted, outlet="two")) == (2, 2)
    assert interval((say("d1", MINISTER, posted), say("d2", MINISTER, posted, outlet="two"))) == (1, 1)


def test_an_event_carries_nothing_to_a_page():
    assert interval(say("d1", MINISTER, Hop("event", "named", "مؤتمر صحفي", None))) == (0, 1)


def test_a_headline_without_a_carrier_goes_with_its_own_article():
    body = say("d1", MINISTER, AFP)
    headline = replace(body, id="d1h", statement=say("d1", MINISTER).statement)
    assert interval((body, headline)) == (1, 1)


def test_only_the_sentence_that_was_copied_is_joined():
    one, other = say("d1", MINISTER), say("d2", WITNESS, outlet="paper-two")
    elsewhere = Copy(one.document_id, other.document_id, "wire", (Passage(Span(0, 5), Span(0, 5), 1, 1.0),))
    far = replace(other, document=replace(other.document, text="و" + TEXT[1:-6] + " كما رأى"))
    assert interval(one, far, copies=(elsewhere,)) == (0, 2)
    assert interval(one, other, copies=(copy_of(one, other),)) == (0, 1)


def test_only_the_asked_sign_counts():
    claim, utterances, records = claim_of(say("d1", MINISTER, AFP), sign="-")
    assert count_origins(claim, utterances, records).possible == 0
    assert count_origins(claim, utterances, records, sign="-").shown == 1


def test_a_claim_nobody_affirms_has_no_origin():
    found = count_origins(Claim("c", "لا شيء", ()), (), ())
    assert (found.shown, found.possible, found.speakers, found.transmissions) == (0, 0, 0, 0)


def test_lines_name_their_printings_and_keep_strangers_out():
    lines = trace_lines(*claim_of(say("d1", MINISTER, AFP), say("d2", WITNESS, AFP, outlet="two")))
    assert [found.record for found in printings_of(lines, lines.lines[0])] == ["d1", "d2"]
    joined = explain_pair(lines, "d1", "d2")
    assert joined.link.joined
    assert {why.rule for why in joined.link.reasons} == {"origins:carrier"}
    with pytest.raises(KeyError):
        lines.line_of("d9")


# Properties: made of speakers, carriers and copies at random.

SPEAKERS = (MINISTER, WITNESS, DRIVER, UNNAMED, None)
CARRIERS = (
    AFP,
    REUTERS,
    SOMEBODY,
    Hop("outlet", "named", "paper-two", None),
    Hop("platform", "named", "تويتر", None, "twitter"),
    Hop("relayer", "named", MINISTER.name, None),
)
PRINTINGS = st.lists(
    st.tuples(
        st.sampled_from(SPEAKERS),
        st.lists(st.sampled_from(CARRIERS), max_size=3, unique=True),
        st.sampled_from(("paper-one", "paper-two", "paper-three", "afp", "bbc")),
        st.integers(0, 3),  # which utterance
    ),
    min_size=1,
    max_size=7,
)
PAIRS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=4)


def build(printings, pairs):
    records = [
        say(f"d{n}", speaker, *carriers, outlet=outlet) for n, (speaker, carriers, outlet, _) in enumerate(printings)
    ]
    groups = {}
    for record, (*_, utterance) in zip(records, printings):
        groups.setdefault(utterance, []).append(record.id)
    utterances = [Utterance(f"u{key}", tuple(ids)) for key, ids in sorted(groups.items())]
    claim = Claim("c1", "السد امتلأ", tuple(Stance(u.id, "+") for u in utterances))
    copies = [
        copy_of(records[a], records[b], agency="AFP" if a > b else None)
        for a, b in pairs
        if a < len(records) > b and a != b
    ]
    return claim, utterances, records, copies


@settings(max_examples=150, deadline=None)
@given(PRINTINGS, PAIRS, st.integers(0, 6), st.sampled_from(("paper-two", "afp", "new-paper")))
def test_copying_an_article_raises_no_count(printings, pairs, which, outlet):
    claim, utterances, records, copies = build(printings, pairs)
    before = count_origins(claim, utterances, records, copies)
    source = records[which % len(records)]
    hops = source.statement.chain[:-1]
    copied = say("copy", source.statement.speaker, *hops[1:], outlet=outlet)
    utterances = [
        replace(found, members=(*found.members, "copy")) if source.id in found.members else found
        for found in utterances
    ]
    after = count_origins(claim, utterances, [*records, copied], [*copies, copy_of(source, copied, agency="AFP")])
    assert after.shown <= before.shown
    assert after.possible <= before.possible
    assert after.speakers <= before.speakers
    assert after.transmissions <= before.transmissions


@settings(max_examples=100, deadline=None)
@given(PRINTINGS, PAIRS, st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_nothing(printings, pairs, shuffler):
    claim, utterances, records, copies = build(printings, pairs)
    before = count_origins(claim, utterances, records, copies)
    for items in (utterances, records, copies):
        shuffler.shuffle(items)
    stances = list(claim.stances)
    shuffler.shuffle(stances)
    after = count_origins(replace(claim, stances=tuple(stances)), utterances, records, copies)
    assert after == before


@settings(max_examples=100, deadline=None)
@given(PRINTINGS, PAIRS)
def test_the_interval_is_one_and_unrecorded_lineages_show_nothing(printings, pairs):
    found = count_origins(*build(printings, pairs))
    assert 0 <= found.shown <= found.transmissions <= found.possible <= len(printings)
    bare = [(speaker, [], outlet, number) for speaker, _, outlet, number in printings]
    without = count_origins(*build(bare, pairs))
    assert (without.shown, without.transmissions) == (0, 0)
    assert NOT_RECORDED in without.states


def test_a_copied_page_read_by_qala_raises_nothing():
    """The same text on the pages of three outlets, one of them the agency that its dateline names."""
    text = (
        "باريس (أ ف ب) - قال وزير البيئة كمال الراوي إن السد الجديد امتلأ بالماء حتى حافته العليا في يوم واحد. "
        "وقال المهندس نبيل الحداد لوكالة رويترز إن السد امتلأ."
    )
    records, utterances, copies = [], [], []
    intervals = []
    for outlet in ("bbc", "afp", "paper-three"):
        document = Document(outlet, text, date(2024, 3, 5), outlet)
        records.extend(list_records(extract(document)))
        utterances = [Utterance(record.id, (record.id,)) for record in records]
        claim = Claim("c1", "السد امتلأ", tuple(Stance(u.id, "+") for u in utterances))
        whole = Span(0, len(text))
        copies = [
            Copy(a, b, "wire", (Passage(whole, whole, 20, 1.0),))
            for a in {record.document_id for record in records}
            for b in {record.document_id for record in records}
            if a < b
        ]
        found = count_origins(claim, utterances, records, copies)
        intervals.append((found.shown, found.possible, found.speakers, found.transmissions))
    assert intervals[0] == intervals[1] == intervals[2]
