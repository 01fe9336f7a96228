"""Lists for people over many articles: claims, copies, what an actor said, exchanges, events."""

from __future__ import annotations

from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING

from rich.text import Text

from qala.cli.ledger_statement import SHORT, join
from qala.cli.screen import DIM, STRONG, Screen, cut_marked, lay_out, show
from qala.corroboration.origins import count_origins
from qala.corroboration.shared_wording import CopyTable
from qala.exports.isnad import SIGNS
from qala.exports.visible import shorten
from qala.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from qala.corroborating.choose import Summary
    from qala.corroborating.views import Views
    from qala.corroboration.events import Event
    from qala.corroboration.exchange import ExchangeFrame, Party
    from qala.corroboration.history import ActorHistory, Turn
    from qala.corroboration.model import Copy, Sign, Utterance
    from qala.records import Record

_WORDS: dict[Sign, str] = {"+": "said by", "-": "denied by", "0": "declined by", "?": "asked or doubted by"}
_MOST_NAMES = 4  # speakers of a sign that a list names
_GLOSS = 240  # characters of a gloss or a content in a list
_TITLE = 70


def list_summaries(some: Sequence[Summary], every: int, views: Views, screen: Screen) -> Iterator[Text]:
    """Yield claims, each with its counts, its words and who takes which sign; then how many more there are."""
    known = {utterance.id: utterance for utterance in views.utterances}
    table = CopyTable(views.copies)
    for summary in some:
        yield from _show_summary(summary, known, views, table, screen)
    if not some:
        yield Text("no claim found: nothing that several utterances say, deny or ask", style=DIM)
    yield from _tell_rest(len(some), every)


def _tell_rest(shown: int, every: int) -> Iterator[Text]:
    if every > shown:
        yield Text(f"and {every - shown:,} more: --limit {every}", style=DIM)


def _show_summary(
    summary: Summary, known: Mapping[str, Utterance], views: Views, table: CopyTable, screen: Screen
) -> Iterator[Text]:
    claim = summary.claim
    days = " to ".join(dict.fromkeys(day for day in (summary.first, summary.last) if day)) or "days unknown"
    counts = f"{summary.statements} statements in {summary.articles} articles of {summary.outlets} outlets"
    conflicts = f"conflicts: {', '.join(summary.conflicts)}" if summary.conflicts else ""
    yield Text.assemble((claim.id, STRONG), f"  {join((days, counts, conflicts))}")
    yield from _paragraph(claim.gloss, screen)
    for sign, words in _WORDS.items():
        if sign not in summary.utterances:
            continue
        origins = count_origins(claim, known, views.records, table, sign)
        names = summary.speakers.get(sign, ())
        more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
        listed = "; ".join(show(name) for name in names[:_MOST_NAMES]) + more
        said = f"{words} {origins.speakers}" + (f" ({listed})" if listed else "")
        if sign in "+-":
            through = f"through {origins.transmissions} named carriers"
            said = join((said, through, f"origins {origins.shown} to {origins.possible}", *origins.states))
        yield Text(f"    [{sign}] {said}")


def _paragraph(words: str, screen: Screen, indent: int = 4) -> Iterator[Text]:
    """Yield words of a page in lines, whole to a bound."""
    short = shorten(" ".join(words.split()), _GLOSS)
    yield from lay_out(cut_marked(short, Span(0, len(short)), [], colour=screen.colour), screen.width, indent)


def list_copied(
    some: Sequence[Copy], every: int, views: Views, screen: Screen, *, passages: bool = False
) -> Iterator[Text]:
    """Yield copies with both articles, the words that they share and, with ``passages``, those words themselves."""
    for copy in some:
        words = sum(passage.words for passage in copy.passages)
        origin = {copy.a: "taken from the first", copy.b: "taken from the second", "agency": "taken from the agency"}
        parts = (
            f"{words} words",
            show(copy.agency) if copy.agency else "",
            origin.get(copy.origin or "", "origin open"),
        )
        yield Text.assemble((copy.kind, STRONG), f"  {join(parts)}")
        for document_id in (copy.a, copy.b):
            yield Text(f"    {document_id[:SHORT]}  {_tell_article(document_id, views)}")
        yield from (Text(f"    {show(why.rule)}: {show(why.note)}", style=DIM) for why in copy.evidence if why.note)
        if passages:
            for passage in copy.passages:
                yield Text(f"    {passage.words} words, {passage.similarity:.0%} equal", style=DIM)
                for document_id, span in ((copy.a, passage.a), (copy.b, passage.b)):
                    yield Text(f"    {document_id[:SHORT]} {span.start}-{span.end}", style=DIM)
                    yield from _whole(span.of(views.documents[document_id].text), screen)
    if not some:
        yield Text("no copies found", style=DIM)
    yield from _tell_rest(len(some), every)


