"""Times and figures of a content, apart from the time of the saying."""

import re
from datetime import date

import pytest

from qala.lexicon.load import load_entries
from qala.model import Attribution, Span
from qala.pipeline import scan_text
from qala.resolution.times_of import find_figures, is_planned, quantities_in, times_in

TUESDAY = date(2024, 10, 15)
ENTRIES = load_entries("planned.yaml")
EXAMPLES = [line for entry in ENTRIES for line in entry.get("examples", ())]
NONEXAMPLES = [line for entry in ENTRIES for line in entry.get("nonexamples", ())]


def planned(marked):
    """Return whether the marked time is a planned one."""
    begin = re.search("<time>(.*)</time>", marked)
    text = re.sub("</?time>", "", marked)
    scan, _, times = scan_text(text)
    mention = next(m for m in times if m.span.start <= begin.start() < m.span.end)
    assert mention.span.of(text) == begin.group(1)
    return is_planned(scan, mention.first, mention.last, 0, len(scan.words) - 1)


@pytest.mark.parametrize("marked", EXAMPLES)
def test_the_examples_of_the_data(marked):
    assert planned(marked) is True


@pytest.mark.parametrize("marked", NONEXAMPLES)
def test_the_nonexamples_of_the_data(marked):
    assert planned(marked) is not True


def read(text, content, *, act="assert", when=None, published=TUESDAY):
    """Return the times and quantities of the part ``content`` of a text."""
    scan, _, times = scan_text(text)
    spans = [Span(text.index(part), text.index(part) + len(part)) for part in (content, when) if part]
    attribution = Attribution("s1", (Span(0, 3),), (spans[0],), "indirect", act, when=spans[1] if when else None)
    figures = find_figures(scan, times)
    return times_in(scan, attribution, figures, published), quantities_in(attribution, figures)


def test_a_time_of_the_event_is_not_the_time_of_the_saying():
    text = "قال المتحدث أمس الاثنين إن السفينة غرقت الجمعة"
    found, _ = read(text, "إن السفينة غرقت الجمعة", when="أمس الاثنين")
    assert [(time.span.of(text), time.date, time.planned) for time in found] == [("الجمعة", "2024-10-11", False)]


def test_the_same_day_is_the_coming_one_under_a_future_verb():
    found, _ = read("قال إن السفينة ستبحر الجمعة", "إن السفينة ستبحر الجمعة")
    assert [(time.date, time.granularity, time.planned) for time in found] == [("2024-10-18", "day", True)]


@pytest.mark.parametrize(("act", "expected"), [("promise", "2024-10-18"), ("condemn", "2024-10-11")])
def test_an_act_about_what_is_to_come_makes_a_time_a_planned_one(act, expected):
    found, _ = read("تعهد بإعادة السفينة الجمعة", "بإعادة السفينة الجمعة", act=act)
    assert found[0].date == expected


def test_what_is_vague_or_needs_an_unknown_day_stays_open():
    found, _ = read(
        "قال إنه عاد الجمعة وإنه زارهم في وقت سابق", "إنه عاد الجمعة وإنه زارهم في وقت سابق", published=None
    )
    assert [time.date for time in found] == [None, None]
    known, _ = read("قال إنه ولد في مايو 1970", "إنه ولد في مايو 1970", published=None)
    assert (known[0].date, known[0].granularity) == ("1970-05", "month")


def test_a_time_of_day_is_kept_beside_the_day():
    found, _ = read("قال إن الاجتماع بدأ الساعة 15:30", "إن الاجتماع بدأ الساعة 15:30")
    assert found[0].clock == "15:30"


def test_figures_with_unit_range_money_and_percent():
    text = "قال إن حوالي 3000 كيلوغرام و5 ملايين دولار، أي ما بين 10 و20 في المئة، فقدت"
    _, found = read(text, text[4:])
    assert [(item.low, item.high, item.unit, item.bound) for item in found] == [
        (3000, 3000, "kg", "about"),
        (5000000, 5000000, "USD", ""),
        (10, 20, "%", ""),
    ]


def test_how_long_something_takes_is_a_quantity():
    times, found = read("قال إن العمل سيستغرق ثلاثة أشهر", "إن العمل سيستغرق ثلاثة أشهر")
    assert [(item.low, item.kind, item.unit) for item in found] == [(3, "duration", "mo")]
    assert times == ()


def test_what_stands_outside_the_content_is_not_in_it():
    text = "قتل 12 شخصا الخميس، وقال إن السفينة غرقت"
    times, found = read(text, "إن السفينة غرقت")
    assert times == () and found == ()
