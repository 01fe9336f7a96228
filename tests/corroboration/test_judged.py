"""People's judgements on pairs: the later one stands, a replaced one does not."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from qala.corroboration.judged import read_judgements
from qala.records import Judgement


def judge(number, kind, *subjects, replaces=None):
    made = datetime(2021, 5, number, tzinfo=UTC)
    return Judgement(f"j{number}", kind, subjects, "Layla", made, reason="read both", replaces=replaces)


@pytest.fixture
def records(press):
    return press("A", *[("موسكو", "قالت", f"إن العدد {n}") for n in range(3)])


def test_pairs_of_all_subjects(records):
    judged = read_judgements([replace(records[0], judgements=(judge(1, "same", "A:s1", "A:s2", "A:s3"),))])
    assert set(judged.together) == {("A:s1", "A:s2"), ("A:s1", "A:s3"), ("A:s2", "A:s3")}
    assert not judged.apart


def test_the_later_judgement_stands_whatever_the_order(records):
    first, second = judge(1, "same", "A:s1", "A:s2"), judge(2, "different", "A:s2", "A:s1")
    for order in ((first, second), (second, first)):
        judged = read_judgements([replace(records[0], judgements=order)])
        assert not judged.together
        assert judged.apart == {("A:s1", "A:s2"): second}


def test_a_replaced_judgement_is_not_looked_at(records):
    rows = (judge(1, "different", "A:s1", "A:s2"), judge(2, "accept", "A:s1", replaces="j1"))
    assert read_judgements([replace(records[0], judgements=rows)]) == ({}, {})


def test_unsure_keeps_apart(records):
    judged = read_judgements([replace(records[0], judgements=(judge(1, "unsure", "A:s1", "A:s2"),))])
    assert list(judged.apart) == [("A:s1", "A:s2")]
