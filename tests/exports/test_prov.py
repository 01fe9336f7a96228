"""PROV-O: the chain as provenance, checked as a graph and by shapes."""

import io
from dataclasses import replace
from datetime import UTC, datetime

import pyshacl
import rdflib

from qala.exports.identities import NAMESPACE
from qala.exports.prov import write_prov
from qala.records import Judgement

PROV = rdflib.Namespace("http://www.w3.org/ns/prov#")
QALA = rdflib.Namespace(NAMESPACE)
URN = rdflib.Namespace("urn:qala:")

# Domains and ranges of https://www.w3.org/TR/prov-o/, closed over what is written here.
SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix qala: <urn:qala:ns#> .
[] a sh:NodeShape ; sh:targetSubjectsOf prov:wasQuotedFrom, prov:wasDerivedFrom, prov:hadPrimarySource ;
   sh:class prov:Entity ;
   sh:property [ sh:path prov:wasQuotedFrom ; sh:class prov:Entity ; sh:maxCount 1 ] ;
   sh:property [ sh:path prov:wasDerivedFrom ; sh:class prov:Entity ; sh:maxCount 1 ] ;
   sh:property [ sh:path prov:hadPrimarySource ; sh:class prov:Entity ; sh:maxCount 1 ] .
[] a sh:NodeShape ; sh:targetSubjectsOf prov:wasAttributedTo ; sh:class prov:Entity ;
   sh:property [ sh:path prov:wasAttributedTo ; sh:class prov:Agent ; sh:maxCount 1 ] .
[] a sh:NodeShape ; sh:targetSubjectsOf prov:actedOnBehalfOf ; sh:class prov:Agent ;
   sh:property [ sh:path prov:actedOnBehalfOf ; sh:class prov:Agent ] .
[] a sh:NodeShape ; sh:targetSubjectsOf prov:wasGeneratedBy ; sh:class prov:Entity ;
   sh:property [ sh:path prov:wasGeneratedBy ; sh:class prov:Activity ] .
[] a sh:NodeShape ; sh:targetClass prov:Activity ;
   sh:property [ sh:path prov:endedAtTime ; sh:datatype xsd:dateTime ; sh:maxCount 1 ] ;
   sh:property [ sh:path prov:wasAssociatedWith ; sh:minCount 1 ] .
[] a sh:NodeShape ; sh:targetSubjectsOf prov:generatedAtTime ; sh:class prov:Entity ;
   sh:property [ sh:path prov:generatedAtTime ; sh:datatype xsd:dateTime ; sh:maxCount 1 ] .
[] a sh:NodeShape ; sh:targetSubjectsOf qala:act ;
   sh:property [ sh:path qala:act ; sh:minCount 1 ; sh:maxCount 1 ] ;
   sh:property [ sh:path prov:value ; sh:minCount 1 ] ;
   sh:property [ sh:path prov:hadPrimarySource ; sh:minCount 1 ] .
