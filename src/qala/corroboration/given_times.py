"""When and how much a given statement speaks of: the times and figures in its content, as extraction reads them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from qala.corroboration.contents import day_of
from qala.extraction.scan import scan
from qala.extraction.times import find_times
from qala.lexicon.cues import load_cues
from qala.resolution.times_of import find_figures, quantities_in, times_in
from qala.text.clean import find_debris
from qala.text.quotes import find_quotations
from qala.text.words import find_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qala.model import Document, Statement


def add_figures(document: Document, statements: Iterable[Statement]) -> list[Statement]:
    """Return statements of a document with the times and quantities of their contents, in their order.

    Days are counted from the day of publication; they stay open where that is not known. Work grows with the text.
    """
    words = find_words(document.text)
    debris = find_debris(words)
    times = find_times(words)
    covered = [-1] * len(words)
    for number, mention in enumerate(times):
        covered[mention.first : mention.last + 1] = [number] * (mention.last + 1 - mention.first)
    facts = scan(words, find_quotations(words, debris), debris, covered, [""] * len(words), load_cues())
    figures, published = find_figures(facts, times), day_of(document.published)
    return [
        replace(
            statement,
            times=times_in(facts, statement.attribution, figures, published),
            quantities=quantities_in(statement.attribution, figures),
        )
        for statement in statements
    ]
