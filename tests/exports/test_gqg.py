"""Quotations as GDELT's Global Quotation Graph has them."""

import io
import json
from dataclasses import replace
from datetime import datetime

from qala.exports.gqg import INDIRECT, write_gqg


def write(records):
    out = io.BytesIO()
    report = write_gqg(records, out)
    return [json.loads(line) for line in out.getvalue().splitlines()], report


def test_lines_have_the_fields_of_the_graph(records):
    lines, report = write(records)
    assert [list(line) for line in lines] == [["date", "url", "title", "lang", "quotes"]] * 2
    assert all(list(quote) == ["pre", "quote", "post"] for line in lines for quote in line["quotes"])
    assert lines[0]["date"] == "2024-10-15" and lines[0]["url"] is None
    assert lines[1]["date"] == "2024-10-15T09:30:00Z"
    assert report.left_out == {INDIRECT: len(records) - 2}
    assert report.lost["speaker"] == len(records) - 1 and "content" not in report.lost


def test_pre_quote_and_post_are_one_stretch_of_the_page(records):
    for line, record in zip(write(records)[0], (records[0], records[-1]), strict=True):
        for quote in line["quotes"]:
            assert quote["pre"] + quote["quote"] + quote["post"] in record.document.text
            assert len(quote["pre"]) <= 100 and len(quote["post"]) <= 100


def test_a_statement_inside_another_gives_its_quotation_once(records):
    twice = [records[1], replace(records[1], id="other")]
    lines, _ = write(twice)
    assert [quote["quote"] for quote in lines[0]["quotes"]] == ["الصفقة ربما تؤجل"]


def test_a_page_without_quotations_has_no_line(records):
    assert write([records[0]])[0] == []


def test_an_unknown_day_is_null_and_a_time_without_zone_a_day(records):
    for published, date in ((None, None), (datetime(2024, 3, 4, 5, 6), "2024-03-04")):
        document = replace(records[1].document, published=published)
        assert write([replace(records[1], document=document)])[0][0]["date"] == date
