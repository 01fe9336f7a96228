"""FollowTheMoney: entities and statements that the library itself reads, checks and joins."""

import io
import json
import sys
from dataclasses import replace

import pytest

from qala.errors import QalaError
from qala.exports.ftm import make_dataset, write_ftm, write_ftm_statements

pytest.importorskip("followthemoney", reason="the library needs PyICU, which has no wheels")

from followthemoney import model
from followthemoney.statement import read_statements

COLUMNS = (
    "canonical_id,entity_id,prop,prop_type,schema,value,dataset,origin,lang,original_value,external,"
    "first_seen,last_seen,id"
)


def write(records, writer=write_ftm):
    out = io.BytesIO()
    report = writer(records, out)
    assert not out.closed
    return out.getvalue(), report


def entities_of(records):
    return [model.get_proxy(json.loads(line), cleaned=False) for line in write(records)[0].splitlines()]


def statements_of(records):
    return list(read_statements(io.BytesIO(write(records, write_ftm_statements)[0]), "csv"))


def of_schema(entities, name):
    return [entity for entity in entities if entity.schema.name == name]


def test_the_library_takes_every_entity_as_it_stands(records):
    raw, report = write(records)
    for line in raw.splitlines():
        data = json.loads(line)
        proxy = model.get_proxy(data, cleaned=False)
        proxy.schema.validate(data)
        assert {name: sorted(values) for name, values in proxy.properties.items()} == {
            name: sorted(values) for name, values in data["properties"].items()
        }
        assert all(proxy.get(prop) for prop in proxy.schema.required)
    assert report.records == len(records)
    assert raw == write(records)[0]


def test_references_are_met_by_entities_of_a_fitting_schema(records):
    entities = {entity.id: entity for entity in entities_of(records)}
    links = [
        (prop, value)
        for entity in entities.values()
        for prop, value in entity.itervalues()
        if prop.type.name == "entity"
    ]
    assert {prop.name for prop, _ in links} >= {"document", "entity", "proof", "resolved"}
    for prop, value in links:
        assert entities[value].schema.is_a(prop.range), (prop, value)


def test_a_report_that_speaks_is_a_document(records):
    statement = records[0].statement
    changed = replace(statement, speaker=replace(statement.speaker, kind="document", entity=None))
    changed = [replace(records[0], statement=changed)]
    (document,) = of_schema(entities_of(changed), "Document")
    (mention,) = of_schema(entities_of(changed), "Mention")
    assert document.get("title") == ["ليما"] and mention.get("resolved") == []
    test_references_are_met_by_entities_of_a_fitting_schema([*changed, *records])


def test_a_role_alone_says_whether_it_was_denied(records):
    roles = [entity.first("role") for entity in of_schema(entities_of(records), "Documentation")]
    assert [role.partition(":")[0] for role in roles] == [
        *("denies", "affirms", "affirms", "denies"),
        *("affirms", "denies", "declines_comment"),
    ]
    assert roles[0] == f"denies:{records[0].id}"


def test_speakers_by_kind_and_one_actor_once(records):
    entities = entities_of(records)
    names = {entity.caption: entity.schema.name for entity in entities if entity.schema.name != "Mention"}
    assert names["سيرغي لافروف"] == "Person" and names["رويترز"] == "Organization"
    assert names["الرئاسة الروسية"] == "PublicBody" and names["أوتاوا"] == "LegalEntity"
    lavrov = next(entity for entity in of_schema(entities, "Person") if entity.caption == "سيرغي لافروف")
    assert lavrov.get("country") == ["ru"]
    assert len({entity.id for entity in entities}) == len(entities)


def test_no_anonymous_source_becomes_somebody(records):
    source = next(
        record for record in records if record.statement.speaker and record.statement.speaker.kind == "anonymous"
    )
    raw, report = write([source])
    assert "مصدر أمني" not in [entity.caption for entity in entities_of([source])]
    assert report.lost["act"] == report.lost["speaker"] == 1
    assert b"Documentation" not in raw and b"Note" in raw


def test_dates_are_partial_or_ranges(records):
    time = records[1].statement.times[0]
    for written, expected in (
        ("2023-09", {"date": ["2023-09"]}),
        ("2023-09-01/2023-09-05", {"startDate": ["2023-09-01"], "endDate": ["2023-09-05"]}),
        ("2023", {"date": ["2023"]}),
    ):
        statement = replace(records[1].statement, when_date=written, times=(time._replace(date=written),))
        entities = entities_of([replace(records[1], statement=statement)])
        for schema in ("Event", "Documentation"):
            (found,) = of_schema(entities, schema)
            assert {name: found.get(name) for name in ("date", "startDate", "endDate") if found.get(name)} == expected


