"""The words of a dossier, from ``data/ar/dossier.yaml``, and what all its forms tell in the same sentences."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal, get_args

from qala.errors import LexiconError
from qala.lexicon.load import LINE, data_text, parse_yaml

if TYPE_CHECKING:
    from qala.corroboration.dossier import Dossier, Voice
    from qala.corroboration.model import Sign

Language = Literal["ar", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
_FILE = "dossier.yaml"
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
    if dossier.left_out:
        lines.append(word("left_out", language, left_out=dossier.left_out))
    return lines


def tell_day(key: Literal["said", "published"], day: str | None, language: Language) -> str:
    """Return "said 2024-03-05", or that the day is not known."""
    return f"{word(key, language)} {day}" if day else word(f"{key}_unknown", language)


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
