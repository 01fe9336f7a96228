"""From drafts in tokens to attributions in spans, each with its evidence."""

from bisect import bisect_left, bisect_right

from qala.extraction.act import choose_act, find_hedges, quote_type
from qala.extraction.attribution import Draft
from qala.extraction.circumstances import choose_channel, choose_when, relayed_by
from qala.extraction.ranker import Rankers
from qala.extraction.scan import Scan
from qala.lexicon.words import load_classes
from qala.model import Attribution, Evidence, Layout, Span
from qala.text.clitics import split_clitics

_NEAR = 4  # code points between a content and the break that cuts it


def source_span(scan: Scan, draft: Draft) -> Span | None:
    """Return the source's characters, without an "and" joined to its first word."""
    if draft.source is None:
        return None
    words, first = scan.words, draft.source.first
    form = words.forms[first]
    start = words.starts[first]
    parts = split_clitics(form).proclitics
    if draft.source.side == "pre" and parts and form[0] in _AND and not scan.tags[first].endswith("e"):
        start = words.after_letters(first, 1)
    return Span(start, words.ends[draft.source.last])


_AND = "\u0648\u0641"  # wa-, fa-


def cue_spans(scan: Scan, draft: Draft) -> tuple[Span, ...]:
    """Return the words that attribute: the cue without joined particles, and a separate preposition."""
    words = scan.words
    spans = [Span(words.after_letters(cue.first, cue.prefix), words.ends[cue.last]) for cue in draft.cues]
    particle = draft.reading.particle
    if particle >= 0:
        if particle == draft.reading.cue.last + 1:
            spans[-1] = Span(spans[-1].start, words.ends[particle])
        else:
            spans.append(words.span(particle, particle))
    return tuple(spans)


def _parents(drafts: list[Draft]) -> list[int]:
    """Return for each draft the number of the smallest content that holds its cue, or -1.

    Only drafts near enough are looked at: no content is longer than ``_REACH`` tokens or farther from its cue.
    """
    at = [draft.reading.cue.first for draft in drafts]
    parents: list[int] = []
    for number, draft in enumerate(drafts):
        cue = draft.reading.cue
        near = range(bisect_left(at, cue.first - _REACH), bisect_left(at, cue.first + _REACH + 1))
        holders = [
            other
            for other in near
            if other != number and drafts[other].reading.start <= cue.first and cue.last <= drafts[other].end
        ]
        parents.append(min(holders, key=lambda n: _length(drafts[n]), default=-1))
    for number in range(len(drafts)):
        _cut_circle(parents, number, drafts)
    return parents


def _length(draft: Draft) -> int:
    return draft.end - draft.reading.start


def _cut_circle(parents: list[int], number: int, drafts: list[Draft]) -> None:
    """Where two contents hold each other's cue, the longer one is nobody's part."""
    path = [number]
    while parents[path[-1]] >= 0 and len(path) <= _DEEPEST:
        above = parents[path[-1]]
        if above in path:
            parents[max(path[path.index(above) :], key=lambda n: _length(drafts[n]))] = -1
            return
        path.append(above)


_DEEPEST = 12  # nested statements; deeper ones are the work of hostile pages


_REACH = 520  # tokens: the longest content and the longest way to it


def _repeated(scan: Scan, draft: Draft) -> Span | None:
    """Return the words that say that the act was repeated, between the cue and its content."""
    words = load_classes()["repetition"]
    cue, start = draft.reading.cue, draft.reading.start
    found = [j for j in range(cue.last + 1, min(start, len(scan.classes))) if scan.words.forms[j] in words]
    return scan.words.span(found[0], found[-1]) if found else None


def _evidence(scan: Scan, draft: Draft, cues: tuple[Span, ...], source: Span | None) -> tuple[Evidence, ...]:
    """Return the rules that fired, in the order in which they did."""
    reading = draft.reading
    entry = reading.cue.form.entry
    frame = Evidence("frame:" + reading.kind, (), f"{draft.score:+.2f}")
    place = "after-cue" if draft.source and draft.source.side == "post" else "before-cue"
    found = Evidence("source:left-out") if source is None else Evidence("source:" + place, (source,))
    return Evidence("cue:" + entry.id, cues, entry.place), frame, found


def assemble(scan: Scan, drafts: list[Draft], layout: Layout, rankers: Rankers) -> list[Attribution]:
    """Return the attributions of a document, in the order of their cues, with ids s1, s2, …"""
    words = scan.words
    parents = _parents(drafts)
    headings = [h.span for h in layout.headings if words.first_in(h.span.start) >= scan.title_end]
    heading_ends = [span.end for span in headings]
    breaks = sorted(piece.span.start for piece in layout.debris if piece.kind == "truncation")
    out: list[Attribution] = []
    for number, draft in enumerate(drafts):
        start, end = draft.reading.start, draft.end
        content = words.span(start, end)
        channel = choose_channel(scan, draft, rankers.channel) or relayed_by(scan, draft)
        when = choose_when(scan, draft, rankers.when)
        cues = cue_spans(scan, draft)
        source = source_span(scan, draft)
        above = bisect_right(heading_ends, cues[0].start) - 1
        out.append(
            Attribution(
                id=f"s{number + 1}",
                cue=cues,
                content=(content,),
                type=quote_type(scan, start, end),
                act=choose_act(scan, draft, rankers.act),
                source=source,
                hedges=tuple(words.span(j, j) for j in find_hedges(scan, start, end)),
                channel=words.span(channel[0].first, channel[0].last) if channel else None,
                channel_kind=channel[1] if channel else None,
                when=words.span(when.first, when.last) if when else None,
                parent=f"s{parents[number] + 1}" if parents[number] >= 0 else None,
                repeated=_repeated(scan, draft),
                heading=headings[above] if above >= 0 else None,
                truncated=bisect_left(breaks, content.end) < bisect_right(breaks, content.end + _NEAR),
                score=round(draft.score, 3),
                evidence=_evidence(scan, draft, cues, source),
            )
        )
    return out
