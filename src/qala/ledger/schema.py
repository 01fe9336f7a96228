"""The tables of a ledger, described once and rendered for each back end.

Names are meant to be read by people, in Datasette as in SQL. ``number`` is a row's place in its own ledger
and differs between ledgers; ``id`` is the content's hash and does not. Texts compare by code point
in both back ends. Tables marked ``append_only`` are guarded by triggers, against slips and not
against an attacker (``verify`` is for those).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qala.ledger.port import Dialect

Kind = Literal["integer", "real", "text", "blob"]


class Column(NamedTuple):
    """One column; ``references`` is ``table.column`` of the row that it points to."""

    name: str
    kind: Kind = "text"
    null: bool = False
    references: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One table: columns in the order in which ``Store.insert`` takes them, keys and indexes."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ("number",)
    unique: tuple[tuple[str, ...], ...] = ()
    indexes: tuple[tuple[str, ...], ...] = ()
    append_only: bool = True

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(column.name for column in self.columns)


def _number(name: str = "number", references: str | None = None, *, null: bool = False) -> Column:
    return Column(name, "integer", null, references)


def _text(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name) for name in names)


def _open(*names: str) -> tuple[Column, ...]:
    """Columns of text that may be unknown."""
    return tuple(Column(name, null=True) for name in names)


BLOBS = Table(
    "blobs",  # the bytes as they came, compressed with zlib, named by their SHA-256
    (*_text("sha256"), _number("size"), Column("content", "blob")),
    key=("sha256",),
)
RUNS = Table(
    "runs",  # what read the articles: one row for each version of Qala with its data files
    (_number(), *_text("id", "version", "lexicon", "models", "started", "sequence")),
    unique=(("id",),),
)
DOCUMENTS = Table(
    "documents",
    (
        _number(),
        *_text("id", "given_id"),
        *_open("outlet", "url", "title", "published"),
        *_text("text", "text_sha256"),
        _number("length"),
    ),
    unique=(("id",),),
    indexes=(("given_id",), ("url",)),
)
CAPTURES = Table(
    "captures",  # where a document was met and how its text was got; one document may be met often
    (
        _number(),
        *_text("id"),
        _number("document", "documents.number"),
        *_open("path", "container"),
        _number("record_offset", null=True),
        *_open("media_type", "method", "encoding"),
        *_text("flags"),
        *_open("digest", "retrieved", "author"),
        Column("raw", null=True, references="blobs.sha256"),
    ),
    unique=(("id",),),
    indexes=(("document",), ("path",), ("raw",)),
)
READINGS = Table(
    "readings",  # one document read by one run; the newest run's reading is the current one
    (
        _number(),
        _number("document", "documents.number"),
        _number("run", "runs.number"),
        _number("statements"),
        *_text("details"),  # headings, debris, what the page tells of its day of publication
    ),
    unique=(("document", "run"),),
)
STATEMENTS = Table(
    "statements",
    (
        _number(),
        *_text("id"),
        _number("reading", "readings.number"),
        _number("document", "documents.number"),
        _number("position"),  # 1 is the document's first, "s1"
        _number("parent", "statements.number", null=True),
        *_open("speaker", "entity", "speaker_kind", "speaker_title", "country", "source"),
        *_text("act", "cue", "content", "type"),
        _number("hedged"),
        *_open("hedges", "carrier", "channel", "channel_kind", "when", "when_date", "said_from", "said_to"),
        *_open("outlet", "published"),
        _number("repeated"),
        *_open("heading"),
        _number("truncated"),
        _number("cue_start"),
        _number("content_start"),
        _number("content_end"),
        Column("score", "real"),
        *_text("details"),  # the whole statement as canonical JSON: nothing is lost in it
    ),
    unique=(("reading", "position"),),
    indexes=(("id",), ("document",), ("speaker",), ("entity",), ("published", "number")),
)
CARRIERS = Table(
    "carriers",  # who stands between the speaker and the page: the chain without its two ends
    (
        _number("statement", "statements.number"),
        _number("position"),  # in the chain, the speaker being 1
        *_text("kind", "status"),
        *_open("name", "entity"),
        _number("span_start", null=True),
        _number("span_end", null=True),
    ),
    key=("statement", "position"),
    indexes=(("name",), ("entity",)),
)
REFUSALS = Table(
    "refusals",  # what was not read, and why
    (_number(), *_text("id", "place", "reason", "code"), *_open("source")),
    unique=(("id",),),
    indexes=(("code",),),
)
JUDGEMENTS = Table(
    "judgements",
    (
        _number(),
        *_text("id", "kind", "subjects", "author", "made"),
        *_open("value"),
        *_text("reason"),
        Column("replaces", null=True, references="judgements.id"),
        *_open("document"),
        *_text("spans"),
    ),
    unique=(("id",),),
    indexes=(("document",), ("replaces",)),
)
SUBJECTS = Table(
    "judgement_subjects",
    (_number("judgement", "judgements.number"), _number("position"), *_text("subject")),
    key=("judgement", "position"),
    indexes=(("subject",),),
)
SOURCES = Table(
    "sources",  # how far each file was read: the only table whose rows change, and no evidence of anything
    (
        _number(),
        *_text("path"),
        _number("run", "runs.number"),
        _number("size"),
        _number("modified"),  # nanoseconds since 1970, as the file system says
        _number("items"),  # documents and refusals that are in the ledger
        _number("last_offset", null=True),  # of the last document's record, where the file is a container
        _number("complete"),
    ),
    unique=(("path", "run"),),
    append_only=False,
)
LOG = Table(
    "log",  # what was added, in order; hash = SHA-256(hash of the entry before, entry)
    (_number(), *_text("kind", "subject", "content", "entry", "hash")),
    indexes=(("subject",), ("kind", "number")),
)

TABLES = (
    BLOBS,
    RUNS,
    DOCUMENTS,
    CAPTURES,
    READINGS,
    STATEMENTS,
    CARRIERS,
    REFUSALS,
    JUDGEMENTS,
    SUBJECTS,
    SOURCES,
    LOG,
)
TABLE = {table.name: table for table in TABLES}

VIEWS = {
    "current_readings": """
