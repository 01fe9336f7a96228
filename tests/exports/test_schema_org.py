"""schema.org: claims, quotations and pages as a graph; never a verdict."""

import io
import json
from dataclasses import replace

import pytest
import rdflib

from qala.exports.identities import NAMESPACE
from qala.exports.schema_org import CONTEXT, write_schema_org

S = rdflib.Namespace("https://schema.org/")
QALA = rdflib.Namespace(NAMESPACE)


def write(records):
    out = io.BytesIO()
    report = write_schema_org(records, out)
    return out.getvalue(), report


def nodes_of(records, kind):
    graph = json.loads(write(records)[0])["@graph"]
    return [node for node in graph if kind in (node["@type"] if isinstance(node["@type"], list) else [node["@type"]])]


def parse(raw):
    """Return the graph, with schema.org's own context put in for its address: every term is one of its."""
    value = json.loads(raw)
    value["@context"] = [{"@vocab": str(S), "id": "@id"}, CONTEXT[1]]
    return rdflib.Graph().parse(data=json.dumps(value), format="json-ld")


def test_it_is_a_graph_in_which_every_reference_is_met(records):
    raw, report = write(records)
    graph = parse(raw)
    nodes = {node for node in graph.subjects() if isinstance(node, rdflib.URIRef)}
    for predicate in (S.author, S.about, S.appearance, S.spokenByCharacter, S.isBasedOn, QALA.denies, QALA.carrier):
        objects = {each for each in graph.objects(None, predicate) if isinstance(each, rdflib.URIRef)}
        assert objects, predicate
        assert objects <= nodes, predicate
    assert report.records == len(records)
    assert raw == write(records)[0]


def test_no_review_no_rating_and_no_script_end(records):
    raw, _ = write(records)
    for word in (b"ClaimReview", b"Rating", b"<"):
        assert word not in raw


def test_a_denial_is_a_second_claim_about_the_first(records):
    graph = parse(write(records)[0])
    denials = list(graph.subject_objects(QALA.denies))
    assert len(denials) == 3
    for denial, denied in denials:
        assert graph.value(denial, S.about) == denied
        assert graph.value(denied, rdflib.RDF.type) == graph.value(denial, rdflib.RDF.type) == S.Claim
        assert graph.value(denied, S.author) is None
        assert graph.value(denial, S.author) is not None
    claims = {node["@id"]: node for node in nodes_of(records, "Claim")}
    first = claims[f"urn:qala:statement:{records[0].id}"]
    assert first["text"].startswith("نفت ليما") and first["text"].endswith("شراء السفن")
    assert claims[first["qala:denies"]]["text"] == "شراء السفن"


def test_what_says_nothing_of_how_things_are_is_no_claim(records):
    declined = next(record for record in records if record.statement.attribution.act == "decline")
    (node,) = nodes_of([declined], "CreativeWork")
    assert node["@type"] == ["CreativeWork", "qala:Statement"] and node["qala:act"] == "decline"
    assert nodes_of([declined], "Claim") == []


@pytest.mark.parametrize("act", ["demand", "threaten", "promise", "praise", "condemn"])
def test_acts_that_state_nothing_are_no_claims(records, act):
    statement = records[2].statement
    changed = replace(statement, attribution=replace(statement.attribution, act=act))
    assert nodes_of([replace(records[2], statement=changed)], "Claim") == []


def test_quotations_are_the_words_between_the_marks(records):
    quoted = {node["text"]: node for node in nodes_of(records, "Quotation")}
    assert set(quoted) == {"الصفقة ربما تؤجل", "الاتفاق \U0001f1ea\U0001f1ec سيوقع غداً في القاهرة"}
    assert all("spokenByCharacter" in node for node in quoted.values())


def test_the_first_carrier_is_where_it_first_appeared(records):
    claims = {node["@id"]: node for node in nodes_of(records, "Claim")}
    lavrov = claims[f"urn:qala:statement:{records[6].id}"]
    assert lavrov["firstAppearance"]["sourceOrganization"]["@id"] == "urn:qala:actor:afp"
    assert [hop["qala:hopKind"] for hop in lavrov["qala:via"]] == ["speaker", "agency", "agency", "page"]
    assert "firstAppearance" not in claims[f"urn:qala:statement:{records[0].id}"]


def test_pages_and_days(records):
    first, second = nodes_of(records, "NewsArticle")
    assert first["datePublished"] == "2024-10-15" and "url" not in first
    assert second["url"] == "https://news.example/ar/خبر?id=2" and second["author"]["name"] == "منى علي"
    dated = [node["datePublished"] for node in nodes_of(records, "Claim") if "datePublished" in node]
    assert dated == ["2024-10-14"]
    assert [node["name"] for node in nodes_of(records, "NewsMediaOrganization")].count("رويترز") == 1
