"""A dossier as one self-contained page: no script, no external load, every name of a page isolated.

The policy in the page allows its own style sheet by hash and nothing else; the picture of the chains stands in
the page as SVG. Loses: offsets, the reasons beyond the first fifty; JSON keeps them.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from functools import cache
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

from qala.exports.dossier_markdown import LONGEST_TURN, MOST_REASONS
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
from qala.exports.isnad import render_svg
from qala.exports.labels import label
from qala.exports.marks import isolate_html, show_text
from qala.exports.visible import shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qala.corroboration.dossier import Dossier, Printing, Voice
    from qala.corroboration.history import Turn
    from qala.exports.dossier_words import Language

_CLASSES = {"+": "affirms", "-": "denies", "0": "declines", "?": "asks"}


def render_dossier_html(dossier: Dossier, language: Language = "ar") -> str:
    """Return the whole page, right to left in Arabic."""
    style = _load_style()
    hashed = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{hashed}'; base-uri 'none'; form-action 'none'"
    direction = "rtl" if language == "ar" else "ltr"
    title = f"{word('title', language)}: {show_text(dossier.gloss[:120])}"
    return (
        f'<!DOCTYPE html>\n<html lang="{language}" dir="{direction}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f'<header><p class="meta">{_word("claim", language)}</p><h1>{isolate_html(dossier.gloss)}</h1>'
        f"{_said_as(dossier, language)}"
        f'<p class="note">{_word("note", language)}</p></header>\n'
        f"<main>\n{''.join(_sections(dossier, language))}</main>\n</body>\n</html>\n"
    )


def _said_as(dossier: Dossier, language: Language) -> str:
    """Return by whom the claim is told in these words, so that "that he" can be read."""
    if dossier.said_as is None:
        return ""
    return f'<p class="meta">{word("as_said_by", language, speaker=isolate_html(dossier.said_as))}</p>'


@cache
def _load_style() -> str:
    folder = files("qala") / "exports"
    return "".join((folder / name).read_text(encoding="utf-8") for name in ("page.css", "dossier.css"))


def _sections(dossier: Dossier, language: Language) -> Iterator[str]:
    numbers = "".join(f"<li>{escape(line)}</li>" for line in tell_numbers(dossier, language))
    yield _section("summary", f'<ul class="numbers">{numbers}</ul>', language)
    for sign, _ in dossier.origins:
        yield _section(sign, "".join(_voice(voice, language) for voice in dossier.of_sign(sign)), language)
    yield _section("chains", f'<div class="picture">{render_svg(dossier.chains)}</div>', language)
    history = dossier.history
    turns = [
        f"[{turn.sign}] {_turn(turn, language)}"
        + "".join(
            f" \u00b7 <b>{_word('first_' + clock, language)}</b> ({_word(turn.sign, language)})" for clock in firsts
        )
        for turn, firsts in list_turns(history)
    ]
    yield _section("timeline", _items(turns, language), language)
    yield _section("changes", _changes(dossier, language), language)
    changed = [
        f"{isolate_html(change.speaker)}: [{change.earlier.sign}] {_turn(change.earlier, language)} \u2192 "
        f"[{change.later.sign}] {_turn(change.later, language)}"
        for change in history.sign_changes
    ]
    yield _section("sign_changes", _items(changed, language), language)
    yield _section("conflicts", _items(_conflicts(dossier, language), language), language)
    yield _section("copies", _items(_copies(dossier, language), language), language)
    reasons = [why for _, origins in dossier.origins for why in origins.evidence][:MOST_REASONS]
    why = _items(
        (f"<code>{show_text(why.rule)}</code> {isolate_html(shorten_ids(why.note))}" for why in reasons), language
    )
    yield f"<section><details><summary>{_word('why', language)}</summary>{why}</details></section>\n"


def _section(heading: str, body: str, language: Language) -> str:
    return f"<section><h2>{_word(heading, language)}</h2>\n{body}</section>\n"


def _items(entries: Iterable[str], language: Language) -> str:
    listed = "".join(f"<li>{entry}</li>" for entry in entries)
    return f"<ul>{listed}</ul>" if listed else f'<p class="note">{_word("none", language)}</p>'


def _voice(voice: Voice, language: Language) -> str:
    title = f' <span class="meta">{isolate_html(voice.title)}</span>' if voice.title else ""
    shown: set[str] = set()
    rows = []
    for printing in voice.printings:
        if printing.again:
            rows.append(f"<li>{_again(printing, language)}</li>")
            continue
        quote = "" if printing.words in shown else f"<blockquote>{isolate_html(printing.words)}</blockquote>"
        shown.add(printing.words)
        rows.append(f"<li>{quote}{_meta(printing, language)}</li>")
    who = isolate_html(name_of(voice, language))
    distant = f" \u00b7 <i>{_word('distant', language)}</i>" if voice.distant else ""
    return (
        f'<div class="voice {_CLASSES[voice.sign]}"><p><span class="who">{who}</span>'
        f'{title} \u00b7 <span class="meta">{escape(tell_day("said", voice.said, language))}{distant}</span></p>'
        f"<ol>{''.join(rows)}</ol></div>\n"
    )


def _again(printing: Printing, language: Language) -> str:
    url = f" \u00b7 <code>{show_text(tell_url(printing.url))}</code>" if printing.url else ""
    told = f"{_word('same_page', language)} \u00b7 <code>{show_text(shorten_ids(printing.record))}</code>{url}"
    return f'<span class="meta">{told}</span>'


def _meta(printing: Printing, language: Language) -> str:
    act = label("acts", printing.act) if language == "ar" else printing.act
    parts = [f"{escape(act)} ({isolate_html(printing.cue)})"]
    if printing.hedges:
        parts.append(f"{_word('hedged', language)}: {', '.join(map(isolate_html, printing.hedges))}")
    if printing.truncated:
        parts.append(_word("truncated", language))
    parts.append(f"{_word('through', language)}: {_carriers(printing, language)}")
    parts.append(
        f"{isolate_html(printing.outlet or '?')} {escape(tell_day('published', printing.published, language))}"
    )
    parts.append(f"<code>{show_text(shorten_ids(printing.record))}</code>")
    if printing.url:
        parts.append(f"<code>{show_text(tell_url(printing.url))}</code>")
    told = " \u00b7 ".join(parts)
    return f'<span class="meta">{told}</span>'


def _carriers(printing: Printing, language: Language) -> str:
    named = [
        isolate_html(name_carrier(hop, language))
        for hop in printing.chain[1:]
        if hop.kind not in ("page", "spokesman", "event")
    ]
    return " \u2190 ".join(named) or _word("carrier_unknown", language)


def _turn(turn: Turn, language: Language) -> str:
    said = tell_day("said", turn.said.text if turn.said else None, language)
    printed = tell_day("published", turn.printed.text if turn.printed else None, language)
    who = isolate_html(turn.speaker) if turn.speaker else _word("speaker_unknown", language)
    return f"{escape(said)} \u00b7 {escape(printed)} \u00b7 {who}: {isolate_html(shorten(turn.words, LONGEST_TURN))}"


def _changes(dossier: Dossier, language: Language) -> str:
    rows = "".join(
        f"<tr><td><bdi>{show_text(tell_moment(change.published or '?'))}</bdi></td>"
        f"<td>{isolate_html(change.outlet or '?')}</td>"
        f"<td>{_word(change.kind, language)}</td><td>{isolate_html(change.before or chr(8709))}</td>"
        f"<td>{isolate_html(change.after or chr(8709))}</td></tr>"
        for change in dossier.history.changes
    )
    if not rows:
        return _items((), language)
    heads = "".join(
        f"<th>{_word(key, language)}</th>" for key in ("published", "outlet_name", "changes", "before", "after")
    )
    return f"<table><tr>{heads}</tr>{rows}</table>"


def _conflicts(dossier: Dossier, language: Language) -> Iterator[str]:
    voices = {voice.utterance: voice for voice in dossier.voices}
    for conflict in dossier.conflicts:
        sides = " / ".join(_side(voices.get(key), key, language) for key in (conflict.a, conflict.b))
        notes = "".join(f" \u00b7 {isolate_html(shorten_ids(why.note))}" for why in conflict.evidence if why.note)
        yield f"<b>{_word(conflict.kind, language)}</b>: {sides}{notes}"


def _side(voice: Voice | None, utterance: str, language: Language) -> str:
    if voice is None:
        return f"<code>{show_text(utterance)}</code>"
    return f"{isolate_html(name_of(voice, language))}: {isolate_html(voice.printings[0].words)}"


def _copies(dossier: Dossier, language: Language) -> Iterator[str]:
    pages = tell_pages(dossier, language)
    for copy in dossier.copies:
        words = word("words", language, words=sum(passage.words for passage in copy.passages))
        agency = f" \u00b7 {isolate_html(copy.agency)}" if copy.agency else ""
        pair = " / ".join(
            f"{isolate_html(pages.get(id, ''))} <code>{show_text(shorten_ids(id))}</code>" for id in (copy.a, copy.b)
        )
        yield f"{_word(copy.kind, language)}: {pair} \u00b7 {escape(words)}{agency}"


def _word(key: str, language: Language) -> str:
    return escape(word(key, language))
