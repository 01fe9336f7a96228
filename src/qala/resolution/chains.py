"""The isnad: the ordered carriers from the speaker to the page, each with its own words."""

from collections.abc import Mapping

from qala.model import Attribution, Document, Hop, Layout, Speaker


def find_chain(
    attribution: Attribution,
    speakers: Mapping[str, Speaker | None],
    attributions: Mapping[str, Attribution],
    document: Document,
    layout: Layout,
) -> tuple[Hop, ...]:
    """Return the hops of one statement: its speaker, its carrier, who relays it, the page's sources, the page.

    What no word of the page tells is "not recorded"; nothing is filled in.
    """
    text = document.text
    hops: list[Hop] = []
    current: Attribution | None = attribution
    seen: set[str] = set()
    while current is not None and current.id not in seen:
        seen.add(current.id)
        hops.append(_speaker_hop(current, speakers.get(current.id)))
        if current.channel is not None and current.channel_kind is not None:
            hops.append(Hop(current.channel_kind, "named", current.channel.of(text), current.channel))
        current = attributions.get(current.parent) if current.parent else None
    hops += [Hop("agency", "named", d.span.of(text), d.span) for d in layout.debris if d.kind == "dateline"]
    hops.append(Hop("page", "named", document.outlet, None) if document.outlet else Hop("page", "not recorded", None, None))
    return tuple(hops)


def _speaker_hop(attribution: Attribution, speaker: Speaker | None) -> Hop:
    kind = "speaker"
    if speaker is None:
        return Hop(kind, "not recorded", None, attribution.source)
    status = "anonymous" if speaker.kind == "anonymous" else "named"
    return Hop(kind, status, speaker.name, speaker.span)