"""


def write(records):
    out = io.BytesIO()
    report = write_prov(records, out)
    return out.getvalue(), report


def parse(records):
    return rdflib.Graph().parse(data=write(records)[0], format="json-ld")


def test_the_graph_keeps_to_the_shapes(records):
    conforms, _, text = pyshacl.validate(parse(records), shacl_graph=SHAPES, shacl_graph_format="turtle")
    assert conforms, text
    raw, report = write(records)
    assert raw == write(records)[0] and report.records == len(records)
    assert "carriers" not in report.lost and "act" not in report.lost
    assert report.lost["hedges"] == sum(len(record.statement.attribution.hedges) for record in records)


def test_the_shapes_would_see_a_wrong_graph(records):
    graph = parse(records)
    graph.add((URN["statement:x"], PROV.wasAttributedTo, rdflib.Literal("somebody")))
    conforms, *_ = pyshacl.validate(graph, shacl_graph=SHAPES, shacl_graph_format="turtle")
    assert not conforms


def walk(graph, record):
    """Return, from the page back to the utterance, the link and who is responsible for what it leads to."""
    node, steps = URN[f"statement:{record.id}"], []
    while True:
        agent = graph.value(node, PROV.wasAttributedTo)
        name = graph.value(agent, rdflib.FOAF.name) if agent else None
        quoted, derived = graph.value(node, PROV.wasQuotedFrom), graph.value(node, PROV.wasDerivedFrom)
        steps.append((None if name is None else str(name), "quoted" if quoted else "derived" if derived else "said"))
        if not (quoted or derived):
            return steps, node
        node = quoted or derived


def test_a_chain_is_walked_back_to_the_speaker(records):
    graph = parse(records)
    steps, utterance = walk(graph, records[6])
    assert steps == [
        ("صحيفة المثال", "derived"),
        ("رويترز", "derived"),
        ("فرانس برس", "derived"),
        ("سيرغي لافروف", "said"),
    ]
    assert graph.value(URN[f"statement:{records[6].id}"], PROV.hadPrimarySource) == utterance
    steps, utterance = walk(graph, records[1])
    assert steps == [(None, "quoted"), ('وكالة "أنباء المحيط"', "quoted"), ("إيلينا كاسترو", "said")]
    assert str(graph.value(utterance, QALA.said)) == "2024-10-14"


def test_a_gap_stays_a_gap(records):
    graph = parse(records)
    statement = URN[f"statement:{records[1].id}"]
    assert str(graph.value(statement, QALA.hopStatus)) == "not recorded"
    assert graph.value(statement, PROV.wasAttributedTo) is None
    unknown = URN[f"utterance:{records[4].id}"]
    assert graph.value(unknown, PROV.wasAttributedTo) is None


def test_a_spokesman_acts_for_his_body(records):
    graph = parse([records[5]])
    ((spokesman, body),) = graph.subject_objects(PROV.actedOnBehalfOf)
    assert str(graph.value(spokesman, rdflib.FOAF.name)) == "سامر الحداد"
    assert str(graph.value(body, rdflib.FOAF.name)) == "الوزارة"


def test_runs_and_judgements_are_activities(records):
    made = datetime(2024, 3, 1, 9, 30, tzinfo=UTC)
    judgement = Judgement("j1", "act", (records[0].id,), "منى علي", made, "assert", "سبب", "j0")
    graph = parse([replace(records[0], judgements=(judgement,))])
    statement = URN[f"statement:{records[0].id}"]
    assert graph.value(statement, PROV.wasGeneratedBy) == URN["run:run-1"]
    assert graph.value(URN["judgement:j1"], PROV.used) == statement
    assert graph.value(URN["judgement:j1"], PROV.endedAtTime).toPython() == made
    assert graph.value(URN["judgement:j1"], QALA.kind).toPython() == "act"
    conforms, _, text = pyshacl.validate(graph, shacl_graph=SHAPES, shacl_graph_format="turtle")
    assert conforms, text


def test_only_an_exact_moment_is_a_time(records):
    graph = parse(records)
    times = {str(time) for time in graph.objects(None, PROV.generatedAtTime)}
    assert times == {"2024-10-15T09:30:00+00:00"} or times == {"2024-10-15T09:30:00Z"}
    assert {str(day) for day in graph.objects(None, rdflib.DCTERMS.issued)} == {
        "2024-10-15",
        "2024-10-15T12:30:00+03:00",
    }


def test_a_report_that_speaks_is_no_agent(records):
    statement = records[0].statement
    changed = replace(statement, speaker=replace(statement.speaker, kind="document", entity=None))
    graph = parse([replace(records[0], statement=changed)])
    utterance = URN[f"utterance:{records[0].id}"]
    assert graph.value(utterance, PROV.wasAttributedTo) is None
    assert str(graph.value(utterance, rdflib.FOAF.name)) == "ليما"
