"""schema.org JSON-LD: pages, claims and quotations, and never a ``ClaimReview``.

A ``Claim`` is "a specific, factually-oriented claim" (schema.org 30.0), so only acts that say how something
is become claims; a demand, a threat, a promise, praise or declining to comment is a ``CreativeWork`` of the
type ``qala:Statement``. A denial is a second ``Claim``: ``about``, and ``qala:denies``, the first, which holds what is
denied and has no author, for nobody on the page affirms it there. Terms with ``qala:`` are Qala's own, in the
file's context. ``dateline``, ``citation`` and ratings are not made up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO

from qala.exports.encoding import make_text, write_members
from qala.exports.identities import NAMESPACE, Identity, identify_hop, identify_speaker, make_iri, make_urn
from qala.exports.loss import CONCEPTS, Concept, LossReport, Tally
from qala.exports.pages import Page, read_pages
from qala.exports.quoted import find_page_quotations, find_quoted
from qala.exports.rows import join_spans
from qala.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qala.records import Record

FORMAT = "schema-org"
CONTEXT: list[Any] = [
    "https://schema.org",
    {
        "qala": NAMESPACE,
        "qala:denies": {"@type": "@id"},
        "qala:inside": {"@type": "@id"},
        "qala:via": {"@container": "@list"},
        "qala:carrier": {"@type": "@id"},
    },
]

_FACTUAL = frozenset(("assert", "confirm", "deny", "accuse", "warn", "believe"))
_TYPES = {"person": "Person", "government": "GovernmentOrganization", "outlet": "NewsMediaOrganization"}
_ORGANISED = frozenset(("organisation", "group"))
_LOST: frozenset[Concept] = frozenset(
    (
        *("text", "raw bytes", "retrieved", "source of bytes", "source", "speaker details", "candidates"),
        *("cue", "offsets", "other offsets", "hedges", "when", "channel", "times", "quantities", "repeated"),
        *("heading", "truncated", "score", "evidence", "run", "judgements", "anonymity"),
    )
)
KEPT: frozenset[Concept] = frozenset(CONCEPTS) - _LOST


def write_schema_org(records: Iterable[Record], out: BinaryIO) -> LossReport:
    """Write records as one JSON-LD graph; it can stand in a page's script element."""
    tally = Tally(FORMAT, KEPT)
    write_members(out, {"@context": CONTEXT}, "@graph", _list_nodes(records, tally))
    return tally.report()


def _list_nodes(records: Iterable[Record], tally: Tally) -> Iterator[dict[str, Any]]:
    seen: set[str] = set()
    for page in read_pages(records, tally):
        yield _describe_page(page)
        quotations = find_page_quotations(page)
        for record in page.records:
            somebodies = [identify_speaker(record), *(identify_hop(record, hop) for hop in record.statement.chain)]
            for somebody in somebodies:
                if somebody is not None and somebody.id not in seen:
                    seen.add(somebody.id)
                    yield _describe_actor(somebody)
            yield from _describe_statement(page, record)
            yield from _list_quotations(page, record, find_quoted(record, quotations))


def _describe_page(page: Page) -> dict[str, Any]:
    document = page.document
    node: dict[str, Any] = {
        "@id": make_urn("document", page.id),
        "@type": "NewsArticle",
        "inLanguage": "ar",
        "url": make_iri(document.url, page.id) if document.url else None,
        "headline": document.title and make_text(document.title),
        "datePublished": document.published and document.published.isoformat(),
        "publisher": document.outlet and {"@type": "NewsMediaOrganization", "name": make_text(document.outlet)},
        "author": document.origin.author and {"@type": "Person", "name": make_text(document.origin.author)},
    }
    return {key: value for key, value in node.items() if value}


def _describe_actor(somebody: Identity) -> dict[str, Any]:
    kind = _TYPES.get(somebody.kind or "") or ("Organization" if somebody.kind in _ORGANISED else "Thing")
    node: dict[str, Any] = {"@id": _name_actor(somebody), "@type": kind, "name": make_text(somebody.name)}
    if somebody.printed != somebody.name:
        node["alternateName"] = make_text(somebody.printed)
    if somebody.anonymous:
        node["qala:anonymous"] = True
    if somebody.entity:
        node["identifier"] = somebody.entity
    return node


def _describe_statement(page: Page, record: Record) -> Iterator[dict[str, Any]]:
    """Yield the claim of a record; for a denial first what is denied."""
    found, own = record.statement.attribution, make_urn("statement", record.id)
    content = make_text(join_spans(page.document.text, found.content))
    node: dict[str, Any] = {
        "@id": own,
        "@type": "Claim" if found.act in _FACTUAL else ["CreativeWork", "qala:Statement"],
    }
    node |= _describe_saying(page, record) | {"text": content, "qala:act": found.act, "qala:quoteType": found.type}
    if found.act == "deny":
        denied = make_urn("denied", record.id)
        yield {"@id": denied, "@type": "Claim", "inLanguage": "ar", "text": content}
        node |= {"about": {"@id": denied}, "qala:denies": denied}
        node["text"] = make_text(_find_printed(record).of(page.document.text))
    yield node


def _describe_saying(page: Page, record: Record) -> dict[str, Any]:
    """Return who said it, when, where it appears, and through whom it came there."""
    speaker = identify_speaker(record)
    hops = [(hop, identify_hop(record, hop)) for hop in record.statement.chain]
    carriers = [who for hop, who in hops if hop.kind in ("agency", "outlet", "platform") and who is not None]
    said: dict[str, Any] = {
        "inLanguage": "ar",
        "author": speaker and {"@id": _name_actor(speaker)},
        "datePublished": _find_date(record),
        "qala:said": record.statement.when_date,
        "appearance": {"@id": make_urn("document", page.id)},
        "qala:inside": record.parent and make_urn("statement", record.parent),
        "qala:via": [
            {"qala:hopKind": hop.kind, "qala:hopStatus": hop.status}
            | ({"qala:carrier": _name_actor(who)} if who else {})
            for hop, who in hops
        ],
    }
    if carriers:  # the one nearest to the speaker
        said["firstAppearance"] = {
            "@type": "CreativeWork",
            "sourceOrganization": {"@id": _name_actor(carriers[0])},
        }
    return {key: value for key, value in said.items() if value}


def _find_date(record: Record) -> str | None:
    """Return the day of saying where it is one date: schema.org has no range of days here."""
    said = record.statement.when_date
    return said if said and "/" not in said else None


def _find_printed(record: Record) -> Span:
    """Return the stretch of the page from the first to the last word of a statement: who, the cue, and what."""
    found = record.statement.attribution
    spans = [*found.cue, *found.content, *([found.source] if found.source else [])]
    return Span(min((span.start for span in spans), default=0), max((span.end for span in spans), default=0))


def _list_quotations(page: Page, record: Record, quoted: list[Span]) -> Iterator[dict[str, Any]]:
    speaker = identify_speaker(record)
    for number, span in enumerate(quoted, 1):
        node: dict[str, Any] = {
            "@id": make_urn("quotation", f"{record.id}-{number}"),
            "@type": "Quotation",
            "inLanguage": "ar",
            "text": make_text(span.of(page.document.text)),
            "isPartOf": {"@id": make_urn("document", page.id)},
            "isBasedOn": {"@id": make_urn("statement", record.id)},
        }
        if speaker is not None:
            node["spokenByCharacter"] = {"@id": _name_actor(speaker)}
        yield node


def _name_actor(somebody: Identity) -> str:
    return make_urn("actor", somebody.id.removeprefix("actor:"))
