"""From a chosen candidate to a speaker: name, title and affiliation told apart, kind, actor of the base."""

from datetime import date

from qala.extraction.attribution import Draft
from qala.extraction.scan import Scan
from qala.lexicon.actors import ActorBase
from qala.model import Evidence, Span, Speaker
from qala.resolution.coreference import Candidate, Profile
from qala.resolution.entities import resolve_entity
from qala.resolution.source_kinds import kind_of
from qala.text.words import MARK

_LAM, _ARTICLE, _LAM_ARTICLE = "\u0644", "\u0627\u0644", "\u0644\u0644"
_INSTITUTIONS = frozenset("gomsf")


def name_of(scan: Scan, first: int, last: int, joined: bool) -> tuple[str, Span]:
    """Return the name in tokens ``first`` to ``last`` and its span.

    ``joined`` says that a preposition "li" is written on to the first word: it is taken off, and the article
    that it swallowed is restored, so that the name alone may differ by a letter from the characters of the span.
    """
    words = scan.words
    span = words.span(first, last)
    plain = words.plains[first]
    if joined and plain.startswith(_LAM_ARTICLE) and len(plain) > 3:
        rest = words.text[words.after_letters(first, 2) : span.end]
        return _ARTICLE + rest, span
    if joined and plain.startswith(_LAM) and len(plain) > 3:
        span = Span(words.after_letters(first, 1), span.end)
    return span.of(words.text), span


def _around(scan: Scan, first: int, last: int, name_first: int, name_last: int) -> tuple[Span | None, Span | None]:
    """Return the title before (or in apposition behind) a person's name in a source, and the affiliation in it."""
    words = scan.words
    begin, end = (first, name_first - 1) if first < name_first else (name_last + 1, last)
    while begin <= end and words.kinds[begin] == MARK and scan.quote_open[begin] != begin:
        begin += 1
    while end >= begin and words.kinds[end] == MARK and scan.quote_close[end] != end:
        end -= 1
    if begin > end:
        return None, None
    inside = [j for j in range(begin, end + 1) if scan.tags[j][:1] in _INSTITUTIONS and scan.tags[j][1:2] in ("1", "b", "i", "e")]
    affiliation = words.span(inside[0], inside[-1]) if inside else None
    return words.span(begin, end), affiliation


def make_speaker(
    scan: Scan, draft: Draft, candidate: Candidate, profiles: list[Profile], base: ActorBase, published: date | None
) -> Speaker:
    """Return the speaker that ``candidate`` is, with what the source says about it."""
    joined = draft.reading.cue.form.joined or (
        candidate.origin == "self" and scan.shapes[candidate.first][0] in "lL" and draft.reading.cue.form.entry.kind != "verb"
    )
    name, span = name_of(scan, candidate.first, candidate.last, joined and candidate.origin == "self")
    title = affiliation = None
    places = [p for p in profiles if p.keys == candidate.keys]
    person = bool(places)
    if person:
        anchor = draft.source if draft.source and draft.source.first <= candidate.first <= draft.source.last else None
        first, last = (anchor.first, anchor.last) if anchor else (candidate.first - candidate.lead, candidate.last)
        title, affiliation = _around(scan, first, last, candidate.first, candidate.last)
    reading = kind_of(name, base)
    entity = resolve_entity(name, base, country=reading.country, title=title.of(scan.words.text) if title else None)
    kind = "person" if person else (entity.kind or reading.kind)
    evidence = [Evidence("speaker:" + candidate.origin, (span,)), Evidence("kind:" + reading.reason)]
    if entity.read_as:
        evidence.append(Evidence(entity.rule or "metonym", (span,), entity.read_as))
    return Speaker(
        name=name,
        span=span,
        title=title,
        affiliation=affiliation,
        kind=kind,
        entity=entity.read_as or entity.id,
        candidates=entity.candidates if entity.id is None else (),
        evidence=tuple(evidence),
    )
