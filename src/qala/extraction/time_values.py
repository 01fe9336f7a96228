"""What a time expression says, before the day of publication is known: small frozen values.

Numbers of weekdays are Python's (0 = Monday). Offsets and directions count from the day of
publication: -1 last, 0 this, 1 next.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Unit = Literal[
    "second",
    "minute",
    "hour",
    "day",
    "week",
    "weekend",
    "month",
    "quarter",
    "half",
    "year",
    "decade",
    "century",
]
PartName = Literal["start", "early", "mid", "late", "end", "rest"]


@dataclass(frozen=True, slots=True)
class Day:
    """A day counted from the day of publication, with the weekday that the text adds to it."""

    offset: int
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class Weekday:
    """A weekday; ``week`` is the week it lies in, counted from the week of publication."""

    number: int
    direction: int | None = None
    week: int | None = None


@dataclass(frozen=True, slots=True)
class Date:
    """A date of which any piece may be missing; ``twin`` is the same date in the other calendar.

    ``counted`` is the offset of the counted day that the text equates with it (yesterday, 4 September).
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    calendar: Literal["gregorian", "hijri"] = "gregorian"
    direction: int | None = None
    within: Relative | None = None
    twin: Date | None = None
    counted: int | None = None


@dataclass(frozen=True, slots=True)
class Relative:
    """A whole unit counted from the one of publication: last week, this year."""

    unit: Unit
    offset: int


@dataclass(frozen=True, slots=True)
class Nth:
    """A numbered unit or weekday within a period (-1 the last): third quarter, first Friday of July."""

    unit: Unit
    number: int
    within: TimeValue | None = None
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a period: early March, the end of the year."""

    part: PartName
    of: TimeValue


@dataclass(frozen=True, slots=True)
class DayPart:
    """A part of a day: from ``hour``; ``through`` is the second weekday of a night, ``shift`` days to add."""

    hour: int
    day: TimeValue | None = None
    through: int | None = None
    shift: int = 0


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day; ``sure`` is False where morning or evening is not said."""

    hour: int
    minute: int = 0
    second: int = 0
    day: TimeValue | None = None
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Amount:
    """So many units; ``low`` is None for "some"; ``bound`` is that of a quantity ("about", "more" …)."""

    unit: Unit
    low: float | None
    high: float | None = None
    bound: str = ""


@dataclass(frozen=True, slots=True)
class Distance:
    """A distance from now (``elsewhere`` False) or from something the text names: three days ago."""

    amounts: tuple[Amount, ...]
    direction: int
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """The stretch that ends (-1) or starts (1) now, or of which that is not said (0): the past three days.

    With ``within`` it is the first (1) or last (-1) stretch of that period: the first six months of 2015.
    """

    amounts: tuple[Amount, ...]
    direction: int
    within: TimeValue | None = None


@dataclass(frozen=True, slots=True)
class Duration:
    """How long something takes; no place on the calendar."""

    amounts: tuple[Amount, ...]


@dataclass(frozen=True, slots=True)
class Range:
    """From one time to another, both included."""

    start: TimeValue
    end: TimeValue


@dataclass(frozen=True, slots=True)
class Decade:
    """Ten years from ``year`` on; without a century where ``year`` is under 100."""

    year: int


@dataclass(frozen=True, slots=True)
class Season:
    """A season of a year (of the northern hemisphere, by whole months)."""

    name: str
    year: int | None = None
    direction: int | None = None


@dataclass(frozen=True, slots=True)
class Feast:
    """A named day: "hijri-10-1", "gregorian-12-25" or "easter"."""

    name: str
    year: int | None = None
    direction: int | None = None


@dataclass(frozen=True, slots=True)
class Vague:
    """Before (-1), at (0) or after (1) an unsaid moment, perhaps within a period that is said."""

    direction: int
    within: TimeValue | None = None


TimeValue = (
    Day | Weekday | Date | Relative | Nth | Part | DayPart | Clock | Distance | Window | Duration | Range
    | Decade | Season | Feast | Vague
)  # fmt: skip
"""Everything a time expression can say."""
