"""A dossier for a terminal: the same parts in the same order as its Markdown and HTML forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from qala.cli.ledger_statement import SHORT, describe_chain, join
from qala.cli.screen import DIM, STRONG, Screen, cut_marked, lay_out, show
from qala.exports.dossier_words import (
    list_turns,
    name_of,
    shorten_ids,
    tell_day,
    tell_moment,
    tell_numbers,
    tell_pages,
    tell_url,
    word,
)
from qala.exports.isnad import render_text
from qala.exports.visible import shorten
from qala.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qala.corroboration.dossier import Dossier, Printing, Voice
    from qala.corroboration.history import Turn
    from qala.exports.dossier_words import Language

_MOST_REASONS = 30  # of the counts; JSON has them all
_TURN = 160  # characters of a content in the timeline


def show_dossier(dossier: Dossier, screen: Screen, language: Language) -> Iterator[Text]:
    """Yield a dossier: numbers, who says, denies, declines and asks, chains, timeline, changes, conflicts, copies."""
    yield Text.assemble((f"{word('title', language)} ", DIM), (dossier.claim, STRONG))
    yield from _words(dossier.gloss, screen)
    if dossier.said_as:
        yield Text(f"    {word('as_said_by', language, speaker=show(dossier.said_as))}", style=DIM)
    yield Text(f"    {word('note', language)}", style=DIM)
    yield from (Text(f"    {line}") for line in tell_numbers(dossier, language))
    for sign, _ in dossier.origins:
        yield Text(f"[{sign}] {word(sign, language)}", style=STRONG)
        for voice in dossier.of_sign(sign):
            yield from _show_voice(voice, screen, language)
    yield Text(word("chains", language), style=STRONG)
    yield from (Text(f"    {line}") for line in shorten_ids(render_text(dossier.chains)).splitlines()[1:])
    yield from _show_history(dossier, language)
    yield from _show_conflicts(dossier, language)
    yield Text(word("copies", language), style=STRONG)
    pages = tell_pages(dossier, language)
    for copy in dossier.copies:
        words = word("words", language, words=sum(passage.words for passage in copy.passages))
        pair = " / ".join(join((id[:SHORT], show(pages.get(id)))) for id in (copy.a, copy.b))
        yield Text(f"    {join((word(copy.kind, language), pair, words, show(copy.agency) if copy.agency else ''))}")
    if not dossier.copies:
        yield Text(f"    {word('none', language)}", style=DIM)
    yield Text(word("why", language), style=STRONG)
    reasons = [why for _, origins in dossier.origins for why in origins.evidence]
    yield from (Text(f"    {why.rule}: {show(shorten_ids(why.note))}", style=DIM) for why in reasons[:_MOST_REASONS])


def _words(words: str, screen: Screen, indent: int = 4) -> Iterator[Text]:
    line = " ".join(words.split())
    yield from lay_out(cut_marked(line, Span(0, len(line)), [], colour=screen.colour), screen.width, indent)


def _show_voice(voice: Voice, screen: Screen, language: Language) -> Iterator[Text]:
    title = f"({show(voice.title)})" if voice.title else ""
    said = tell_day("said", voice.said, language)
    distant = word("distant", language) if voice.distant else ""
    yield Text(f"  {join((f'{show(name_of(voice, language))} {title}'.strip(), said, distant, voice.utterance))}")
    shown: set[str] = set()
    for printing in voice.printings:
        if printing.again is None and printing.words not in shown:
            shown.add(printing.words)
            yield from _words(printing.words, screen)
        yield Text(f"      {_tell_printing(printing, language)}", style=DIM)


def _tell_printing(printing: Printing, language: Language) -> str:
    """Return how, by which carriers, where and when words were printed; of a page held twice only that it is."""
    if printing.again is not None:
        same = word("same_page", language)
        return join((printing.record[:SHORT], same, show(tell_url(printing.url)) if printing.url else ""))
    day = tell_day("published", printing.published, language)
    hedged = f"{word('hedged', language)}: {show(', '.join(printing.hedges))}" if printing.hedges else ""
    cut = word("truncated", language) if printing.truncated else ""
    act = f"{printing.act} ({show(printing.cue)})"
    chain = describe_chain(printing.chain)
    return join((printing.record[:SHORT], act, hedged, cut, chain, show(printing.outlet), day))


def _show_history(dossier: Dossier, language: Language) -> Iterator[Text]:
    history = dossier.history
    yield Text(word("timeline", language), style=STRONG)
    for turn, firsts in list_turns(history):
        first = [f"{word(f'first_{clock}', language)} ({word(turn.sign, language)})" for clock in firsts]
        yield Text.assemble(
            f"    [{turn.sign}] {_tell_turn(turn, language)}", *((f" \u00b7 {told}", STRONG) for told in first)
        )
    yield Text(word("changes", language), style=STRONG)
    for change in history.changes:
        told = (tell_moment(change.published or "?"), show(change.outlet), word(change.kind, language))
        before, after = (show(shorten(" ".join(part.split()), _TURN)) for part in (change.before, change.after))
        yield Text(f"    {join(told)}: {before or chr(8709)} \u2192 {after or chr(8709)}")
    for moved in history.sign_changes:
        signs = f"[{moved.earlier.sign}] \u2192 [{moved.later.sign}]"
        yield Text(f"    {word('sign_changes', language)}: {show(moved.speaker)} {signs}")
    if not history.changes and not history.sign_changes:
        yield Text(f"    {word('none', language)}", style=DIM)


def _tell_turn(turn: Turn, language: Language) -> str:
    said = tell_day("said", turn.said.text if turn.said else None, language)
    printed = tell_day("published", turn.printed.text if turn.printed else None, language)
    who = show(turn.speaker) if turn.speaker else word("speaker_unknown", language)
    return f"{join((said, printed, who))}: {show(shorten(' '.join(turn.words.split()), _TURN))}"


def _show_conflicts(dossier: Dossier, language: Language) -> Iterator[Text]:
    yield Text(word("conflicts", language), style=STRONG)
    voices = {voice.utterance: voice for voice in dossier.voices}
    for conflict in dossier.conflicts:
        sides = [name_of(voices[key], language) if key in voices else key for key in (conflict.a, conflict.b)]
        why = "; ".join(show(shorten_ids(reason.note)) for reason in conflict.evidence if reason.note)
        yield Text(f"    {join((word(conflict.kind, language), ' / '.join(map(show, sides)), why))}")
    if not dossier.conflicts:
        yield Text(f"    {word('none', language)}", style=DIM)
