from collections import Counter

import pytest

time_cases = pytest.importorskip("eval.time_cases")
time_suites = pytest.importorskip("eval.time_suites")
needs_suites = pytest.mark.skipif(not time_suites.FOLDER.is_dir(), reason="the shared suites are not here")


def test_each_case_is_set_aside_once_and_with_a_reason():
    lines = (time_suites.HERE / "time_suites.tsv").read_text(encoding="utf-8").splitlines()[1:]
    rows = [line.split("\t") for line in lines]
    counted = Counter((suite, number) for suite, numbers, _ in rows for number in numbers.split())
    assert max(counted.values()) == 1
    assert all(reason for _, _, reason in rows)


def test_edges_are_cut_alike():
    assert time_suites.core("في يوم الجمعة") == time_suites.core("الجمعة")
    assert time_suites.core("يوم") == ()


def test_intervals_of_duckling_end_before_their_end():
    days, clocks = time_cases._duckling_value([(2013, 7, 13, 0, 0, 0), (2013, 7, 16, 0, 0, 0)], "Day")
    assert [day.day for day in days] == [13, 15]
    assert clocks == ()
    _, clocks = time_cases._duckling_value([(2013, 2, 12, 15, 0, 0), (2013, 2, 12, 17, 0, 0)], "Hour")
    assert clocks == ("15:00:00", "16:00:00")


@needs_suites
def test_what_is_set_aside_exists():
    known = {(case.suite, case.number) for cases, _ in time_suites.suites(time_suites.FOLDER) for case in cases}
    assert time_suites.not_applicable().keys() <= known


@needs_suites
@pytest.mark.parametrize("index", range(9))
def test_no_suite_falls(index):
    cases, test = time_suites.suites(time_suites.FOLDER)[index]
    skipped = time_suites.not_applicable()
    applicable = [case for case in cases if (case.suite, case.number) not in skipped]
    floors = (0.92, 0.90, 0.88, 0.93, 0.70, 0.90, 0.80, 0.95, 0.98)
    assert sum(map(test, applicable)) / len(applicable) >= floors[index]
