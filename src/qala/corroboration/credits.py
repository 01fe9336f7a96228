"""Whom a page credits: the agencies and outlets of its dateline, its byline and its running text, with their places."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from qala.lexicon.actors import load_actors
from qala.lexicon.phrase_trie import phrase_words
from qala.model import Debris, Document, Span
from qala.resolution.carriers import find_outlet, page_hops
from qala.text.words import find_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qala.corroboration.reuse import Page
    from qala.lexicon.actors import ActorBase

Place = Literal["dateline", "byline", "text"]
_CARRIERS = ("agency", "outlet")
_WAW, _LAM_ARTICLE, _ARTICLE = "\u0648", "\u0644\u0644", "\u0627\u0644"
_PARTICLES = (_WAW, "\u0641", "\u0628", "\u0644", "\u0643", "\u0648\u0628", "\u0648\u0644")  # wa fa bi li ka wabi wali


class Credit(NamedTuple):
    """An agency or outlet that a page names: its id and name in the actor base, and where.

    ``span`` is of the article's text; ``None`` for a byline, which is outside it.
    """

    entity: str
    name: str
    kind: str  # "agency" or "outlet"
    place: Place
    span: Span | None


def find_credits(page: Page, base: ActorBase | None = None) -> tuple[Credit, ...]:
    """Return the carriers that a page names, its own outlet left out: those of dateline and byline first.

    A name that may mean two carriers is left out. Only paragraphs that hold the words of a carrier's name are read.
    """
    base = base or load_actors()
    article, text = page.article, page.article.text
    home = outlet_id(article.outlet, base)
    document = Document(article.id, text, outlet=article.outlet)
    found = _of_page(document, page.wording.datelines, "dateline", base)
    author = getattr(getattr(article, "origin", None), "author", None)
    if author:
        line = Document("", author, outlet=article.outlet)
        found += _of_page(line, (Debris(Span(0, len(author)), "dateline"),), "byline", base)
    for paragraph in _paragraphs_naming(page, base):
        for mention in base.find(find_words(paragraph.of(text))):
            actor = base.get(mention.ids[0])
            if actor is not None and actor.kind in _CARRIERS and len(mention.ids) == 1:
                span = Span(mention.span.start + paragraph.start, mention.span.end + paragraph.start)
                found.append(Credit(actor.id, actor.name, actor.kind, "text", span))
    return tuple(credit for credit in found if credit.entity != home)


def _paragraphs_naming(page: Page, base: ActorBase) -> list[Span]:
    """Return the paragraphs in which all words of some carrier's name stand in a row, in order."""
    names = _carrier_names(base)
    forms, starts = page.wording.forms, page.wording.starts
    found: list[Span] = []
    for place, form in enumerate(forms):
        if found and starts[place] < found[-1].end:
            continue
        for rest in names.get(form, ()):
            if forms[place + 1 : place + 1 + len(rest)] == rest:
                found.append(_paragraph(page.wording.span(place, place), page.article.text))
                break
    return found


@lru_cache(maxsize=4)
def _carrier_names(base: ActorBase) -> dict[str, list[tuple[str, ...]]]:
    """Return the words that follow each first word of a carrier's name, particles joined to it included."""
    names: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    for actor in base.actors.values():
        if actor.kind in _CARRIERS:
            for form in actor.forms:
                first, *rest = phrase_words(form.text)
                for particle in ("", *_PARTICLES):
                    names[particle + first].append(tuple(rest))
                if first.startswith(_ARTICLE):
                    names[_LAM_ARTICLE + first[len(_ARTICLE) :]].append(tuple(rest))
                    names[_WAW + _LAM_ARTICLE + first[len(_ARTICLE) :]].append(tuple(rest))
    return dict(names)


def _of_page(page: Document, debris: tuple[Debris, ...], place: Place, base: ActorBase) -> list[Credit]:
    """Return the carriers of a page's datelines."""
    found = []
    for hop in page_hops(page, debris, base):
        actor = base.get(hop.entity) if hop.entity else None
        if hop.kind != "page" and actor is not None and actor.kind in _CARRIERS:
            span = hop.span if place == "dateline" else None
            found.append(Credit(actor.id, actor.name, actor.kind, place, span))
    return found


def outlet_id(outlet: str | None, base: ActorBase) -> str | None:
    """Return the id of an outlet in the actor base, or its name in small letters where the base does not know it."""
    if not outlet or not outlet.strip():
        return None
    return find_outlet(outlet, base) or " ".join(outlet.casefold().split())


def find_near(credits: Iterable[Credit], spans: Iterable[Span], text: str) -> list[Credit]:
    """Return the credits of dateline and byline, and those of the text that stand in a paragraph of ``spans``."""
    paragraphs = [_paragraph(span, text) for span in spans]
    return [
        credit
        for credit in credits
        if credit.place != "text" or (credit.span and any(p.start <= credit.span.start < p.end for p in paragraphs))
    ]


def _paragraph(span: Span, text: str) -> Span:
    """Return the lines in which a span stands."""
    end = text.find("\n", span.end)
    return Span(text.rfind("\n", 0, span.start) + 1, len(text) if end < 0 else end)
