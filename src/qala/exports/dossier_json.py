"""A dossier as JSON, whole: every view, every reason, every span. Loses nothing that the dossier holds.

Spans are ``[start, end]``, half-open, in code points of the document whose id stands beside them or, in a reason,
whose record its ``note`` names first.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

import orjson

from qala.model import Span

if TYPE_CHECKING:
    from qala.corroboration.dossier import Dossier

SCHEMA = "qala.dossier/1"
"""The name and version of the form; a later version only adds keys."""


def render_dossier_json(dossier: Dossier) -> str:
    """Return one JSON object, indented, keys in a fixed order; ends in a line end."""
    shown = {"schema": SCHEMA, **dossier_dict(dossier)}
    text = orjson.dumps(shown, option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS)
    return text.decode("utf-8") + "\n"


def dossier_dict(dossier: Dossier) -> dict[str, Any]:
    """Return a dossier as plain values: mappings, lists, texts and numbers."""
    plain = plain_values(dossier)
    plain["origins"] = {sign: plain_values(origins) for sign, origins in dossier.origins}
    plain["history"]["first"] = [
        {"sign": sign, "clock": clock, "utterance": turn.utterance, "record": turn.record}
        for sign, clock, turn in dossier.history.first
    ]
    found: dict[str, Any] = plain
    return found


def plain_values(value: Any) -> Any:
    """Return any noun (a dossier, a tree of chains, a copy) as plain values.

    A tree of chains is as deep as a chain is long, so recursion ends soon.
    """
    if isinstance(value, Span):
        return [value.start, value.end]
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")  # half a surrogate pair has no UTF-8
    if is_dataclass(value):
        return {field.name: plain_values(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return {name: plain_values(part) for name, part in zip(value._fields, value, strict=True)}
    if isinstance(value, list | tuple):
        return [plain_values(part) for part in value]
    return value
