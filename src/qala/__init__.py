"""Qala reads Arabic news into attributed statements: who said what, through whom, when, with exact offsets.

>>> from qala import extract, read_text
>>> reading = extract(read_text("…"))            # doctest: +SKIP
>>> [(s.speaker.name, s.attribution.act) for s in reading.statements]  # doctest: +SKIP
"""

from qala.errors import LexiconError, QalaError, ReadError
from qala.exports.notebook import show
from qala.model import (
    Act,
    Attribution,
    Debris,
    Document,
    Evidence,
    Hop,
    Layout,
    PublicationConstraint,
    Quantity,
    Quotation,
    Reading,
    RefusedInput,
    Span,
    Speaker,
    StatedTime,
    Statement,
)
from qala.pipeline import extract, read
from qala.reading.plain import read_text

__version__ = "0.1.0"

__all__ = [
    "Act",
    "Attribution",
    "Debris",
    "Document",
    "Evidence",
    "Hop",
    "Layout",
    "LexiconError",
    "PublicationConstraint",
    "QalaError",
    "Quantity",
    "Quotation",
    "ReadError",
    "Reading",
    "RefusedInput",
    "Span",
    "Speaker",
    "StatedTime",
    "Statement",
    "__version__",
    "extract",
    "read",
    "read_text",
    "show",
]
