"""The gold's form: articles with given statements in, utterances, claims and copies out.

A line is an article (``id``, ``text``, ``published``, ``outlet``, ``title``, ``url``) with ``statements``, each
with ``id``, ``source``, ``speaker``, ``cue``, ``content``, ``type``, ``act``, ``hedged``, ``channel``, ``when``,
``when_date`` and ``parent``; offsets count code points of ``text``. A statement's id across articles is
``ARTICLE:sN``.
"""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import orjson

from qala.corroboration.given_times import add_figures
from qala.errors import QalaError, ReadError
from qala.lexicon.actors import ActorBase, load_actors
from qala.model import ACTS, Attribution, ChannelKind, Document, Evidence, QuoteType, Span, Speaker, Statement
from qala.reading.dates import parse_published
from qala.records import Record, identify_document
from qala.resolution.entities import resolve_entity
from qala.resolution.introductions import Introduction, read_title
from qala.resolution.source_kinds import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qala.corroboration.model import Corroboration

_TYPES = get_args(QuoteType)
_CHANNELS = get_args(ChannelKind)
_MOST_BYTES = 64 << 20  # of one line


class GoldFormError(QalaError):
    """A line that is not in the gold's form; the text starts with ``file:line``."""


def read_statements(path: str | Path) -> list[Record]:
    """Return the given statements of every article of a JSON Lines file (also gzipped), in their order.

    Raises what :func:`read_articles` raises.
    """
    return [record for _, records in read_articles(path) for record in records]


def read_articles(path: str | Path) -> Iterator[tuple[Document, list[Record]]]:
    """Yield every article of a JSON Lines file (also gzipped) with its given statements, in their order.

    Speakers are resolved with the packaged actor base as far as name and title allow. Raises
    :class:`GoldFormError` with ``file:line`` for a line that breaks the form, ``ReadError`` where the file
    cannot be read.
    """
    place = Path(path)
    seen: set[str] = set()
    for number, line in enumerate(_lines(place), 1):
        if not line.strip():
            continue
        where = f"{place.name}:{number}"
        if len(line) > _MOST_BYTES:
            raise GoldFormError(f"{where}: longer than {_MOST_BYTES} bytes")
        try:
            row = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            raise GoldFormError(f"{where}: not JSON ({error})") from None
        document = read_document(row, where)
        if document.id in seen:
            raise GoldFormError(f"{where}: the article {document.id!r} stands twice")
        seen.add(document.id)
        yield document, list(read_article(row, where))


def _lines(place: Path) -> Iterator[bytes]:
    opener = gzip.open if place.suffix == ".gz" else open
    try:
        with opener(place, "rb") as file:
            yield from file
    except (OSError, EOFError) as error:
        raise ReadError(f"{place}: {error}") from None


def read_document(row: Any, where: str) -> Document:
    """Return the article of a line in the gold's form; ``where`` opens the message of an error."""
    if not isinstance(row, dict) or not isinstance(row.get("id"), str) or not isinstance(row.get("text"), str):
        raise GoldFormError(f"{where}: an article is an object with 'id' and 'text'")
    try:
        published = parse_published(row["published"]) if row.get("published") else None
    except ReadError as error:
        raise GoldFormError(f"{where}: {error}") from None
    return Document(row["id"], row["text"], published, row.get("outlet"), row.get("url"), row.get("title"))


def read_article(row: Any, where: str) -> Iterator[Record]:
    """Yield the records of one article in the gold's form; ``where`` opens the message of an error.

    The form has no place for times and quantities of contents: those are read from the text.
    """
    document = read_document(row, where)
    given = row.get("statements")
    if not isinstance(given, list):
        raise GoldFormError(f"{where}: 'statements' is a list")
    document_id = identify_document(document)
    titles = _titles(given, document.text, where)
    statements: list[Statement] = []
    ids: set[str] = set()
    for item in given:
        statement = _statement(item, document.text, titles, where)
        if statement.id in ids:
            raise GoldFormError(f"{where}: the statement {statement.id!r} stands twice")
        ids.add(statement.id)
        statements.append(statement)
    for statement in add_figures(document, statements):
        parent = statement.attribution.parent
        yield Record(
            id=f"{document.id}:{statement.id}",
            document_id=document_id,
            document=document,
            statement=statement,
            parent=None if parent is None else f"{document.id}:{parent}",
        )


def _titles(given: list[Any], text: str, where: str) -> dict[str, Span]:
    """Return for each speaker the longest words that stand before or behind his name in a source."""
    found: dict[str, Span] = {}
    for item in given:
        name = item.get("speaker") if isinstance(item, dict) else None
        source = _span(item.get("source"), text, where) if isinstance(item, dict) else None
        if not name or source is None:
            continue
        at = source.of(text).find(name)
        if at < 0:
            continue
        begin, end = source.start + at, source.start + at + len(name)
        sides = (Span(source.start, begin), Span(end, source.end))
        best = max((_trimmed(side, text) for side in sides), key=lambda span: span.end - span.start)
        if best.end > best.start and best.end - best.start > len(found.get(name, Span(0, 0)).of(text)):
            found[name] = best
    return found


