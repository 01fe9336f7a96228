"""The isnad: the ordered carriers from the speaker to the page, each with its own words.

The order is that of transmission, from whose words they are to where they are read:

``speaker`` ← ``spokesman`` (who spoke for a body, which is then the speaker) ← ``document`` or ``event`` in
which it was said ← ``agency``, ``outlet`` or ``platform`` that has it first hand ← for a statement inside
another's content, the outer one's hops in the same order (its speaker as ``relayer``, or by kind where it is
a carrier itself) ← the agencies of the page's datelines ← the ``page``.

What no word of the page tells is ``not recorded``; nothing is filled in.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from qala.extraction.scan import Scan
from qala.lexicon.actors import ActorBase
from qala.model import Attribution, ChannelKind, Hop, HopKind, Span, Speaker
from qala.resolution.carriers import read_carrier
from qala.resolution.introductions import SPOKESMAN
from qala.text.words import MARK

_SAID_IN: frozenset[HopKind] = frozenset(("document", "event"))
_DEEPEST = 8  # statements inside one another that a chain follows; no page means more
_GAP = 4  # tokens between an event and the outlet that has it ("in an interview with the channel …")


class Channel(NamedTuple):
    """A carrier of a statement: its span and kind."""

    span: Span
    kind: ChannelKind


class Transmission(NamedTuple):
    """What the chains of a page are made from: speakers, the carriers of each statement, the page's hops."""

    scan: Scan
    base: ActorBase
    attributions: Mapping[str, Attribution]
    speakers: Mapping[str, Speaker | None]
    channels: Mapping[str, tuple[Channel, ...]]
    page: tuple[Hop, ...]


def find_channels(
    scan: Scan, attributions: Sequence[Attribution], speakers: Mapping[str, Speaker | None]
) -> dict[str, tuple[Channel, ...]]:
    """Return the carriers of each statement, in the order of transmission.

    A statement has its own channel, with the event or document beside it that the channel covers. One
    without a channel shares that of another in its sentence: a carrier named once behind both ("…, according
    to the agency …"), or before both where the same speaker goes on.
    """
    found: dict[str, tuple[Channel, ...]] = {}
    by_sentence: dict[int, list[Attribution]] = {}
    for attribution in attributions:
        if attribution.channel is not None and attribution.channel_kind is not None:
            found[attribution.id] = _beside(scan, Channel(attribution.channel, attribution.channel_kind))
        start = scan.sentence_start[scan.words.first_in(attribution.cue[0].start)]
        by_sentence.setdefault(start, []).append(attribution)
    for group in by_sentence.values():
        givers = [number for number, item in enumerate(group) if item.id in found]
        for number, attribution in enumerate(group) if givers else ():
            if attribution.id in found:
                continue
            after = bisect_left(givers, number)  # the nearest before and the nearest behind
            for giver in (group[place] for place in givers[max(after - 1, 0) : after + 1]):
                if _shares(scan, attribution, giver, speakers):
                    found[attribution.id] = found[giver.id]
                    break
    return found


def _shares(scan: Scan, attribution: Attribution, giver: Attribution, speakers: Mapping[str, Speaker | None]) -> bool:
    """Whether the channel of ``giver`` carries ``attribution``, too, which stands in the same sentence."""
    channel = giver.channel
    if channel is None or giver.channel_kind in _SAID_IN:
        return False
    ends = (attribution.content[-1].end, giver.content[-1].end, attribution.cue[-1].end, giver.cue[-1].end)
    if max(ends) <= channel.start:
        begin, end = scan.words.first_in(max(ends)), scan.words.first_in(channel.start)
        return any(j in scan.cue_at for j in range(begin, end))
    one, other = speakers.get(attribution.id), speakers.get(giver.id)
    follows = giver.cue[0].start < attribution.cue[0].start and channel.end <= attribution.cue[0].start
    same = one is not None and other is not None and one.span == other.span
    return follows and same and attribution.source is None


def _beside(scan: Scan, channel: Channel) -> tuple[Channel, ...]:
    """Return a channel with the carrier that stands beside it: an event or document before an outlet ("in an
    interview with the channel"), an outlet behind an event or document ("in a statement to the agency").
    """
    first = scan.words.first_in(channel.span.start)
    last = scan.words.end_before(channel.span.end) - 1
    if channel.kind in _SAID_IN:
        start = _carrier_at(scan, range(last + 1, last + 1 + _GAP), "aom")
        if start >= 0:
            end = start
            while end + 1 < len(scan.words) and scan.tags[end + 1][:1] in ("m", "c") and _links(scan, end + 1):
                end += 1
            kind: ChannelKind = "agency" if scan.tags[start] == "cagency" else "outlet"
            return (channel, Channel(scan.words.span(start, end), kind))
        return (channel,)
    start = _carrier_at(scan, range(first - 1, first - 1 - _GAP, -1), "de")
    if start >= 0:
        said_in: ChannelKind = "document" if scan.tags[start] == "cdocument" else "event"
        end = start
        while scan.tags[start - 1] == scan.tags[start] and start > scan.sentence_start[start]:
            start -= 1
        while end > start and scan.classes[end] == "preposition":
            end -= 1  # "an interview with" is a phrase of the carriers
        return (Channel(scan.words.span(start, end), said_in), channel)
    return (channel,)


