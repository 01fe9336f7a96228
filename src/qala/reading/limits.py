"""The sizes at which an input is refused instead of read; the defaults are those of the fault study."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of reading; what is over one is refused with a reason and never read in part."""

    document_bytes: int = 16 << 20  # one article, as its bytes or as the UTF-8 of its text
    record_bytes: int = 64 << 20  # one line of JSON Lines, or one whole .json file
    json_depth: int = 64  # objects and lists inside one another


DEFAULT_LIMITS = Limits()
