"""Web annotations: the model's rules as a JSON Schema, the graph by an RDF library, the selectors by the text."""

import io
import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import rdflib
import regex
from jsonschema import Draft202012Validator

from qala.exports.web_annotation import CONTEXT, TERMS, write_web_annotation
from qala.model import Attribution, Document, Span, Statement
from qala.records import Record

OA = rdflib.Namespace("http://www.w3.org/ns/oa#")
MOTIVATIONS = [
    *("assessing", "bookmarking", "classifying", "commenting", "describing", "editing", "highlighting", "identifying"),
    *("linking", "moderating", "questioning", "replying", "reviewing", "tagging"),
]

# The rules of https://www.w3.org/TR/annotation-model/ that concern what is written here.
SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "required": ["@context", "id", "type", "items"],
    "properties": {
        "@context": {"type": "array", "prefixItems": [{"const": CONTEXT}]},
        "id": {"type": "string", "format": "uri"},
        "type": {"const": "AnnotationPage"},
        "items": {"type": "array", "items": {"$ref": "#/$defs/annotation"}},
    },
    "$defs": {
        "annotation": {
            "type": "object",
            "required": ["id", "type", "target"],
            "properties": {
                "id": {"type": "string", "pattern": "^urn:"},
                "type": {"const": "Annotation"},
                "motivation": {"type": "array", "minItems": 1, "items": {"enum": MOTIVATIONS}},
                "body": {"type": "array", "items": {"$ref": "#/$defs/body"}},
                "target": {
                    "oneOf": [
                        {"$ref": "#/$defs/resource"},
                        {"type": "array", "minItems": 2, "items": {"$ref": "#/$defs/resource"}},
                    ]
                },
                "cue": {"type": "array", "items": {"$ref": "#/$defs/resource"}},
                "mention": {"$ref": "#/$defs/resource"},
            },
        },
        "body": {
            "type": "object",
            "required": ["type", "value", "purpose"],
            "properties": {
                "type": {"const": "TextualBody"},
                "value": {"type": "string"},
                "purpose": {"enum": MOTIVATIONS},
                "language": {"enum": ["ar", "en"]},
                "textDirection": {"enum": ["ltr", "rtl", "auto"]},
            },
        },
        "resource": {
            "type": "object",
            "required": ["source", "selector", "state"],
            "properties": {
                "type": {"const": "SpecificResource"},
                "source": {"type": "string", "pattern": "^(https?|urn):"},
                "selector": {
                    "type": "array",
                    "prefixItems": [{"$ref": "#/$defs/quote"}, {"$ref": "#/$defs/position"}],
                    "items": False,
                },
                "state": {"$ref": "#/$defs/state"},
            },
        },
        "quote": {
            "required": ["type", "exact"],
            "additionalProperties": False,
            "properties": {
                "type": {"const": "TextQuoteSelector"},
                **{name: {"type": "string"} for name in ("exact", "prefix", "suffix")},
            },
        },
        "position": {
            "required": ["type", "start", "end"],
            "additionalProperties": False,
            "properties": {
                "type": {"const": "TextPositionSelector"},
                **{name: {"type": "integer", "minimum": 0} for name in ("start", "end")},
            },
        },
        "state": {
            "required": ["type"],
            "properties": {
                "type": {"const": "TimeState"},
                "cached": {"type": "string", "pattern": "^urn:"},
                **{
                    name: {"pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$"}
                    for name in ("sourceDate", "sourceDateStart", "sourceDateEnd")
                },
            },
            "dependentRequired": {"sourceDateStart": ["sourceDateEnd"], "sourceDateEnd": ["sourceDateStart"]},
            "not": {"required": ["sourceDate", "sourceDateStart"]},
        },
    },
}

# The part of http://www.w3.org/ns/anno.jsonld that is used, so that no test asks the network.
ANNO = {
    "oa": str(OA),
    "id": {"@type": "@id", "@id": "@id"},
    "type": {"@type": "@id", "@id": "@type"},
    "as": "http://www.w3.org/ns/activitystreams#",
    "dcterms": "http://purl.org/dc/terms/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    **{name: f"oa:{name}" for name in ("Annotation", "SpecificResource", "TextualBody", "TimeState")},
    **{name: f"oa:{name}" for name in ("TextQuoteSelector", "TextPositionSelector", *MOTIVATIONS)},
    "AnnotationPage": "as:OrderedCollectionPage",
    "Software": "as:Application",
    "items": {"@id": "as:items", "@type": "@id", "@container": "@list"},
    "generator": {"@type": "@id", "@id": "as:generator"},
    "body": {"@type": "@id", "@id": "oa:hasBody"},
    "target": {"@type": "@id", "@id": "oa:hasTarget"},
    "source": {"@type": "@id", "@id": "oa:hasSource"},
    "selector": {"@type": "@id", "@id": "oa:hasSelector"},
    "state": {"@type": "@id", "@id": "oa:hasState"},
    "motivation": {"@type": "@vocab", "@id": "oa:motivatedBy"},
    "purpose": {"@type": "@vocab", "@id": "oa:hasPurpose"},
    "textDirection": {"@type": "@vocab", "@id": "oa:textDirection"},
    "rtl": "oa:rtlDirection",
    "exact": "oa:exact",
    "prefix": "oa:prefix",
    "suffix": "oa:suffix",
    "start": {"@type": "xsd:nonNegativeInteger", "@id": "oa:start"},
    "end": {"@type": "xsd:nonNegativeInteger", "@id": "oa:end"},
    "cached": {"@type": "@id", "@id": "oa:cachedSource"},
    "sourceDate": {"@type": "xsd:dateTime", "@id": "oa:sourceDate"},
    "sourceDateStart": {"@type": "xsd:dateTime", "@id": "oa:sourceDateStart"},
    "sourceDateEnd": {"@type": "xsd:dateTime", "@id": "oa:sourceDateEnd"},
    "value": "rdf:value",
    "format": "dc:format",
    "language": "dc:language",
}


