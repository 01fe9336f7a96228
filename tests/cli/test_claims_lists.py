"""Exchanges on a terminal: both sides where it stays open who gives, and a condition in its own words."""

from datetime import date

from qala.cli.claims_lists import list_frames
from qala.cli.screen import Screen
from qala.corroboration.exchange import find_exchanges
from qala.model import Document
from qala.pipeline import extract
from qala.records import list_records


def lines(text):
    records = {record.id: record for record in list_records(extract(Document("d", text, date(2023, 9, 5))))}
    frames = list(find_exchanges(records.values()))
    assert frames
    return [line.plain for line in list_frames(frames, records, Screen())]


def test_both_sides_are_told_where_it_is_open_who_gives():
    (told, _) = lines("قال الباحث كمال الراوي إن صفقة أسلحة بين روسيا والهند ستوقع قريبا.")
    assert "between " in told and " and " in told
    assert told.index("روسيا") < told.index("الهند") and "giver" not in told


def test_a_condition_is_told_in_its_own_words():
    (told, _) = lines("قال الباحث كمال الراوي إن الصين ستبيع أسلحة لروسيا إذا رفعت العقوبات عن بكين.")
    assert "condition \u2067إذا رفعت العقوبات" in told and " if " not in told


def test_nothing_found_is_told():
    assert [line.plain for line in list_frames([], {}, Screen())] == ["no exchange found"]
