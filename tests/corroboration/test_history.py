"""First said, first denied, who changed what, and when an actor changed his sign."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from qala.corroboration.history import actor_history, trace_history
from qala.corroboration.model import Claim, Copy, Stance, Utterance
from qala.corroboration.versions import copy_partners, find_changes
from qala.model import Document
from qala.pipeline import extract
from qala.records import list_records

AFFIRMED = "قال وزير الري كمال الراوي أمس إن السد انهار وإن 30 قرية غرقت."
CHANGED = "قال وزير الري كمال الراوي أمس إن السد انهار وإن 50 قرية غرقت."
HEDGED = "قال وزير الري كمال الراوي أمس إن السد ربما انهار وإن 30 قرية غرقت."
DENIED = "نفى وزير الري كمال الراوي أن يكون السد قد انهار."
OTHER = "قال المهندس نبيل الحداد إن السد انهار."


def read(key, text, day=5, outlet="paper"):
    document = Document(key, text, date(2024, 3, day), outlet)
    return replace(next(iter(list_records(extract(document)))), id=key)


def test_first_said_and_first_denied_on_both_clocks():
    records = [read("d1", AFFIRMED, 5), read("d2", DENIED, 7), read("d3", OTHER, 6)]
    utterances = [
        Utterance("u1", ("d1",), said=date(2024, 3, 4)),
        Utterance("u2", ("d2",)),
        Utterance("u3", ("d3",)),
    ]
    claim = Claim("c", "انهار السد", (Stance("u1", "+"), Stance("u2", "-"), Stance("u3", "+")))
    found = trace_history(claim, utterances, records)
    firsts = {(sign, clock): turn.utterance for sign, clock, turn in found.first}
    assert firsts == {("+", "said"): "u1", ("+", "published"): "u1", ("-", "published"): "u2"}
    assert [turn.utterance for turn in found.turns] == ["u1", "u3", "u2"]
    (changed,) = found.sign_changes
    assert (changed.earlier.sign, changed.later.sign, changed.clock) == ("+", "-", "published")
    assert "كمال الراوي" in changed.speaker


def test_a_number_that_a_later_page_changes_is_named_with_both_words():
    records = {"d1": read("d1", AFFIRMED, 5, "first"), "d2": read("d2", CHANGED, 6, "second")}
    changes = find_changes(Utterance("u", ("d2", "d1")), records)
    number = next(change for change in changes if change.kind == "number")
    assert (number.earlier, number.later, number.outlet) == ("d1", "d2", "second")
    assert ("30" in number.before, "50" in number.after) == (True, True)
    (span,) = number.evidence.spans
    assert "50" in span.of(CHANGED)
    assert {change.kind for change in changes} == {"number", "wording"}


def test_a_hedge_that_is_lost_on_the_way_is_said():
    records = {"d1": read("d1", HEDGED, 5), "d2": read("d2", AFFIRMED, 6)}
    kinds = {change.kind: change for change in find_changes(Utterance("u", ("d1", "d2")), records)}
    assert kinds["hedge dropped"].before == "ربما"
    back = find_changes(
        Utterance("u", ("d1", "d2")),
        {
            "d1": records["d2"],
            "d2": replace(records["d1"], document=replace(records["d1"].document, published=date(2024, 3, 9))),
        },
    )
    assert "hedge added" in {change.kind for change in back}


def test_a_credit_that_is_dropped_is_said():
    credited = "قال كمال الراوي إن السد انهار كله صباح اليوم، وفق ما نقلته وكالة رويترز."
    bare = "قال كمال الراوي إن السد انهار كله صباح اليوم."
    records = {"d1": read("d1", credited, 5), "d2": read("d2", bare, 6)}
    kinds = {change.kind: change for change in find_changes(Utterance("u", ("d1", "d2")), records)}
    assert "رويترز" in kinds["carrier dropped"].before
    assert "wording" not in kinds


def test_a_copy_is_compared_with_the_page_it_copies():
    records = {
        "d1": read("d1", AFFIRMED, 5),
        "d2": read("d2", CHANGED, 6, "two"),
        "d3": read("d3", CHANGED, 7, "three"),
    }
    utterance = Utterance("u", tuple(records))
    partners = copy_partners([Copy(records["d2"].document_id, "d3", "outlet", ())])
    later = [change for change in find_changes(utterance, records, partners) if change.later == "d3"]
    assert later == []
    assert [change for change in find_changes(utterance, records) if change.later == "d3"]


def test_headline_and_body_are_one_version():
    record = read("d1", AFFIRMED)
    twice = {"d1": record, "d1b": replace(record, id="d1b")}
    assert find_changes(Utterance("u", ("d1", "d1b")), twice) == []


def test_signs_on_days_that_overlap_are_no_change():
    records = [read("d1", AFFIRMED, 5), read("d2", DENIED, 5)]
    utterances = [Utterance("u1", ("d1",)), Utterance("u2", ("d2",))]
    claim = Claim("c", "انهار السد", (Stance("u1", "+"), Stance("u2", "-")))
    assert trace_history(claim, utterances, records).sign_changes == ()


def test_an_actor_over_all_claims():
    records = [read("d1", AFFIRMED, 5), read("d2", DENIED, 7), read("d3", OTHER, 6)]
    utterances = [Utterance(f"u{n}", (f"d{n}",)) for n in (1, 2, 3)]
    claim = Claim("c", "انهار السد", (Stance("u1", "+"), Stance("u2", "-")))
    found = actor_history("الراوي", [claim], utterances, records)
    assert [turn.utterance for turn in found.turns] == ["u1", "u2"]
    assert len(found.sign_changes) == 1
    alone = actor_history("نبيل الحداد", [claim], utterances, records)
    assert [(turn.utterance, turn.claim) for turn in alone.turns] == [("u3", "")]
    assert actor_history("سعاد", [claim], utterances, records).turns == ()


@given(st.permutations(["d1", "d2", "d3", "d4"]))
def test_the_order_of_arrival_changes_nothing(order):
    assert _history(order) == _history(["d1", "d2", "d3", "d4"])


ROWS = {
    "d1": read("d1", AFFIRMED, 5),
    "d2": read("d2", CHANGED, 6),
    "d3": read("d3", DENIED, 7),
    "d4": read("d4", OTHER, 7),
}


def _history(order):
    utterances = [Utterance("u1", ("d1", "d2")), Utterance("u2", ("d3",)), Utterance("u3", ("d4",))]
    signs = {"u1": "+", "u2": "-", "u3": "+"}
    held = {member: found for found in utterances for member in found.members}
    arrived = list(dict.fromkeys(held[key].id for key in order))
    claim = Claim("c", "انهار السد", tuple(Stance(key, signs[key]) for key in arrived))
    return trace_history(claim, [held[key] for key in order], [ROWS[key] for key in order])


def test_a_change_of_sign_needs_words_in_common():
    far = "نفى وزير الري كمال الراوي وصول المساعدات الغذائية إلى سكان الوادي."
    records = [read("d1", AFFIRMED, 5), read("d2", far, 7)]
    utterances = [Utterance("u1", ("d1",)), Utterance("u2", ("d2",))]
    claim = Claim("c", "انهار السد", (Stance("u1", "+"), Stance("u2", "-")))
    assert trace_history(claim, utterances, records).sign_changes == ()
