"""PROV-O (JSON-LD): each statement with its way from the speaker to the page, as provenance.

Terms of https://www.w3.org/TR/prov-o/. The statement as printed ``wasQuotedFrom`` (direct, mixed) or ``wasDerivedFrom``
(indirect) the version of the carrier before it, and so on back to the *utterance*, which is its ``hadPrimarySource``
and ``wasAttributedTo`` the speaker; a spokesman ``actedOnBehalfOf`` him. A hop that is not recorded is an entity
without an agent: a gap stays a gap. People's judgements are activities that used the statement. The act, which
PROV has no word for, stands under ``qala:``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO

from qala.exports.encoding import make_text, write_members
from qala.exports.identities import NAMESPACE, Identity, identify_hop, identify_speaker, make_iri, make_urn
from qala.exports.jsonl import find_version
from qala.exports.loss import CONCEPTS, Concept, LossReport, Tally
from qala.exports.moments import format_utc, is_exact
from qala.exports.pages import Page, read_pages
from qala.exports.rows import join_spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qala.model import Hop
    from qala.records import Judgement, Record

FORMAT = "prov"
_LINKS = (
    *("wasQuotedFrom", "wasDerivedFrom", "hadPrimarySource", "wasAttributedTo", "wasGeneratedBy", "wasAssociatedWith"),
    *("used", "actedOnBehalfOf", "alternateOf"),
)
CONTEXT: dict[str, Any] = {
    "prov": "http://www.w3.org/ns/prov#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dct": "http://purl.org/dc/terms/",
    "qala": NAMESPACE,
    "id": "@id",
    "type": "@type",
    "value": "prov:value",
    **{name: {"@id": f"prov:{name}", "@type": "@id"} for name in _LINKS},
    "generatedAtTime": {"@id": "prov:generatedAtTime", "@type": "xsd:dateTime"},
    "endedAtTime": {"@id": "prov:endedAtTime", "@type": "xsd:dateTime"},
    "inside": {"@id": "qala:inside", "@type": "@id"},
    "printedIn": {"@id": "dct:isPartOf", "@type": "@id"},
    "address": {"@id": "dct:source", "@type": "@id"},
    "issued": "dct:issued",
    "title": "dct:title",
    "name": "http://xmlns.com/foaf/0.1/name",
}
"""Inlined in every file, so that it is read without a network."""

_SOFTWARE = "urn:qala:software"
_AGENTS = {"person": "prov:Person", "anonymous": "prov:Agent"} | dict.fromkeys(
    ("government", "organisation", "outlet", "group"), "prov:Organization"
)
_LOST: frozenset[Concept] = frozenset(
    (
        *("text", "raw bytes", "author", "retrieved", "source of bytes", "source", "speaker details", "candidates"),
        *("anonymity", "cue", "offsets", "other offsets", "hedges", "when", "channel", "times", "quantities"),
        *("repeated", "heading", "truncated", "score", "evidence"),
    )
)
KEPT: frozenset[Concept] = frozenset(CONCEPTS) - _LOST


def write_prov(records: Iterable[Record], out: BinaryIO) -> LossReport:
    """Write records as one JSON-LD graph of PROV-O terms, its context inside the file."""
    tally = Tally(FORMAT, KEPT)
    write_members(out, {"@context": CONTEXT}, "@graph", _list_nodes(records, tally))
    return tally.report()


def _list_nodes(records: Iterable[Record], tally: Tally) -> Iterator[dict[str, Any]]:
    yield {"id": _SOFTWARE, "type": "prov:SoftwareAgent", "name": f"Qala {find_version() or ''}".strip()}
    seen: set[str] = set()
    for page in read_pages(records, tally):
        yield _describe_page(page)
        for record in page.records:
            for node in (*_list_agents(record), *_list_runs(record)):
                if node["id"] not in seen:
                    seen.add(node["id"])
                    yield node
            yield from _list_versions(page, record)
            yield from (_describe_judgement(record, judgement) for judgement in record.judgements)


def _describe_page(page: Page) -> dict[str, Any]:
    document, published = page.document, page.document.published
    node: dict[str, Any] = {
        "id": make_urn("document", page.id),
        "type": "prov:Entity",
        "title": document.title and make_text(document.title),
        "address": make_iri(document.url, page.id) if document.url else None,
        "issued": published and published.isoformat(),
        "generatedAtTime": format_utc(published) if published and is_exact(published) else None,
        "qala:outlet": document.outlet and make_text(document.outlet),
    }
    return {key: value for key, value in node.items() if value}


def _list_agents(record: Record) -> Iterator[dict[str, Any]]:
    somebodies = [identify_speaker(record), *(identify_hop(record, hop) for hop in record.statement.chain)]
    for somebody in somebodies:
        if somebody is not None and _is_agent(somebody):
            kind = _AGENTS.get(somebody.kind or "", "prov:Agent")
            types = [kind] if kind == "prov:Agent" else [kind, "prov:Agent"]
            node = {"id": _name(somebody), "type": types, "name": make_text(somebody.name)}
            yield node | ({"qala:anonymous": True} if somebody.anonymous else {})


def _is_agent(somebody: Identity) -> bool:
    """Tell whether somebody can bear responsibility: a document or an occasion cannot."""
    return somebody.kind not in ("document", "event")


def _list_runs(record: Record) -> Iterator[dict[str, Any]]:
    if record.run:
        yield {"id": make_urn("run", record.run), "type": "prov:Activity", "wasAssociatedWith": _SOFTWARE}


def _list_versions(page: Page, record: Record) -> Iterator[dict[str, Any]]:
    """Yield the statement as printed, as each carrier had it, and the utterance, from the page backwards."""
    found, statement = record.statement.attribution, record.statement
    own, utterance = make_urn("statement", record.id), make_urn("utterance", record.id)
    carriers = [hop for hop in statement.chain if hop.kind not in ("speaker", "spokesman", "page")][::-1]
    names = [own, *(make_urn("version", f"{record.id}-{number}") for number in range(1, len(carriers) + 1)), utterance]
    link = "wasDerivedFrom" if found.type == "indirect" else "wasQuotedFrom"
    printed: dict[str, Any] = {
        "id": own,
        "type": "prov:Entity",
        "value": make_text(join_spans(page.document.text, found.content)),
        "qala:act": found.act,
        "qala:quoteType": found.type,
        "printedIn": make_urn("document", page.id),
        "hadPrimarySource": utterance,
        link: names[1],
        **_describe_hop(record, next((hop for hop in statement.chain if hop.kind == "page"), None)),
    }
    if record.parent:
        printed["inside"] = make_urn("statement", record.parent)
    if record.run:
        printed["wasGeneratedBy"] = make_urn("run", record.run)
    yield printed
    for number, hop in enumerate(carriers, 1):
        yield {"id": names[number], "type": "prov:Entity", link: names[number + 1], **_describe_hop(record, hop)}
    yield from _describe_utterance(record, utterance)


def _describe_hop(record: Record, hop: Hop | None) -> dict[str, Any]:
    """Return who is responsible for a version; for a document or an occasion, which it was."""
    if hop is None:
        return {"qala:hopStatus": "not recorded"}
    somebody = identify_hop(record, hop)
    described = {"qala:hopKind": hop.kind, "qala:hopStatus": hop.status}
    if somebody is None:
        return described
    return described | (
        {"wasAttributedTo": _name(somebody)} if _is_agent(somebody) else {"name": make_text(somebody.name)}
    )


def _attribute(somebody: Identity) -> dict[str, str]:
    """Return who answers for a version; a document or an occasion by its name alone."""
    return {"wasAttributedTo": _name(somebody)} if _is_agent(somebody) else {"name": make_text(somebody.name)}


def _describe_utterance(record: Record, own: str) -> Iterator[dict[str, Any]]:
    speaker, said = identify_speaker(record), record.statement.when_date
    node: dict[str, Any] = {"id": own, "type": "prov:Entity"}
    if speaker is not None:
        node |= _attribute(speaker)
    if said:
        node["qala:said"] = said
    yield node
    somebodies = {hop.kind: identify_hop(record, hop) for hop in record.statement.chain}
    principal, spokesman = somebodies.get("speaker"), somebodies.get("spokesman")
    if principal and spokesman and _is_agent(principal) and principal.id != spokesman.id:
        yield {"id": _name(spokesman), "actedOnBehalfOf": _name(principal)}


def _describe_judgement(record: Record, judgement: Judgement) -> dict[str, Any]:
    node: dict[str, Any] = {
        "id": make_urn("judgement", judgement.id),
        "type": ["prov:Activity", "qala:Judgement"],
        "used": make_urn("statement", record.id),
        "wasAssociatedWith": {"id": make_urn("person", judgement.author), "type": "prov:Person"},
        "endedAtTime": format_utc(judgement.made),
        "qala:kind": judgement.kind,
        "qala:value": judgement.value and make_text(judgement.value),
        "qala:reason": make_text(judgement.reason),
        "qala:replaces": judgement.replaces and {"id": make_urn("judgement", judgement.replaces)},
    }
    return {key: value for key, value in node.items() if value}


def _name(somebody: Identity) -> str:
    return make_urn("actor", somebody.id.removeprefix("actor:"))