def write(records):
    out = io.BytesIO()
    report = write_web_annotation(records, out)
    return json.loads(out.getvalue()), report, out.getvalue()


def list_targets(item):
    target = item["target"]
    return target if isinstance(target, list) else [target]


def test_it_follows_the_model(records):
    page, report, raw = write(records)
    Draft202012Validator.check_schema(SCHEMA)
    errors = [error.message for error in Draft202012Validator(SCHEMA).iter_errors(page)]
    assert errors == []
    assert len(page["items"]) == report.records == len(records)
    assert raw == write(records)[2]


def test_the_schema_would_see_a_wrong_page(records):
    page, *_ = write(records)
    page["items"][0]["target"]["selector"][1]["start"] = -1
    page["items"][1]["motivation"] = ["verifying"]
    assert len(list(Draft202012Validator(SCHEMA).iter_errors(page))) == 2


def test_selectors_cut_the_text(records):
    page, *_ = write(records)
    for item, record in zip(page["items"], records, strict=True):
        text, found = record.document.text, record.statement.attribution
        pairs = [*zip(list_targets(item), found.content, strict=True), *zip(item["cue"], found.cue, strict=True)]
        for target, span in pairs:
            quote, position = target["selector"]
            assert (position["start"], position["end"]) == span
            assert quote["exact"] == text[span.start : span.end]
            assert text[: span.start].endswith(quote["prefix"])
            assert text[span.end :].startswith(quote["suffix"])


def test_no_selector_cuts_a_grapheme_cluster(records):
    """Spans that stand inside a flag, a family and a marked letter are widened, and that is counted."""
    text = "قال \U0001f1ea\U0001f1ec " + "x" * 26 + "\U0001f468\u200d\U0001f469 بُ"
    spans = [Span(4, 5), Span(33, 34), Span(35, 36)]
    found = Attribution("s1", (Span(0, 3),), tuple(spans), "indirect", "assert")
    record = Record("r", "d", Document("d", text), Statement(found))
    page, report, _ = write([record])
    boundaries = {match.start() for match in regex.finditer(r"\X", text)} | {len(text)}
    for target in list_targets(page["items"][0]):
        quote, position = target["selector"]
        edges = {position["start"], position["end"]}
        edges |= {position["start"] - len(quote["prefix"]), position["end"] + len(quote["suffix"])}
        assert edges <= boundaries
        assert text[position["start"] : position["end"]] == quote["exact"]
    assert report.changed == {"spans widened to whole grapheme clusters": 3}


def test_it_is_a_graph_of_annotations(records):
    page, *_ = write(records)
    page["@context"] = [ANNO, TERMS]
    graph = rdflib.Graph().parse(data=json.dumps(page), format="json-ld")
    found = set(graph.subjects(rdflib.RDF.type, OA.Annotation))
    assert len(found) == len(records)
    for annotation in found:
        target = graph.value(annotation, OA.hasTarget)
        kinds = {graph.value(each, rdflib.RDF.type) for each in graph.objects(target, OA.hasSelector)}
        assert kinds == {OA.TextQuoteSelector, OA.TextPositionSelector}
        assert graph.value(annotation, rdflib.URIRef("urn:qala:ns#act"))
        (chain,) = graph.objects(annotation, rdflib.URIRef("urn:qala:ns#chain"))
        assert chain == rdflib.RDF.nil or graph.value(chain, rdflib.RDF.first)
    purposes = set(graph.objects(None, OA.hasPurpose))
    assert purposes == {OA.identifying, OA.classifying}


def test_qalas_terms_hide_none_of_the_models(records):
    assert not TERMS.keys() & (ANNO.keys() | {"via", "name", "creator", "created", "canonical", "rights", "styleClass"})


def test_speaker_act_hedge_and_chain(records):
    items = write(records)[0]["items"]
    assert [(body["purpose"], body["value"]) for body in items[1]["body"]] == [
        ("identifying", "إيلينا كاسترو"),
        ("classifying", "assert"),
        ("classifying", "ربما"),
    ]
    assert [hop["hopKind"] for hop in items[1]["chain"]] == ["speaker", "agency", "page"]
    assert items[1]["chain"][2] == {"hopKind": "page", "hopStatus": "not recorded"}
    assert items[3]["inside"] == items[2]["id"]
    assert items[1]["said"] == "2024-10-14" and items[4]["truncated"] is True
    assert items[6]["body"][0]["actor"] == "urn:qala:actor:sergei-lavrov"


@pytest.mark.parametrize(
    ("published", "retrieved", "state"),
    [
        (None, None, {}),
        (datetime(2024, 1, 2, 3, 4, tzinfo=UTC), None, {"sourceDate": "2024-01-02T03:04:00Z"}),
        (
            datetime(2024, 1, 2, 3, 4),
            None,
            {"sourceDateStart": "2024-01-02T00:00:00Z", "sourceDateEnd": "2024-01-02T23:59:59Z"},
        ),
        (None, datetime(2024, 5, 6, tzinfo=UTC), {"sourceDate": "2024-05-06T00:00:00Z"}),
    ],
)
def test_the_state_says_when_and_claims_no_zone(records, published, retrieved, state):
    document = records[0].document
    document = replace(document, published=published, origin=replace(document.origin, retrieved=retrieved))
    item = write([replace(records[0], document=document)])[0]["items"][0]
    written = item["target"]["state"]
    assert {key: value for key, value in written.items() if key.startswith("source")} == state
    assert written["cached"].startswith("urn:qala:text:sha-256:")