def _trimmed(span: Span, text: str) -> Span:
    start, end = span
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return Span(start, end)


def _statement(item: Any, text: str, titles: dict[str, Span], where: str) -> Statement:
    if not isinstance(item, dict) or not isinstance(item.get("id"), str):
        raise GoldFormError(f"{where}: a statement is an object with 'id'")
    where = f"{where}: {item['id']}"
    cue, content = _spans(item.get("cue"), text, where), _spans(item.get("content"), text, where)
    if not content:
        raise GoldFormError(f"{where}: 'content' is empty")
    source = _span(item.get("source"), text, where)
    attribution = Attribution(
        id=item["id"],
        cue=cue,
        content=content,
        type=_one_of(item.get("type", "indirect"), _TYPES, "type", where),
        act=_one_of(item.get("act", "assert"), ACTS, "act", where),
        source=source,
        hedges=(Span(content[0].start, content[0].start),) if item.get("hedged") else (),
        channel=_span(item.get("channel"), text, where),
        channel_kind=_one_of(item.get("channel_kind"), (None, *_CHANNELS), "channel_kind", where),
        when=_span(item.get("when"), text, where),
        parent=item.get("parent"),
    )
    name = item.get("speaker")
    span = source or (cue[0] if cue else content[0])
    speaker = make_speaker(name, span, titles.get(name), text, load_actors()) if name else None
    return Statement(attribution, speaker, item.get("when_date"))


def make_speaker(name: str, span: Span, title: Span | None, text: str, base: ActorBase) -> Speaker:
    """Return the speaker of a given name: entity, office, body and country as far as name and title say."""
    words = title.of(text) if title else ""
    reading = kind_of(name, base)
    found = resolve_entity(name, base, country=reading.country, title=words or None)
    introduction = read_title(words, base, found.country) if words else Introduction()
    if not words and reading.reason.startswith("title:"):
        introduction = read_title(name, base)
    known = found.id is not None and not (found.reasons[:1] == ("institution",) and ":" not in found.id)
    entity = (found.read_as or found.id) if known else None
    kind = (found.kind if known else None) or reading.kind
    return Speaker(
        name=name,
        span=span,
        title=title,
        kind=kind,
        entity=entity,
        candidates=found.candidates if entity is None else (),
        evidence=(Evidence("speaker:given", (span,)),),
        office=introduction.office,
        body=introduction.body,
        country=(found.country if known else None) or introduction.country or reading.country,
        source_type=reading.type if kind == "anonymous" else None,
        said_as=found.id if entity and found.read_as else None,
        read_by=found.rule if entity else None,
    )


def _one_of(value: Any, allowed: tuple[Any, ...], key: str, where: str) -> Any:
    if value not in allowed:
        raise GoldFormError(f"{where}: {key!r} is {value!r}; allowed: {', '.join(map(str, allowed))}")
    return value


def _spans(value: Any, text: str, where: str) -> tuple[Span, ...]:
    if not isinstance(value, list):
        raise GoldFormError(f"{where}: a list of [start, end] is expected")
    found = (_span(pair, text, where) for pair in value)
    return tuple(span for span in found if span is not None)


def _span(value: Any, text: str, where: str) -> Span | None:
    if value is None:
        return None
    whole = isinstance(value, list) and len(value) == 2 and all(type(offset) is int for offset in value)
    if not whole or not 0 <= value[0] <= value[1] <= len(text):
        raise GoldFormError(f"{where}: {value!r} is no [start, end] of the text")
    return Span(value[0], value[1])


def write_gold_form(corroboration: Corroboration, event: str | None = None) -> dict[str, Any]:
    """Return utterances, claims and copies as the JSON object of the gold's form.

    Members are the ids that the records had; ``from`` of a copy is its origin. The gold's form has no place
    for reasons, spans and conflicts: those stay behind.
    """
    return {
        **({"event": event} if event else {}),
        "utterances": [{"id": found.id, "members": list(found.members)} for found in corroboration.utterances],
        "claims": [
            {
                "id": claim.id,
                "gloss": claim.gloss,
                "members": [{"u": stance.utterance, "sign": stance.sign} for stance in claim.stances],
            }
            for claim in corroboration.claims
        ],
        "copies": [
            {"a": copy.a, "b": copy.b, "kind": copy.kind, "agency": copy.agency, "from": copy.origin}
            for copy in corroboration.copies
        ],
    }


def dump_gold_form(corroboration: Corroboration, event: str | None = None) -> bytes:
    """Return :func:`write_gold_form` as indented JSON (UTF-8)."""
    return orjson.dumps(write_gold_form(corroboration, event), option=orjson.OPT_INDENT_2)


def documents_of(records: Iterable[Record]) -> list[Document]:
    """Return the documents of ``records``, each once, in the order of their first statement."""
    return list({record.document_id: record.document for record in records}.values())
