"""The nouns of Qala: frozen values without behaviour beyond looking at themselves.

One coordinate system: every :class:`Span` is half-open and counts code points of ``Document.text``.
The field names are those of PARC 3 (source, cue, content) and of the annotation guidelines
(docs/glossary.md has one line for each).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Act = Literal[
    "assert",
    "confirm",
    "deny",
    "decline",
    "accuse",
    "warn",
    "threaten",
    "demand",
    "promise",
    "condemn",
    "praise",
    "believe",
]
"""What a source does with its content; never a yes or no."""

ACTS: tuple[Act, ...] = get_args(Act)

QuoteType = Literal["direct", "indirect", "mixed"]
ChannelKind = Literal["agency", "outlet", "platform", "document", "event"]
SpeakerKind = Literal["person", "government", "organisation", "outlet", "document", "group", "anonymous"]
HopKind = Literal[
    "speaker",  # whose words they are
    "spokesman",  # who spoke them for the speaker
    "relayer",  # whose statement holds this one: "X says that Y denied"
    "agency",
    "outlet",
    "platform",
    "document",
    "event",
    "page",  # the page itself: its outlet
]
DebrisKind = Literal[
    "shortcode",  # [caption …], [gallery …], closed or not
    "caption",  # a photograph's caption that stands again in the running text
    "related",  # "read also", "you may like", "more on this"
    "credit",  # a photograph's or video's credit
    "dateline",  # "Dubai (CNN) --", "Riyadh - SPA:"
    "promotion",  # "download our application", "follow us"
    "truncation",  # a teaser or a sentence cut before its end
    "rule",  # a line of dashes or stars
]


class Span(NamedTuple):
    """A half-open range ``[start, end)`` in code points of ``Document.text``."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the characters of ``text`` that the span covers."""
        return text[self.start : self.end]


class Debris(NamedTuple):
    """A stretch of the page that is not part of the article's prose; marked, never cut."""

    span: Span
    kind: DebrisKind


class RefusedInput(NamedTuple):
    """An input that was not read: where it stands and why; nothing is lost silently."""

    place: str  # path, or path:line
    reason: str  # one line for people
    code: str  # short and stable, for machines: "not_found", "bad_json", "too_large" …


@dataclass(frozen=True, slots=True)
class Origin:
    """The bytes behind a document's text, and the way from its code points back to them.

    ``byte_offset`` maps a code-point offset of ``Document.text`` (0 … len) to a byte offset of
    ``raw``; it is exact for plain text. ``None`` where the text was not decoded from bytes alone
    (a JSON field with escapes).
    """

    path: str | None = None
    raw: bytes | None = field(default=None, repr=False)
    encoding: str | None = None
    flags: tuple[str, ...] = ()  # "encoding_errors", "encoding_overruled", "mojibake_suspected"
    byte_offset: Callable[[int], int] | None = field(default=None, repr=False, compare=False)
    media_type: str | None = None  # of ``raw``: "text/plain", "text/html", "application/json" …
    method: str | None = None  # how the text was got out of ``raw``: "decoded", "json:text", "trafilatura 2.1" …
    container: str | None = None  # the file that holds ``raw`` as one record: a WARC, a feed, a table
    offset: int | None = None  # of the record in the container: bytes, or rows of a table
    digest: str | None = None  # the container's own digest of the record, as it is written there
    retrieved: datetime | None = None  # when the bytes were fetched, where the container says so
    author: str | None = None  # the byline

    def bytes_of(self, span: Span) -> bytes:
        """Return the raw bytes under ``span``; raises ``ValueError`` where no map is kept."""
        if self.raw is None or self.byte_offset is None:
            raise ValueError("this document keeps no map to raw bytes")
        return self.raw[self.byte_offset(span.start) : self.byte_offset(span.end)]


@dataclass(frozen=True, slots=True)
class Document:
    """One article as it came: its text is never altered.

    ``published`` is the day or moment of publication, ``None`` where it is unknown (it is never
    filled from a clock).
    """

    id: str
    text: str
    published: datetime | date | None = None
    outlet: str | None = None
    url: str | None = None
    title: str | None = None
    origin: Origin = field(default_factory=Origin)


