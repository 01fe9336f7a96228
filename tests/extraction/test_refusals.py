"""Contents that decline: the examples of the data file, and what only looks like them."""

import pytest

from qala.extraction.refusals import declines, load_refusals
from qala.lexicon.load import load_entries
from qala.model import Document
from qala.pipeline import extract, scan_text

ENTRIES = load_entries("refusals.yaml")
EXAMPLES = [(str(text), True) for entry in ENTRIES for text in entry.get("examples") or ()]
NONEXAMPLES = [(str(text), False) for entry in ENTRIES for text in entry.get("nonexamples") or ()]


@pytest.mark.parametrize(("content", "declined"), [*EXAMPLES, *NONEXAMPLES])
def test_the_examples_of_the_file(content: str, declined: bool) -> None:
    scan, _, _ = scan_text(content)
    assert declines(scan, 0, len(scan.words) - 1) is declined


def test_every_phrase_is_folded_words() -> None:
    data = load_refusals()
    assert all(phrase and all(phrase) for part in data[:3] for phrase in part)
    assert data.longest == max(len(phrase) for part in data[:3] for phrase in part)


def test_a_plain_verb_of_saying_declines_by_its_content() -> None:
    text = "قال المتحدث سامي حداد إنه غير قادر على تأكيد ما إذا كان المدير سيسافر."
    [statement] = extract(Document("d", text)).statements
    assert statement.attribution.act == "decline"


def test_an_empty_content_declines_nothing() -> None:
    scan, _, _ = scan_text("قال")
    assert not declines(scan, 0, -1)
