"""The words of a dossier, from ``data/ar/dossier.yaml``, and what all its forms tell in the same sentences."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Literal, get_args
from urllib.parse import unquote

from qala.errors import LexiconError
from qala.lexicon.load import LINE, data_text, parse_yaml

if TYPE_CHECKING:
    from qala.corroboration.dossier import Dossier, Voice
    from qala.corroboration.history import History, Turn
    from qala.corroboration.model import Sign
    from qala.model import Hop

Language = Literal["ar", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
_FILE = "dossier.yaml"
BROAD = 20
"""Occasions of saying from which on a dossier warns that more than one proposition may stand in it."""
_ID = re.compile(r"\b([0-9a-f]{12})[0-9a-f]{20}\b")
_SUMMARY: dict[Sign, str] = {"+": "said_by", "-": "denied_by", "0": "declined_by", "?": "asked_by"}


@cache
def load_words() -> dict[str, dict[str, str]]:
    """Return the words by key and language; raises ``LexiconError`` with ``file:line`` where one is missing."""
    loaded = parse_yaml(data_text(_FILE), _FILE)
    words: dict[str, dict[str, str]] = {}
    for key, entry in loaded.items():
        if key == LINE:
            continue
        given = {name: text for name, text in entry.items() if name != LINE} if isinstance(entry, dict) else {}
        if set(given) != set(LANGUAGES) or not all(isinstance(text, str) and text for text in given.values()):
            raise LexiconError(
                f"{_FILE}:{loaded.line_of(key)}: '{key}' needs a text for each of {', '.join(LANGUAGES)}"
            )
        words[str(key)] = given
    return words


def word(key: str, language: Language, **values: object) -> str:
    """Return the words for ``key`` with ``values`` filled in; the key itself where there are none."""
    text = load_words().get(key, {}).get(language, key)
    return text.format(**values) if values else text


def tell_numbers(dossier: Dossier, language: Language) -> list[str]:
    """Return the counts as sentences: who said it through whom, the interval of origins, who denies, where printed."""
    lines = []
    for sign, origins in dossier.origins:
        utterances = len(dossier.of_sign(sign))
        line = word(
            _SUMMARY[sign],
            language,
            speakers=origins.speakers,
            utterances=utterances,
            transmissions=origins.transmissions,
        )
        if sign in "+-":
            line += " \u00b7 " + word("origins", language, shown=origins.shown, possible=origins.possible)
        lines.append(" \u00b7 ".join([line, *(word(state, language) for state in origins.states)]))
    lines.append(word("printed", language, articles=dossier.articles, outlets=dossier.outlets))
    if dossier.doubles:
        lines.append(word("doubles", language, doubles=dossier.doubles))
    if len(dossier.voices) >= BROAD:
        lines.append(word("broad", language, utterances=len(dossier.voices)))
    if dossier.left_out:
        lines.append(word("left_out", language, left_out=dossier.left_out))
    return lines


def tell_day(key: Literal["said", "published"], day: str | None, language: Language) -> str:
    """Return "said 2024-03-05", or that the day is not known."""
    return f"{word(key, language)} {tell_moment(day)}" if day else word(f"{key}_unknown", language)


def tell_moment(moment: str) -> str:
    """Return an ISO 8601 moment (or a day, or START/END) as people write it, to the minute."""
    return "/".join(part.replace("T", " ")[:16] for part in moment.split("/"))


def shorten_ids(text: str) -> str:
    """Return a text with the ids of statements and articles cut to the twelve digits by which a ledger finds them."""
    return _ID.sub(r"\1", text)


def tell_url(url: str) -> str:
    """Return an address as a browser shows it: what is written with percent signs as letters, where it is UTF-8."""
    try:
        return unquote(url, errors="strict")
    except UnicodeDecodeError:
        return url


def name_carrier(hop: Hop, language: Language) -> str:
    """Return a carrier's name, or that it is not named or not recorded."""
    if hop.name and hop.status == "named":
        return hop.name
    return word("carrier_unnamed" if hop.status == "anonymous" else "carrier_unknown", language)


def list_turns(history: History) -> list[tuple[Turn, tuple[str, ...]]]:
    """Return the turns in order, each with the clocks ("said", "published") on which it is the first of its sign."""
    firsts: dict[tuple[str, Sign], list[str]] = {}
    for sign, clock, turn in history.first:
        firsts.setdefault((turn.utterance, sign), []).append(clock)
    return [(turn, tuple(firsts.get((turn.utterance, turn.sign), ()))) for turn in history.turns]


def tell_pages(dossier: Dossier, language: Language) -> dict[str, str]:
    """Return for each document of a dossier its outlet and day of publication in a few words."""
    return {
        printing.document: f"{printing.outlet or '?'} {tell_day('published', printing.published, language)}"
        for voice in dossier.voices
        for printing in voice.printings
    }


def name_of(voice: Voice, language: Language) -> str:
    """Return the speaker's name as the pages have it, or that none is recorded."""
    return voice.speaker or word("speaker_unknown", language)
