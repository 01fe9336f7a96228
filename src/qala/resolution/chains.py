"""The isnad: the ordered carriers from the speaker to the page, each with its own words.

The order is that of transmission: ``speaker`` (whose words they are) ← ``spokesman`` (who spoke them for a body;
the body is then the speaker) ← ``document`` or ``event`` in which they were said ← ``agency``, ``outlet`` or
``platform`` that has them first hand; then, for a statement inside another's content, the outer one's hops in the
same order (its speaker as ``relayer``, or by kind where it is a carrier itself); then the agencies of the page's
datelines, and the ``page``. What no word of the page tells is ``not recorded``; nothing is filled in.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from qala.extraction.scan import Scan
from qala.lexicon.actors import ActorBase
from qala.model import Attribution, ChannelKind, Hop, HopKind, Span, Speaker
from qala.resolution.carriers import read_carrier
from qala.resolution.introductions import SPOKESMAN

_SAID_IN: frozenset[HopKind] = frozenset(("document", "event"))
_GAP = 4  # tokens between an event and the outlet that has it ("in an interview with the channel …")
_SOUGHT = {"d": "document", "e": "event", "a": "agency", "o": "outlet", "p": "platform"}


class Channel(NamedTuple):
    """A carrier of a statement: its span and kind."""

    span: Span
    kind: ChannelKind


class Transmission(NamedTuple):
    """What the chains of a page are made from: who speaks, which carriers each statement has, and the page's hops."""

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

    A statement has its own channel, with the event or document beside it that the channel covers. One without a
    channel shares that of another in its sentence: a carrier named once behind both ("…, according to the agency
    …"), or before both where the same speaker goes on.
    """
    found: dict[str, tuple[Channel, ...]] = {}
    by_sentence: dict[int, list[Attribution]] = {}
    for attribution in attributions:
        if attribution.channel is not None and attribution.channel_kind is not None:
            found[attribution.id] = _beside(scan, Channel(attribution.channel, attribution.channel_kind))
        start = scan.sentence_start[scan.words.first_in(attribution.cue[0].start)]
        by_sentence.setdefault(start, []).append(attribution)
    for group in by_sentence.values():
        givers = [item for item in group if item.id in found]
        for attribution in group if givers else ():
            if attribution.id in found:
                continue
            for giver in givers:
                if _shares(scan, attribution, giver, speakers):
                    found[attribution.id] = found[giver.id]
                    break
    return found


def _shares(
    scan: Scan, attribution: Attribution, giver: Attribution, speakers: Mapping[str, Speaker | None]
) -> bool:
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
        return (Channel(scan.words.span(start, start), said_in), channel)
    return (channel,)


def _links(scan: Scan, j: int) -> bool:
    return scan.tags[j][:2] != "mb" and scan.tags[j][:2] != "m1" or scan.tags[j - 1][:1] == "c"


def _carrier_at(scan: Scan, places: range, kinds: str) -> int:
    """Return the first token of ``places`` that names a carrier of ``kinds``, over linking words only, or -1."""
    for j in places:
        if not 0 <= j < len(scan.words) or scan.words.forms[j] in ".,:?!\n":
            return -1
        tag = scan.tags[j]
        if tag[:1] == "c" and tag[1:2] in kinds:
            return j
        if "m" in kinds and tag[:2] in ("m1", "mb"):
            return j
        links = scan.classes[j] in ("preposition", "relative") or j in scan.cue_at or scan.words.kinds[j] == 2
        if not links and scan.shapes[j][-1] not in "hI":
            return -1
    return -1


def find_chain(attribution: Attribution, sent: Transmission) -> tuple[Hop, ...]:
    """Return the hops of one statement in the order of transmission, the page last."""
    hops: list[Hop] = []
    current: Attribution | None = attribution
    seen: set[str] = set()
    while current is not None and current.id not in seen:
        seen.add(current.id)
        outer = sent.attributions.get(current.parent) if current.parent else None
        voice = _said(current, sent, inner=current is attribution)
        if not hops or voice[-1].span != hops[0].span or voice[-1].span is None:
            hops += voice  # who tells of his own words is no carrier of them
        above = {channel.span for channel in sent.channels.get(outer.id, ())} if outer else set()
        for channel in sent.channels.get(current.id, ()):
            if channel.span not in above:
                hops.append(_channel_hop(channel, sent))
        current = outer
    known = {hop.entity for hop in hops if hop.entity and hop.kind not in ("speaker", "spokesman")}
    hops += [hop for hop in sent.page if hop.kind == "page" or hop.entity not in known]
    return tuple(hops)


def _channel_hop(channel: Channel, sent: Transmission) -> Hop:
    if channel.kind in _SAID_IN:
        return Hop(channel.kind, "named", channel.span.of(sent.scan.words.text), channel.span)
    carrier = read_carrier(channel.span.of(sent.scan.words.text), sent.base)
    return Hop(carrier.kind or channel.kind, "named", carrier.name, channel.span, carrier.entity)


def _said(attribution: Attribution, sent: Transmission, *, inner: bool) -> list[Hop]:
    """Return the hops of a statement's own voice: the speaker, his spokesman, the document that speaks for him."""
    speaker = sent.speakers.get(attribution.id)
    kind: HopKind = "speaker" if inner else "relayer"
    if speaker is None:
        return [Hop(kind, "not recorded", None, attribution.source)]
    text = sent.scan.words.text
    named: tuple[str, Span, str | None] = (speaker.name, speaker.span, speaker.entity)
    if (speaker.office or "").rpartition(":")[2] == SPOKESMAN and speaker.affiliation is not None:
        status = "anonymous" if speaker.title is None else "named"
        body = speaker.affiliation
        return [
            Hop(kind, "named", body.of(text), body, speaker.body),
            Hop("spokesman", "anonymous" if status == "anonymous" else "named", *named),
        ]
    if not inner and speaker.kind in ("outlet", "document"):
        known = read_carrier(speaker.name, sent.base)
        carrier: HopKind = known.kind or "outlet"
        return [Hop("document" if speaker.kind == "document" else carrier, "named", *named)]
    hops = [Hop(kind, "anonymous" if speaker.kind == "anonymous" else "named", *named)]
    source = attribution.source
    if source is not None and source != speaker.span and not sent.channels.get(attribution.id):
        first = sent.scan.words.first_in(source.start)
        if sent.scan.tags[first] == "cdocument" and speaker.kind != "document":
            hops.append(Hop("document", "named", source.of(text), source))
    return hops
