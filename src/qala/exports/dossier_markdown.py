"""A dossier in Markdown, for notes and reports. Loses: offsets, the reasons beyond the first fifty; JSON keeps them.

What pages say is escaped: Markdown and HTML show it and do nothing else with it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qala.exports.dossier_words import (
    list_turns,
    name_carrier,
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
from qala.exports.labels import label
from qala.exports.markdown import escape_markdown
from qala.exports.visible import shorten

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qala.corroboration.dossier import Dossier, Printing, Voice
    from qala.corroboration.history import Turn
    from qala.exports.dossier_words import Language

MOST_REASONS = 50
"""Reasons for joining and keeping apart that a page shows."""
LONGEST_TURN = 160
"""Characters of a content in a timeline; the whole stands above it."""


def render_dossier_markdown(dossier: Dossier, language: Language = "ar") -> str:
    """Return the dossier as one Markdown text, right to left in Arabic."""
    direction = "rtl" if language == "ar" else "ltr"
    lines = [f'<div dir="{direction}" lang="{language}">', "", f"# {word('title', language)}", ""]
    lines += [f"**{word('claim', language)}:** {escape_markdown(dossier.gloss)}{_said_as(dossier, language)}", ""]
    lines += [f"*{word('note', language)}*", ""]
    lines += [f"## {word('summary', language)}", ""]
    lines += [f"- {line}" for line in tell_numbers(dossier, language)] + [""]
    for sign, _ in dossier.origins:
        lines += [f"## {word(sign, language)}", ""]
        for voice in dossier.of_sign(sign):
            lines += _voice(voice, language)
        lines.append("")
    lines += [f"## {word('chains', language)}", "", *_fenced(shorten_ids(render_text(dossier.chains))), ""]
    for heading, entries in _sections(dossier, language):
        lines += [f"## {word(heading, language)}", "", *(entries or [word("none", language)]), ""]
    return "\n".join([*lines, "</div>", ""])


def _said_as(dossier: Dossier, language: Language) -> str:
    """Return by whom the claim is told in these words, so that "that he" can be read."""
    if dossier.said_as is None:
        return ""
    return f" ({word('as_said_by', language, speaker=escape_markdown(dossier.said_as))})"


def _fenced(text: str) -> list[str]:
    """Return a text between fences that nothing in it can close."""
    longest = max((len(run) for run in re.findall("~+", text)), default=0)
    fence = "~" * max(3, longest + 1)
    return [fence + "text", *text.splitlines(), fence]


def _voice(voice: Voice, language: Language) -> list[str]:
    who = f"**{escape_markdown(name_of(voice, language))}**"
    title = f" ({escape_markdown(voice.title)})" if voice.title else ""
    distant = f" \u00b7 *{word('distant', language)}*" if voice.distant else ""
    lines = [f"- {who}{title} \u00b7 {tell_day('said', voice.said, language)}{distant}"]
    shown: set[str] = set()
    for printing in voice.printings:
        again = printing.words in shown
        shown.add(printing.words)
        lines.append(f"  - {_printing(printing, language, again=again)}")
    return lines


def _printing(printing: Printing, language: Language, *, again: bool) -> str:
    if printing.again:
        url = f" \u00b7 {escape_markdown(tell_url(printing.url))}" if printing.url else ""
        return (
            f"\u2033 \u00b7 {word('same_page', language)} \u00b7 `{shorten_ids(printing.record).replace('`', '')}`{url}"
        )
    parts = ["\u2033"] if again else [escape_markdown(printing.words)]
    parts.append(
        f"{label('acts', printing.act) if language == 'ar' else printing.act} ({escape_markdown(printing.cue)})"
    )
    if printing.hedges:
        parts.append(f"{word('hedged', language)}: {', '.join(map(escape_markdown, printing.hedges))}")
    if printing.truncated:
        parts.append(word("truncated", language))
    parts.append(f"{word('through', language)}: {_carriers(printing, language)}")
    parts.append(escape_markdown(printing.outlet or "?") + " " + tell_day("published", printing.published, language))
    parts.append(f"`{shorten_ids(printing.record).replace('`', '')}`")
    if printing.url:
        parts.append(escape_markdown(tell_url(printing.url)))
    return " \u00b7 ".join(parts)


def _carriers(printing: Printing, language: Language) -> str:
    named = [
        escape_markdown(name_carrier(hop, language))
        for hop in printing.chain[1:]
        if hop.kind not in ("page", "spokesman", "event")
    ]
    return " \u2190 ".join(named) or word("carrier_unknown", language)


def _sections(dossier: Dossier, language: Language) -> Iterator[tuple[str, list[str]]]:
    """Yield the headings of the later sections with their lines."""
    history = dossier.history
    yield (
        "timeline",
        [
            f"- [{turn.sign}] {_turn(turn, language)}"
            + "".join(
                f" \u00b7 **{word('first_' + clock, language)}** ({word(turn.sign, language)})" for clock in firsts
            )
            for turn, firsts in list_turns(history)
        ],
    )
    yield (
        "changes",
        [
            f"- {tell_moment(change.published or '?')} \u00b7 {escape_markdown(change.outlet or '?')} \u00b7 "
            f"**{word(change.kind, language)}**: {escape_markdown(change.before or chr(8709))} \u2192 "
            f"{escape_markdown(change.after or chr(8709))} "
            f"(`{shorten_ids(change.earlier)}` \u2192 `{shorten_ids(change.later)}`)"
            for change in history.changes
        ],
    )
    yield (
        "sign_changes",
        [
            f"- {escape_markdown(change.speaker)}: [{change.earlier.sign}] {_turn(change.earlier, language)} \u2192 "
            f"[{change.later.sign}] {_turn(change.later, language)}"
            for change in history.sign_changes
        ],
    )
    voices = {voice.utterance: voice for voice in dossier.voices}
    yield (
        "conflicts",
        [
            f"- **{word(conflict.kind, language)}**: {_side(voices.get(conflict.a), conflict.a, language)} / "
            f"{_side(voices.get(conflict.b), conflict.b, language)}"
            + "".join(f" \u00b7 {escape_markdown(shorten_ids(why.note))}" for why in conflict.evidence if why.note)
            for conflict in dossier.conflicts
        ],
    )
    pages = tell_pages(dossier, language)
    yield (
        "copies",
        [
            f"- {word(copy.kind, language)}: {escape_markdown(pages.get(copy.a, ''))} `{shorten_ids(copy.a)}` / "
            f"{escape_markdown(pages.get(copy.b, ''))} `{shorten_ids(copy.b)}` \u00b7 "
            f"{word('words', language, words=sum(passage.words for passage in copy.passages))}"
            + (f" \u00b7 {escape_markdown(copy.agency)}" if copy.agency else "")
            for copy in dossier.copies
        ],
    )
    reasons = [why for _, origins in dossier.origins for why in origins.evidence]
    yield "why", [f"- `{why.rule}` {escape_markdown(shorten_ids(why.note))}" for why in reasons[:MOST_REASONS]]


def _turn(turn: Turn, language: Language) -> str:
    said = tell_day("said", turn.said.text if turn.said else None, language)
    printed = tell_day("published", turn.printed.text if turn.printed else None, language)
    who = escape_markdown(turn.speaker or word("speaker_unknown", language))
    return f"{said} \u00b7 {printed} \u00b7 {who}: {escape_markdown(shorten(turn.words, LONGEST_TURN))}"


def _side(voice: Voice | None, utterance: str, language: Language) -> str:
    if voice is None:
        return f"`{utterance}`"
    return f"{escape_markdown(name_of(voice, language))}: {escape_markdown(voice.printings[0].words)}"
