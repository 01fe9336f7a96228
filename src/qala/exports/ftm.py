"""FollowTheMoney by its own library: entities (JSON Lines) and statements (CSV), for Aleph, OpenSanctions and yente.

Every value goes through the library's cleaning; what it refuses (an address that is none, a date beyond its
forms) is counted. In the statements ``origin`` is the record's id, ``dataset`` the outlet's slug, ``original_value``
the words as printed where cleaning changed them, ``lang`` is ``ara``. Needs ``pip install 'qala[ftm]'``.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any, BinaryIO

from qala.exports.encoding import encode_json, make_text
from qala.exports.ftm_values import Value, list_actor_values, list_named, list_page_values, list_record_values
from qala.exports.loss import CONCEPTS, Concept, LossReport, Tally
from qala.exports.moments import format_utc
from qala.exports.pages import Page, read_pages
from qala.exports.units import context_after
from qala.reading.extras import load_extra
from qala.records import hash_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qala.model import Document
    from qala.records import Record

FORMAT = "ftm"
STATEMENTS = "ftm-statements"
_LANGUAGE = "ara"
_LOST: frozenset[Concept] = frozenset(
    (
        *("raw bytes", "source of bytes", "source", "speaker details", "candidates", "anonymity", "cue", "offsets"),
        *("other offsets", "type", "hedges", "when", "hop status", "channel", "parent", "quantities", "repeated"),
        *("heading", "truncated", "score", "evidence", "run", "judgements", "entity", "carriers"),
    )
)
KEPT: frozenset[Concept] = frozenset(CONCEPTS) - _LOST
_REFUSED = "values that followthemoney refuses, left out"
_TOO_LONG = "values longer than followthemoney takes, cut"
_CUT = frozenset(("text", "string", "name"))
_CLEANED = "values that followthemoney cleans: invisible characters, spaces at the ends"


def write_ftm(records: Iterable[Record], out: BinaryIO) -> LossReport:
    """Write records as entities, one a line; an actor stands where he first appears, once."""
    model = load_extra("ftm", "followthemoney").model
    tally = Tally(FORMAT, KEPT)
    for _, entities in _group_values(records, tally):
        for own, values in entities.items():
            proxy = model.get_proxy({"id": own, "schema": values[0].schema, "properties": {}})
            for value in values:
                cleaned = _clean(model, value, tally)
                if cleaned is not None:
                    proxy.add(value.prop, cleaned, cleaned=True)
            proxy.schema.validate(proxy.to_dict())
            out.write(encode_json({"id": own, "schema": proxy.schema.name, "properties": proxy.properties}) + b"\n")
    return tally.report()


def write_ftm_statements(records: Iterable[Record], out: BinaryIO) -> LossReport:
    """Write records as statements in CSV: one a value, each with the record that it rests on."""
    model = load_extra("ftm", "followthemoney").model
    statements = load_extra("ftm", "followthemoney.statement")
    tally = Tally(STATEMENTS, KEPT)
    statements.write_statements(_Open(out), "csv", _list_statements(model, statements.Statement, records, tally))
    return tally.report()


class _Open:
    """A file that stays open: the library closes what it is given."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self.closed = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._out, name)

    def close(self) -> None:
        self._out.flush()


def _group_values(records: Iterable[Record], tally: Tally) -> Iterator[tuple[Document, dict[str, list[Value]]]]:
    """Yield each page with its values by entity; an actor only on the first page that names him."""
    seen: set[str] = set()
    for page in read_pages(records, tally):
        entities: dict[str, list[Value]] = {}
        known: set[tuple[str, str, str]] = set()
        for value in _list_values(page, tally):
            own = (value.entity, value.prop, value.value)
            if value.entity not in seen and own not in known:
                known.add(own)
                entities.setdefault(value.entity, []).append(value)
        seen.update(entity for entity in entities if entity.startswith("actor-"))
        yield page.document, entities


def _list_values(page: Page, tally: Tally) -> Iterator[Value]:
    yield from list_page_values(page)
    for record in page.records:
        speaker = record.statement.speaker
        if speaker is None or speaker.kind == "anonymous":
            tally.lose("act")
            tally.lose("speaker", speaker is not None)
            tally.lose("said", speaker is not None and record.statement.when_date is not None)
        for somebody in list_named(record):
            yield from list_actor_values(somebody)
        yield from list_record_values(page, record)


def _clean(model: Any, value: Value, tally: Tally) -> str | None:
    """Return a value as the library takes it, cut where it is too long, ``None`` where it refuses it; counts all."""
    proxy = model.make_entity(value.schema)
    proxy.id = value.entity
    kind = proxy.schema.get(value.prop).type
    printed = make_text(value.value)
    proxy.add(value.prop, printed)
    cleaned: str = next(iter(proxy.get(value.prop)), "")
    if kind.name in _CUT and len(cleaned) > kind.max_length:
        tally.change(_TOO_LONG)
        cleaned = context_after(cleaned, 0, kind.max_length).rstrip()
    elif cleaned and cleaned != printed:
        tally.change(_CLEANED)
    if not cleaned or not kind.validate(cleaned):
        tally.change(_REFUSED)
        return None
    return cleaned


def _list_statements(model: Any, kind: Any, records: Iterable[Record], tally: Tally) -> Iterator[Any]:
    for document, entities in _group_values(records, tally):
        moment = document.origin.retrieved or document.published
        about = {
            "dataset": make_dataset(document.outlet),
            "first_seen": None if moment is None else format_utc(moment).removesuffix("Z"),
        }
        for values in entities.values():
            yield from _list_entity(model, kind, values, about, tally)


def _list_entity(
    model: Any, kind: Any, values: list[Value], about: dict[str, str | None], tally: Tally
) -> Iterator[Any]:
    """Yield the statements of one entity, and last the one that closes it with the hash of all."""
    own, schema = values[0].entity, model.get(values[0].schema)
    ids: set[str] = set()
    for value in values:
        cleaned = _clean(model, value, tally)
        if cleaned is None:
            continue
        names = {"entity_id": own, "prop": value.prop, "schema": schema.name, "value": cleaned, "origin": value.record}
        made = kind(**names, **about, lang=_LANGUAGE, original_value=make_text(value.value))
        if made.id not in ids:
            ids.add(made.id)
            yield made
    digest = hashlib.sha1(schema.name.encode(), usedforsecurity=False)
    for each in sorted(ids):
        digest.update(each.encode())
    yield kind(entity_id=own, prop=kind.BASE, schema=schema.name, value=digest.hexdigest(), **about)


def make_dataset(outlet: str | None) -> str:
    """Return the name of an outlet's dataset: small Latin letters, digits and ``_``, as the library asks."""
    if not outlet:
        return "qala"
    slug = re.sub(r"[^a-z0-9]+", "_", outlet.lower()).strip("_")
    return slug if slug and outlet.isascii() else f"outlet_{hash_values('outlet', outlet)[:12]}"
