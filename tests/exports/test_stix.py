"""STIX 2.1: bundles that the library parses strictly, with ids that never change."""

import io
import json
from dataclasses import replace
from datetime import date, datetime

import pytest
import stix2

from qala.exports.stix import EXTENSION, UUIDS, make_id, write_stix


def write(records):
    out = io.BytesIO()
    report = write_stix(records, out)
    return out.getvalue(), report


def parse(records):
    return stix2.parse(write(records)[0].decode(), allow_custom=False)


def of_type(bundle, name):
    return [found for found in bundle.objects if found.type == name]


def test_the_library_parses_it_strictly(records):
    bundle = parse(records)
    assert [len(of_type(bundle, name)) for name in ("note", "report", "extension-definition")] == [len(records), 2, 1]
    again = stix2.parse(bundle.serialize(), allow_custom=False)
    assert [found.id for found in again.objects] == [found.id for found in bundle.objects]


def test_every_reference_is_in_the_bundle(records):
    bundle = parse(records)
    ids = {found.id for found in bundle.objects}
    assert len(ids) == len(bundle.objects)
    for found in bundle.objects:
        references = [*found.get("object_refs", ()), *filter(None, [found.get("created_by_ref")])]
        for extension in found.get("extensions", {}).values():
            references += [hop["identity_ref"] for hop in extension["chain"] if "identity_ref" in hop]
            references += filter(None, [extension.get("inside_ref")])
        assert set(references) <= ids


def test_ids_are_version_five_and_the_same_in_every_export(records):
    bundle = parse(records)
    assert all(found.id.split("--")[1][14] == "5" for found in bundle.objects)
    assert write(records)[0] == write(records)[0]
    alone = {found.id for found in parse([records[0]]).objects}
    assert alone <= {found.id for found in bundle.objects}
    assert bundle.id != parse(records[:1]).id
    assert str(UUIDS) != "00abedb4-aa42-466c-9c01-fed23315a9b7"  # kept for observables (STIX 2.1, 2.9)


def test_a_statement_is_a_note_without_any_confidence(records):
    bundle = parse(records)
    assert not of_type(bundle, "opinion")
    assert not any("confidence" in found for found in bundle.objects)
    note = of_type(bundle, "note")[1]
    assert note.content == 'إن "الصفقة ربما تؤجل"' and note.abstract == "إيلينا كاسترو: assert"
    assert note.labels == ["qala:act=assert"] and note.lang == "ar"
    extension = note.extensions[EXTENSION]
    found = records[1].statement.attribution
    assert extension["cue"] == [list(span) for span in found.cue]
    assert [hop["status"] for hop in extension["chain"]] == ["named", "named", "not recorded"]


def test_speakers_are_identities_by_kind(records):
    classes = {found.name: found.identity_class for found in of_type(parse(records), "identity")}
    assert classes["سيرغي لافروف"] == "individual" and classes["رويترز"] == "organization"
    assert classes["Qala"] == "system" and classes["أوتاوا"] == "unknown"
    anonymous = [found.name for found in of_type(parse(records), "identity") if found.get("labels")]
    assert anonymous == ["مصدر أمني"]


@pytest.mark.parametrize(
    ("published", "written", "label"),
    [
        (None, "1970-01-01T00:00:00", ["qala:published=unknown"]),
        (date(2024, 1, 2), "2024-01-02T00:00:00", ["qala:published=2024-01-02"]),
        (datetime(2024, 1, 2, 3), "2024-01-02T03:00:00", ["qala:published=2024-01-02T03:00:00"]),
        (datetime.fromisoformat("2024-01-02T03:00:00+03:00"), "2024-01-02T00:00:00", None),
    ],
)
def test_a_day_that_is_not_exact_says_so(records, published, written, label):
    changed = [replace(records[0], document=replace(records[0].document, published=published))]
    (report,) = of_type(parse(changed), "report")
    assert report.published.isoformat().startswith(written)
    assert report.get("labels") == label
    assert bool(write(changed)[1].changed) == (label is not None)


def test_the_page_is_referred_to_with_its_hash(records):
    _, report = of_type(parse(records), "report")
    (reference,) = report.external_references
    assert reference.url == "https://news.example/ar/خبر?id=2" and len(reference.hashes["SHA-256"]) == 64


def test_ids_depend_on_kind_and_name():
    assert make_id("note", "a") == make_id("note", "a") != make_id("report", "a").replace("report", "note")
    assert json.dumps(make_id("note", "ا\ud800"))