class Evidence(NamedTuple):
    """Why Qala thinks so: the rule that fired and the spans it rests on."""

    rule: str  # "cue:qala_say", "frame:verb-subject", "speaker:elided" …
    spans: tuple[Span, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attributed statement as found in the text, before anything is resolved.

    ``content`` has one span nearly always; several only where the content is interrupted.
    """

    id: str
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    type: QuoteType
    act: Act
    source: Span | None = None
    hedges: tuple[Span, ...] = ()
    channel: Span | None = None
    channel_kind: ChannelKind | None = None
    when: Span | None = None
    parent: str | None = None
    repeated: Span | None = None  # "again and again"
    heading: Span | None = None  # the section heading, often a question, that it stands under
    truncated: bool = False  # the page cuts the content off before its end
    score: float = 0.0  # log-odds of the reading; only good for comparing readings
    evidence: tuple[Evidence, ...] = ()

    @property
    def hedged(self) -> bool:
        """Whether the source marks its own claim as less than certain."""
        return bool(self.hedges)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks, in the fullest form that the article itself gives.

    ``name`` is text of the article at ``span``. What he is stands apart from it: ``title`` are the words that
    introduce him (office and affiliation together, as written), ``affiliation`` the body named in them;
    ``office`` and ``body`` are the ids of both, where the actor base knows them.
    """

    name: str
    span: Span
    title: Span | None = None
    affiliation: Span | None = None
    kind: SpeakerKind | None = None
    entity: str | None = None  # id in the actor base; None where it is unknown or ambiguous
    candidates: tuple[str, ...] = ()  # ids or names between which Qala does not choose
    evidence: tuple[Evidence, ...] = ()
    office: str | None = None  # "ru:foreign-minister"
    body: str | None = None  # "ru:ministry-foreign"
    country: str | None = None  # ISO 3166 code, small letters
    source_type: str | None = None  # of an anonymous source: "official", "security source", "witness" …
    anonymity: Span | None = None  # the words in which the page says why it does not name the source
    said_as: str | None = None  # id of the place or building that is named where ``entity`` is meant
    read_by: str | None = None  # the rule of that reading: "metonym:building" …


class Hop(NamedTuple):
    """One carrier in the chain (isnad) from the speaker to the page."""

    kind: HopKind
    status: Literal["named", "anonymous", "not recorded"]
    name: str | None
    span: Span | None
    entity: str | None = None  # id in the actor base


class StatedTime(NamedTuple):
    """A time inside a content: of the event that is spoken of, not of the saying.

    ``date`` is ISO 8601 as in ``Statement.when_date``, ``None`` where it stays open; ``granularity`` is
    "day", "week", "month", "year", or "days", "months", "years" for other stretches. ``clock`` is "HH:MM".
    ``planned`` says that the text speaks of what is to come.
    """

    span: Span
    date: str | None = None
    granularity: str | None = None
    planned: bool = False
    clock: str | None = None


class Quantity(NamedTuple):
    """A figure inside a content; ``low`` and ``high`` differ only where the text gives a range.

    ``unit`` is a code (UCUM-like, ISO 4217 or "%") or ``None``; where the word alone does not say which (a
    bare rial) ``candidates`` lists the codes. ``kind`` is "number", "percent", "money", "length" …;
    ``bound`` is "", "about", "more", "less", "least" or "most", said at ``modifier``. ``counted`` is the
    word counted where there is no unit, ``of`` the substance after "of".
    """

    span: Span
    low: int | float
    high: int | float
    kind: str = "number"
    unit: str | None = None
    candidates: tuple[str, ...] = ()
    bound: str = ""
    modifier: Span | None = None
    counted: Span | None = None
    of: Span | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """An attribution with its speaker, its date and its chain: one row of the ledger."""

    attribution: Attribution
    speaker: Speaker | None = None
    when_date: str | None = None  # ISO 8601: day, month, year, or START/END
    chain: tuple[Hop, ...] = ()
    times: tuple[StatedTime, ...] = ()
    quantities: tuple[Quantity, ...] = ()

    @property
    def id(self) -> str:
        """The attribution's id, "s1", "s2", … in the order of the cues."""
        return self.attribution.id


class Heading(NamedTuple):
    """A line that heads a section; ``question`` where it asks."""

    span: Span
    question: bool


class Quotation(NamedTuple):
    """A quotation: the span with its marks; ``closed`` is False where the closing mark is missing."""

    span: Span
    depth: int
    closed: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """How a text is built: everything as spans, in order, nothing cut."""

    paragraphs: tuple[Span, ...]
    headings: tuple[Heading, ...]
    sentences: tuple[Span, ...]
    quotations: tuple[Quotation, ...]
    debris: tuple[Debris, ...]


@dataclass(frozen=True, slots=True)
class PublicationConstraint:
    """The days of publication that a page's words allow.

    Each set holds what the words point to and is empty where they say nothing; several members mean
    that the words disagree (``conflicting``). ``earliest`` is the last day that the page speaks of as past.
    """

    weekdays: frozenset[int] = frozenset()  # 0 = Monday
    days: frozenset[date] = frozenset()
    month_days: frozenset[tuple[int, int]] = frozenset()  # (month, day) where the year is not said
    months: frozenset[int] = frozenset()
    years: frozenset[int] = frozenset()
    earliest: date | None = None
    evidence: tuple[Evidence, ...] = ()

    @property
    def conflicting(self) -> bool:
        """Whether the page's words cannot all be counted from one day."""
        return any(len(found) > 1 for found in self._sets)

    @property
    def _sets(self) -> tuple[frozenset[object], ...]:
        return (self.weekdays, self.days, self.month_days, self.months, self.years)

    @property
    def day(self) -> date | None:
        """The one day that the words prove, or ``None``."""
        found = [day for day in self.days if self.allows(day)]
        return found[0] if len(found) == 1 else None

    def allows(self, day: date) -> bool:
        """Whether an article of ``day`` could use the page's words."""
        return (
            (not self.weekdays or day.weekday() in self.weekdays)
            and (not self.days or day in self.days)
            and (not self.years or day.year in self.years)
            and (not self.months or day.month in self.months)
            and (not self.month_days or (day.month, day.day) in self.month_days)
            and (self.earliest is None or day >= self.earliest)
        )

    def within(self, first: date, last: date) -> Iterator[date]:
        """Yield the allowed days from ``first`` to ``last``, both included."""
        for step in range((last - first).days + 1):
            day = first + timedelta(days=step)
            if self.allows(day):
                yield day


@dataclass(frozen=True, slots=True)
class Reading:
    """What Qala read out of one document."""

    document: Document
    layout: Layout
    statements: tuple[Statement, ...]
    publication: PublicationConstraint | None = None  # only where the day of publication is not given
