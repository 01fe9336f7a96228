"""Chains as a tree: equal hops merged, holes shown, pages at the ends."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from qala.corroboration.lineage import lay_out_chains
from qala.corroboration.model import Claim, Stance, Utterance
from qala.model import Attribution, Document, Hop, Span, Speaker, Statement
from qala.records import Record, identify_document

TEXT = "قال الوزير إن السد امتلأ بالماء."
AFP = Hop("agency", "named", "فرانس برس", Span(0, 3), "afp")
AFP_AGAIN = Hop("agency", "named", "وكالة فرانس برس", Span(0, 3), "afp")
REUTERS = Hop("agency", "named", "رويترز", None, "reuters")
SOMEBODY = Hop("agency", "anonymous", "وكالات", None)
MINISTER = Hop("speaker", "named", "كمال الراوي", Span(4, 10))


def printing(key, *hops, outlet="paper-one", when=None):
    chain = (*hops, Hop("page", "named", outlet, None))
    document = Document(key, TEXT, date(2024, 3, 5), outlet, f"https://example.org/{key}")
    found = Attribution("s1", (Span(0, 3),), (Span(11, 31),), "indirect", "assert")
    statement = Statement(found, Speaker("كمال الراوي", Span(4, 10)), when, chain)
    return Record(key, identify_document(document), document, statement)


def lay_out(*records, sign="+"):
    utterance = Utterance("u1", tuple(record.id for record in records))
    return lay_out_chains(Claim("c1", "السد امتلأ", (Stance("u1", sign),)), [utterance], records)


def test_equal_carriers_are_one_node_under_one_speaker():
    tree = lay_out(printing("d1", MINISTER, AFP), printing("d2", MINISTER, AFP_AGAIN, outlet="two"))
    (said,) = tree.children
    assert (said.kind, said.sign, said.name, said.members) == ("utterance", "+", "كمال الراوي", ("d1", "d2"))
    (agency,) = said.children
    assert (agency.name, agency.entity, agency.members) == ("وكالة فرانس برس", "afp", ("d1", "d2"))
    assert [page.name for page in agency.children] == ["paper-one", "two"] or len(agency.children) == 2
    assert {page.kind for page in agency.children} == {"page"}
    assert {page.published for page in agency.children} == {"2024-03-05"}


def test_what_no_page_tells_is_a_node():
    (said,) = lay_out(printing("d1", MINISTER)).children
    (hole,) = said.children
    assert (hole.status, hole.name, hole.children[0].kind) == ("not recorded", None, "page")


def test_unnamed_carriers_are_shown_as_unnamed():
    (said,) = lay_out(printing("d1", MINISTER, SOMEBODY, REUTERS)).children
    (unnamed,) = said.children
    assert unnamed.status == "anonymous"
    assert unnamed.children[0].name == "رويترز"


def test_two_printings_on_one_page_end_on_one_leaf():
    one = printing("d1", MINISTER, AFP)
    again = Record("d1b", one.document_id, one.document, one.statement)
    (said,) = lay_out(one, again).children
    assert [leaf.members for leaf in said.children[0].children] == [("d1", "d1b")]


def test_a_statement_without_a_chain_still_has_a_page():
    bare = printing("d1")
    (said,) = lay_out(bare).children
    assert said.status == "not recorded"
    assert said.children[0].status == "not recorded"


def test_the_day_of_saying_is_that_on_which_the_printings_agree():
    agreed = lay_out(printing("d1", MINISTER, when="2024-03-04"), printing("d2", MINISTER))
    split = lay_out(printing("d1", MINISTER, when="2024-03-04"), printing("d2", MINISTER, when="2024-03-05"))
    assert agreed.children[0].said == "2024-03-04"
    assert split.children[0].said is None


def test_affirmations_stand_before_denials():
    records = {key: printing(key, MINISTER, AFP) for key in ("d1", "d2", "d3")}
    utterances = [Utterance(f"u{n}", (key,)) for n, key in enumerate(records)]
    claim = Claim("c", "x", (Stance("u0", "?"), Stance("u1", "-"), Stance("u2", "+")))
    tree = lay_out_chains(claim, utterances, records)
    assert [node.sign for node in tree.children] == ["+", "-", "?"]


HOPS = st.lists(st.sampled_from((AFP, REUTERS, SOMEBODY)), max_size=3)


def leaves(node):
    found, stack = [], [node]
    while stack:
        here = stack.pop()
        stack.extend(here.children)
        if not here.children:
            found.append(here)
    return found


@given(st.lists(HOPS, min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_every_printing_ends_on_one_page_and_order_does_not_matter(chains, shuffler):
    records = [printing(f"d{n}", MINISTER, *hops) for n, hops in enumerate(chains)]
    tree = lay_out(*records)
    ends = [member for leaf in leaves(tree) for member in leaf.members]
    assert sorted(ends) == sorted(record.id for record in records)
    assert all(leaf.kind == "page" for leaf in leaves(tree))
    shuffler.shuffle(records)
    assert lay_out(*records) == tree


def test_pages_stand_in_the_order_of_publication():
    late, early = printing("d1", MINISTER, AFP), printing("d2", MINISTER, AFP)
    early = replace(early, document=replace(early.document, published=date(2024, 3, 4)))
    (said,) = lay_out(late, early).children
    assert [page.published for page in said.children[0].children] == ["2024-03-04", "2024-03-05"]


def test_utterances_of_one_sign_stand_in_the_order_of_printing():
    late, early = printing("d1", MINISTER), printing("d2", MINISTER)
    early = replace(early, document=replace(early.document, published=date(2024, 3, 4)))
    utterances = [Utterance("u1", ("d1",)), Utterance("u2", ("d2",))]
    claim = Claim("c1", "السد امتلأ", (Stance("u1", "+"), Stance("u2", "+")))
    assert [node.members for node in lay_out_chains(claim, utterances, [late, early]).children] == [("d2",), ("d1",)]