def test_an_event_is_something_said(records):
    (event,) = of_schema(entities_of([records[1]]), "Event")
    assert event.get("notes") == ["as said by: إيلينا كاسترو"] and event.get("keywords") == ["planned"]


def test_the_page_has_its_checksum_and_dates(records):
    first, second = of_schema(entities_of(records), "Article")
    assert first.get("publishedAt") == ["2024-10-15"] and second.get("publishedAt") == ["2024-10-15T09:30:00"]
    assert second.get("sourceUrl") and second.get("author") == ["منى علي"]
    assert len(second.first("contentHash")) == 40


def test_what_the_library_refuses_is_counted(records):
    document = replace(records[-1].document, url="not an address")
    _, report = write([replace(records[-1], document=document)])
    assert report.changed["values that followthemoney refuses, left out"] == 2


def test_what_is_too_long_for_the_library_is_cut_and_counted(records):
    long = "ب" * 70_000
    speaker = replace(records[0].statement.speaker, name=long, entity=None)
    document = replace(
        records[0].document, text=records[0].document.text + long, title=long, url="https://x.example/" + long
    )
    record = replace(records[0], document=document, statement=replace(records[0].statement, speaker=speaker))
    _, report = write([record])
    article = of_schema(entities_of([record]), "Article")[0]
    assert len(article.first("bodyText")) == 65_000 and len(article.first("title")) == 1024
    assert article.first("sourceUrl") is None
    assert report.changed == {
        "values longer than followthemoney takes, cut": 4,
        "values that followthemoney refuses, left out": 2,
    }
    (whole,) = [each for each in statements_of([record]) if each.prop == "bodyText"]
    assert whole.original_value == document.text


def test_what_the_library_cleans_is_counted_and_kept_as_printed(records):
    """A joiner inside an emoji goes; the text ends in a line feed, which goes, too."""
    _, report = write([records[-1]])
    (what,) = report.changed
    assert "invisible" in what and report.changed[what] == 2
    cleaned = [each for each in statements_of([records[-1]]) if each.original_value]
    assert {each.prop for each in cleaned} == {"bodyText", "description"}
    assert cleaned[0].original_value == records[-1].document.text


def test_statements_have_the_columns_and_read_back(records):
    raw, report = write(records, write_ftm_statements)
    assert raw.decode().splitlines()[0].replace('"', "") == COLUMNS
    found = statements_of(records)
    assert raw == write(records, write_ftm_statements)[0]
    assert len({each.id for each in found if each.prop != "id"}) == len([each for each in found if each.prop != "id"])
    assert {each.id for each in found} == {each.generate_key() for each in found}
    assert report.format == "ftm-statements"


def test_statements_say_the_same_as_the_entities(records):
    said = {(each.entity_id, each.prop, each.value) for each in statements_of(records) if each.prop != "id"}
    entities = {(entity.id, prop.name, value) for entity in entities_of(records) for prop, value in entity.itervalues()}
    assert said == entities


def test_each_value_names_its_statement_its_outlet_and_its_language(records):
    found = [each for each in statements_of(records) if each.schema == "Note" and each.prop == "description"]
    assert [each.origin for each in found] == [record.id for record in records]
    assert {each.lang for each in found} == {"ara"}
    assert {each.dataset for each in found} == {"demo_example", make_dataset("صحيفة المثال")}
    assert {each.first_seen for each in found} == {"2024-10-15T00:00:00", "2024-10-15T09:30:00"}


@pytest.mark.parametrize(
    ("outlet", "dataset"),
    [(None, "qala"), ("BBC Arabic", "bbc_arabic"), ("--", "outlet_"), ("الشرق", "outlet_"), ("MBC مصر", "outlet_")],
)
def test_datasets_are_slugs(outlet, dataset):
    made = make_dataset(outlet)
    assert made.startswith(dataset) and made.isascii() and made == make_dataset(outlet)


def test_a_missing_package_is_named(records, monkeypatch):
    monkeypatch.setitem(sys.modules, "followthemoney", None)
    with pytest.raises(QalaError, match=r"pip install 'qala\[ftm\]'"):
        write(records)