SELECT number, document, run, statements FROM readings AS this
WHERE NOT EXISTS (
  SELECT 1 FROM readings AS other
  JOIN runs AS newer ON newer.number = other.run
  JOIN runs AS mine ON mine.number = this.run
  WHERE other.document = this.document AND newer.sequence > mine.sequence
)""",
    "current_statements": """
SELECT statements.* FROM statements
JOIN current_readings ON current_readings.number = statements.reading""",
}
"""``current_statements`` are those of the newest run of each document, judgements not applied."""

_TYPES: dict[Dialect, dict[Kind, str]] = {
    "sqlite": {"integer": "INTEGER", "real": "REAL", "text": "TEXT", "blob": "BLOB"},
    "postgresql": {"integer": "bigint", "real": "double precision", "text": 'text COLLATE "C"', "blob": "bytea"},
}


def quote(name: str) -> str:
    """Return a name of this module as an SQL identifier; some (``when``) are words of SQL."""
    return f'"{name}"'


def render_tables(dialect: Dialect) -> Iterator[str]:
    """Yield the statements that make all tables, indexes, triggers and views of an empty ledger."""
    if dialect == "postgresql":
        yield _REFUSE_FUNCTION
    for table in TABLES:
        yield _render_table(table, dialect)
        for columns in table.indexes:
            name = quote("_".join((table.name, *columns)))
            yield f"CREATE INDEX {name} ON {quote(table.name)} ({_list(columns)})"
        if table.append_only:
            yield from _render_guards(table, dialect)
    for name, query in VIEWS.items():
        yield f"CREATE VIEW {quote(name)} AS {query.strip()}"


def _render_table(table: Table, dialect: Dialect) -> str:
    lines = [_render_column(column, dialect) for column in table.columns]
    lines.append(f"PRIMARY KEY ({_list(table.key)})")
    lines += [f"UNIQUE ({_list(columns)})" for columns in table.unique]
    for column in table.columns:
        if column.references:
            target, _, found = column.references.partition(".")
            lines.append(
                f"FOREIGN KEY ({quote(column.name)}) REFERENCES {quote(target)} ({quote(found)})"
                " DEFERRABLE INITIALLY DEFERRED"
            )
    end = ""
    if dialect == "sqlite":
        end = " STRICT" if len(table.key) == 1 else " WITHOUT ROWID, STRICT"
    return f"CREATE TABLE {quote(table.name)} (\n  " + ",\n  ".join(lines) + f"\n){end}"


def _render_column(column: Column, dialect: Dialect) -> str:
    return f"{quote(column.name)} {_TYPES[dialect][column.kind]}{'' if column.null else ' NOT NULL'}"


_REFUSE_FUNCTION = """
CREATE FUNCTION qala_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only: a correction is a new row', TG_TABLE_NAME; END $$"""


def _render_guards(table: Table, dialect: Dialect) -> Iterator[str]:
    """Yield the triggers that refuse to change or delete a row."""
    for event in ("UPDATE", "DELETE"):
        name = quote(f"{table.name}_no_{event.lower()}")
        if dialect == "sqlite":
            message = f"{table.name} is append-only: a correction is a new row"
            yield (
                f"CREATE TRIGGER {name} BEFORE {event} ON {quote(table.name)} "
                f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
            )
        else:
            yield (
                f"CREATE TRIGGER {name} BEFORE {event} ON {quote(table.name)} "
                f"FOR EACH ROW EXECUTE FUNCTION qala_refuse()"
            )


def _list(names: tuple[str, ...]) -> str:
    return ", ".join(quote(name) for name in names)
