"""The sizes at which an input is refused instead of read; the defaults are those of the fault study."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of reading; what is over one is refused with a reason and never read in part.

    Two are no refusals: a page over ``html_depth`` or ``html_nodes`` is read without its structure, with a flag.
    """

    document_bytes: int = 16 << 20  # one article, as its bytes or as the UTF-8 of its text
    record_bytes: int = 64 << 20  # one line of JSON Lines, one .json file or feed, one record of an archive
    json_depth: int = 64  # objects and lists inside one another
    ratio: int = 200  # bytes out for one byte in, before compressed data counts as a bomb
    html_depth: int = 512  # elements inside one another
    html_nodes: int = 50_000  # tags of a page; the parser and the extractor take 1 s for so many
    xml_depth: int = 256  # elements of a feed inside one another
    field_bytes: int = 1 << 20  # one field of a table, and one line of it outside quotation marks
    columns: int = 2_000  # of a table
    header_bytes: int = 1 << 16  # the head of an archive's record or of an HTTP reply


DEFAULT_LIMITS = Limits()