def _links(scan: Scan, j: int) -> bool:
    return scan.tags[j][:2] not in ("mb", "m1") or scan.tags[j - 1][:1] == "c"


def _carrier_at(scan: Scan, places: range, kinds: str) -> int:
    """Return the first of ``places`` that names a carrier of ``kinds``, over linking words only, or -1."""
    for j in places:
        if not 0 <= j < len(scan.words) or scan.words.forms[j] in ".,:?!\n":
            return -1
        tag = scan.tags[j]
        if tag[:1] == "c" and tag[1:2] in kinds:
            return j
        if "m" in kinds and tag[:2] in ("m1", "mb"):
            return j
        links = scan.classes[j] in ("preposition", "relative") or j in scan.cue_at or scan.words.kinds[j] == MARK
        if not links and scan.shapes[j][-1] not in "hI":
            return -1
    return -1


def find_chain(attribution: Attribution, sent: Transmission) -> tuple[Hop, ...]:
    """Return the hops of one statement in the order of transmission, the page last."""
    hops: list[Hop] = []
    current: Attribution | None = attribution
    seen: set[str] = set()
    while current is not None and current.id not in seen and len(seen) < _DEEPEST:
        seen.add(current.id)
        outer = sent.attributions.get(current.parent) if current.parent else None
        hops += _new(_said(current, sent, inner=current is attribution), hops)
        above = sent.channels.get(outer.id, ()) if outer else ()
        own = [
            _channel_hop(channel, sent)
            for channel in sent.channels.get(current.id, ())
            if not any(_overlap(channel.span, other.span) for other in above)
        ]
        hops += _new(own, hops)
        current = outer
    hops += _new(sent.page[:-1], hops)
    return (*hops, *sent.page[-1:])


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _new(found: Sequence[Hop], before: Sequence[Hop]) -> list[Hop]:
    """Leave out hops that stand in the chain already: who tells of his own words is one hop."""
    return [hop for hop in found if not any(_same(hop, other) for other in before)]


def _same(one: Hop, other: Hop) -> bool:
    if one.entity is not None and one.entity == other.entity:
        return True
    return one.span is not None and one.span == other.span


def _channel_hop(channel: Channel, sent: Transmission) -> Hop:
    if channel.kind in _SAID_IN:
        return Hop(channel.kind, "named", channel.span.of(sent.scan.words.text), channel.span)
    carrier = read_carrier(channel.span.of(sent.scan.words.text), sent.base)
    return Hop(carrier.kind or channel.kind, "named", carrier.name, channel.span, carrier.entity)


def _said(attribution: Attribution, sent: Transmission, *, inner: bool) -> list[Hop]:
    """Return the hops of a statement's own voice: speaker, spokesman, the document that speaks for him."""
    speaker = sent.speakers.get(attribution.id)
    kind: HopKind = "speaker" if inner else "relayer"
    if speaker is None:
        return [Hop(kind, "not recorded", None, attribution.source)]
    text = sent.scan.words.text
    named: tuple[str, Span, str | None] = (speaker.name, speaker.span, speaker.entity)
    if (speaker.office or "").rpartition(":")[2] == SPOKESMAN and speaker.affiliation is not None:
        body = speaker.affiliation
        return [
            Hop(kind, "named", body.of(text), body, speaker.body),
            Hop("spokesman", "named" if speaker.title else "anonymous", *named),
            *_document(attribution, speaker, sent),
        ]
    if not inner and speaker.kind in ("outlet", "document"):
        known = read_carrier(speaker.name, sent.base)
        carrier: HopKind = known.kind or "outlet"
        return [Hop("document" if speaker.kind == "document" else carrier, "named", *named)]
    unnamed = speaker.kind == "anonymous"
    return [
        Hop(kind, "anonymous" if unnamed else "named", *named),
        *_document(attribution, speaker, sent),
    ]


def _document(attribution: Attribution, speaker: Speaker, sent: Transmission) -> list[Hop]:
    """Return the document that stands as source where somebody else is the speaker ("the statement adds")."""
    source, scan = attribution.source, sent.scan
    if source is None or source == speaker.span or speaker.kind == "document":
        return []
    if sent.channels.get(attribution.id) or scan.tags[scan.words.first_in(source.start)] != "cdocument":
        return []
    return [Hop("document", "named", source.of(scan.words.text), source)]