def _whole(words: str, screen: Screen) -> Iterator[Text]:
    line = " ".join(words.split())
    yield from lay_out(cut_marked(line, Span(0, len(line)), [], colour=screen.colour), screen.width)


def _tell_article(document_id: str, views: Views) -> str:
    document = views.documents[document_id]
    published = document.published
    minute = published.isoformat(timespec="minutes") if isinstance(published, datetime) else None
    day = minute or (published.isoformat() if published else "day unknown")
    return join((day, show(document.outlet), show(shorten(document.title or document.id, _TITLE))))


def show_actor(history: ActorHistory, views: Views, screen: Screen, limit: int) -> Iterator[Text]:
    """Yield what an actor said, ``limit`` turns at most, and where his sign towards a claim changed."""
    said = len({turn.utterance for turn in history.turns})
    parts = (show(history.name), show(history.entity) if history.entity else "", f"{said} utterances")
    yield Text.assemble(("actor ", DIM), join(parts))
    told = list(_by_utterance(history.turns))
    for turns in islice(told, limit):
        claims = ", ".join(f"[{turn.sign}] {turn.claim}" for turn in turns if turn.claim)
        yield Text.assemble((turns[0].record[:SHORT], STRONG), f"  {join((_tell_days(turns[0]), claims))}")
        yield from _paragraph(turns[0].words, screen)
    if limit:
        yield from _tell_rest(min(limit, len(told)), len(told))
    yield Text("where the sign changed", style=STRONG)
    for change in history.sign_changes:
        yield Text.assemble((change.claim, STRONG), f"  by the clock of the {change.clock}")
        for turn in (change.earlier, change.later):
            yield Text(f"    [{turn.sign}] {SIGNS[turn.sign]}: {join((turn.record[:SHORT], _tell_days(turn)))}")
            yield from _paragraph(turn.words, screen)
    if not history.sign_changes:
        yield Text("    nowhere that the days let one tell", style=DIM)


def _by_utterance(turns: Iterable[Turn]) -> Iterator[list[Turn]]:
    """Yield the turns of each utterance together, in the order of the first."""
    found: dict[str, list[Turn]] = {}
    for turn in turns:
        found.setdefault(turn.utterance, []).append(turn)
    yield from found.values()


def _tell_days(turn: Turn) -> str:
    said = f"said {turn.said.text}" if turn.said else "day of saying open"
    return join((said, f"printed {turn.printed.text}" if turn.printed else ""))


def list_frames(frames: Iterable[ExchangeFrame], rows: Mapping[str, Record], screen: Screen) -> Iterator[Text]:
    """Yield exchanges: who gives or wants what, to or from whom, on which condition, according to whom.

    Where it stays open which side gives, both stand behind "between".
    """
    nothing = True
    for frame in frames:
        nothing = False
        text = rows[frame.record].document.text
        parties = {"giver": frame.giver, "receiver": frame.receiver, "thing": frame.thing, "return": frame.in_return}
        roles = [f"{name} {_tell_party(party)}" for name, party in parties.items() if party]
        if frame.between:
            roles.insert(0, f"between {' and '.join(map(_tell_party, frame.between))}")
        if frame.condition:  # it begins with its own word for "if"
            roles.append(f"condition {show(' '.join(frame.condition.of(text).split()))}")
        yield Text.assemble((frame.record[:SHORT], STRONG), f"  {join((frame.direction, *roles))}")
        yield _tell_according(frame, rows[frame.record])
    if nothing:
        yield Text("no exchange found", style=DIM)


def list_events(events: Iterable[Event], rows: Mapping[str, Record], screen: Screen) -> Iterator[Text]:
    """Yield events: type, modality, who, to whom, when, where, according to whom."""
    nothing = True
    for event in events:
        nothing = False
        named = {"agent": event.agent, "recipient": event.recipient, "place": event.place}
        roles = [f"{name} {_tell_party(party)}" for name, party in named.items() if party]
        kind = f"{event.type}/{event.mode}" if event.mode else event.type
        how = "by saying so" if event.by_saying else event.modality
        parts = (kind, how, *roles, event.time or "day open", show(event.cue.of(rows[event.record].document.text)))
        yield Text.assemble((event.record[:SHORT], STRONG), f"  {join(parts)}")
        yield _tell_according(event, rows[event.record])
    if nothing:
        yield Text("no event found", style=DIM)


def _tell_party(party: Party) -> str:
    words = "the speaker" if party.is_speaker and not party.words else show(" ".join(party.words.split()))
    return f"{words} ({show(', '.join(party.ids))})" if party.ids else words


def _tell_according(frame: ExchangeFrame | Event, record: Record) -> Text:
    who = show(frame.according_to) if frame.according_to else "speaker not recorded"
    day = record.document.published
    hedged = "hedged" if frame.hedged else ""
    printed = day.isoformat()[:10] if day else ""
    return Text(f"    according to {join((who, hedged, show(record.document.outlet), printed))}", style=DIM)
