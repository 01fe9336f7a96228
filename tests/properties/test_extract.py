"""Reading whole pages: every span cuts exactly its text out of the page and its bytes, and nothing is random.

Pages are built from templates of news sentences, what stands around them on real pages, and what breaks
readers; each in the seven encodings, held to what the encoding can write.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from qala import Document, Reading, Span, Statement, extract, read_text
from qala.reading.plain import read_bytes

Work = Callable[[Callable[[], Any]], int]
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1256", "iso-8859-6"]
MANY = "HYPOTHESIS_PROFILE" in os.environ
TRIED = settings(deadline=None) if MANY else settings(max_examples=40, deadline=None)

SOURCES = [
    "الوزير", "وزير الخارجية سالم الحمادي", "المتحدثة باسم الوزارة، ليلى منصور،", "مصادر أمنية", "الكرملين",
    "مسؤول طلب عدم ذكر اسمه", "تقرير للأمم المتحدة", "الحمادي", "منصور", "وكالة \"رويترز\"", "هو", "",
    "الولايات المتحدة", "واشنطن", "المتحدث نفسه", "للصحفيين", "شهود عيان",
]  # fmt: skip
CUES = [
    "قال", "قالت", "وقال", "أكد", "نفى", "نفت", "وأضاف", "مضيفا", "وتابع", "أعلن", "اتهم", "حذر من", "دعا إلى",
    "رفض", "يعتقد", "أعرب عن قلقه من", "بحسب", "وفقا لـ", "نقلا عن", "على حد قول", "هدد بـ", "تعهد بـ", "كشف",
    "نقلت الوكالة عن", "أدان", "قَالَ", "قـــال", "ﻗﺎﻝ", "قا\u200dل", "\u200fقال\u200e", "كما قال", "جدد",
]  # fmt: skip
LINKS = ["إن", "أن", "أنه", "بأن", ":", "،", "", ": «", 'إن "', " “", "- ", "إنّ", "قوله إن", "تزويد", "من أن"]
CONTENTS = [
    "المفاوضات ستبدأ غدا", "بلاده لن تتراجع أمام الضغوط", "ثلاثة جنود قتلوا وأصيب ٢٥ آخرون", "ذلك غير صحيح",
    "الأسعار قد ترتفع بنسبة 3.5% على الأرجح", "روسيا بالأسلحة مرارا وتكرارا", "وقف إطلاق النار فورا", "نعم",
    "المدير قال إن الوزير نفى ذلك", "«لا علم لنا» بما جرى", "السدّ يُهدِّد القُرى", "3000 كيلوغرام من القمح",
]  # fmt: skip
TAILS = [
    "", ".", "»", "\".", "”", "، بحسب وكالة \"فرانس برس\".", " أمس الاثنين.", "، وفق ما نقلته قناة محلية.", "!", "؟",
    "، الثلاثاء 5 سبتمبر.", " في بيان.", "»، مضيفا أن الأمر انتهى.", "...", "…", " عبر حسابه على تويتر.",
    " قال الوزير.",
]  # fmt: skip
DEBRIS = [
    "[caption id=\"a1\" width=\"700\"] صورة الوزير", "[/caption]", "اقرأ أيضا: قال الوزير إن الموسم جيد\n",
    "للمزيد: خبر آخر\n", "دبي، الإمارات العربية المتحدة (CNN)-- ", "الرياض - واس: ", "-----\n", "***",
    "😀👨\u200d👩\u200d👧",
    "\u202eمقلوب\u202c", "\u2067معزول\u2069", "\ufeff", "\x00", "\u2028", "\r\n", "\n\n", "\n", "\t", "\u00a0", "«",
    "»", "\"", "“", "”", "''", "‹", "(", ")", "_", "#", "\u0640" * 40, "\u064e" * 40, "ماذا قال الوزير؟\n",
    "- عنوان فرعي\n",
    "ﷺ",
    "Reuters said", "الصورة: رويترز\n", "١٢٣", "۴۵", "12:30", "ولم يصدر تعليق من الوزارة.",
]  # fmt: skip
PLACES = ["", " ", "  ", "\u200f ", "، "]


@st.composite
def sentences(draw: st.DrawFn) -> str:
    """Draw one sentence of news: verb first, subject first, or the attribution at the end."""
    source, cue, link, content, tail = (draw(st.sampled_from(x)) for x in (SOURCES, CUES, LINKS, CONTENTS, TAILS))
    order = draw(st.integers(0, 3))
    if order == 0:
        return f"{cue} {source} {link} {content}{tail}"
    if order == 1:
        return f"{source} {cue} {link}{content}{tail}"
    if order == 2:
        return f"{link}{content}، {cue} {source}{tail}"
    return f"{source}: {content}{tail}"


PIECES = sentences() | sentences() | st.sampled_from(DEBRIS) | st.text(max_size=4)
PAGES = st.builds(
    lambda parts, gap: gap.join(parts), st.lists(PIECES, min_size=1, max_size=14), st.sampled_from(PLACES)
)


def held(text: str, encoding: str) -> bytes:
    """Encode what of ``text`` the encoding holds; a text that starts like a byte order mark would be one."""
    return text.lstrip("\ufeff").encode(encoding, "ignore")


def spans_in(value: Any) -> Iterator[Span]:
    """Yield every span anywhere in a value, whatever the field; the document itself holds none."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple | list | frozenset):
        for item in value:
            yield from spans_in(item)
    elif is_dataclass(value) and not isinstance(value, Document):
        for field in fields(value):
            yield from spans_in(getattr(value, field.name))


def check_statement(statement: Statement, text: str) -> None:
    attribution = statement.attribution
    assert attribution.cue and attribution.content
    for span in spans_in(statement):
        assert 0 <= span.start < span.end <= len(text), (span, statement)
    for one in attribution.content:
        assert not any(one.start < cue.end and cue.start < one.end for cue in attribution.cue)
    if statement.speaker is not None:
        cut = statement.speaker.span.of(text)
        name = statement.speaker.name
        # "li-" swallows the article of the name that it is joined to, so the name alone gives it back
        assert name == cut or (name.startswith("ال") and cut.endswith(name[2:]))


def check_tree(reading: Reading) -> None:
    """Ids count up, cues are in order, and who holds a statement holds its cue."""
    statements = reading.statements
    assert [statement.id for statement in statements] == [f"s{i + 1}" for i in range(len(statements))]
    starts = [min(statement.attribution.cue).start for statement in statements]
    assert starts == sorted(starts)
    by_id = {statement.id: statement.attribution for statement in statements}
    for attribution in by_id.values():
        if attribution.parent is None:
            continue
        outer = by_id[attribution.parent]
        assert outer is not attribution
        assert any(one.start <= cue.start and cue.end <= one.end for one in outer.content for cue in attribution.cue)


def check_debris(reading: Reading) -> None:
    """Nobody speaks in what is no prose; a headline of another page ("related") is the one that may."""
    pieces = [piece for piece in reading.layout.debris if piece.kind not in ("related", "truncation")]
    for statement in reading.statements:
        for cue in statement.attribution.cue:
            assert not any(piece.span.start <= cue.start < piece.span.end for piece in pieces), statement


@pytest.mark.parametrize("encoding", ENCODINGS)
@TRIED
@given(text=PAGES)
@example(text="قال الوزير : « المفاوضات ستبدأ غدا قال الوزير : « المفاوضات ستبدأ غدا")
@example(text="الولايات المتحدة قال إنالمفاوضات ستبدأ غدا، وفق ما نقلته قناة محلية.")
def test_every_span_of_a_reading_cuts_its_text_out_of_the_bytes(encoding: str, text: str) -> None:
    document = read_bytes(held(text, encoding), encoding=encoding)
    if not isinstance(document, Document):
        return
    reading = extract(document)
    stored = document.origin.encoding
    assert stored is not None
    for statement in reading.statements:
        check_statement(statement, document.text)
    for span in spans_in(reading):
        assert 0 <= span.start <= span.end <= len(document.text)
        assert document.origin.bytes_of(span).decode(stored) == span.of(document.text)
    check_tree(reading)


@TRIED
@given(text=PAGES)
@example(text='قال الوزير إن الأمر جيد [caption id="a1" width="700"] صورة الوزير قال الوزير إن الأمر جيد')
def test_nobody_speaks_in_debris(text: str) -> None:
    if text.strip():
        check_debris(extract(Document("d", text)))


@TRIED
@given(text=PAGES, day=st.none() | st.dates(date(1990, 1, 1), date(2040, 1, 1)))
def test_the_same_page_is_read_the_same_twice(text: str, day: date | None) -> None:
    document = Document("d", text, day)
    assert extract(document) == extract(document)


@TRIED
@given(text=PAGES)
@example(text="الوزير قال : «المفاوضات ستبدأ غدا بحسب الوزير إن المفاوضات ستبدأ غدا")
def test_no_statement_is_inside_itself(text: str) -> None:
    outer = {s.id: s.attribution.parent for s in extract(Document("d", text)).statements}
    for start in outer:
        seen = {start}
        at = outer[start]
        while at is not None:
            assert at not in seen, outer
            seen.add(at)
            at = outer[at]


def test_a_page_is_read_alike_in_every_process() -> None:
    """Sets of strings come in another order in each process; nothing that is printed may follow it."""
    page = "\n".join(
        f"{cue} {source} {link} {content}{tail}"
        for cue, source, link, content, tail in zip(CUES, SOURCES * 2, LINKS * 3, CONTENTS * 3, TAILS * 2, strict=False)
    )
    program = (
        "import sys; from qala import extract, read_text; from qala.exports.jsonl import render_line\n"
        "sys.stdout.buffer.write(render_line(extract(read_text(sys.stdin.buffer.read().decode()))))"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", program],
            input=page.encode(),
            capture_output=True,
            check=True,
            timeout=120,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(printed) == 1


def test_a_page_of_every_template_has_statements() -> None:
    """The pages of this file are not silent: the properties above speak of something."""
    reading = extract(read_text("قال الوزير إن المفاوضات ستبدأ غدا. نفت الولايات المتحدة تزويد روسيا بالأسلحة."))
    assert [statement.attribution.act for statement in reading.statements] == ["assert", "deny"]


LETTERS = "بتثجحخدذرزسشصضطظعغفقكلمن"


def word(number: int) -> str:
    """Return a made-up word of four letters, another for each number."""
    return "".join(LETTERS[(number // len(LETTERS) ** place) % len(LETTERS)] for place in range(4))


# Each shape with how often it stands: enough that no window of the code is wider than the text.
HOSTILE: dict[str, tuple[Callable[[int], str], int]] = {
    "unclosed angles": (lambda n: "«كلام " * n, 200),
    "marks": (lambda n: "ب" + "\u064e" * n, 20_000),
    "straight marks": (lambda n: "كلام " + '"' * n, 400),
    "colons": (lambda n: "كلام " + ":" * n, 400),
    "sources with colons": (lambda n: "الوزير: " * n, 200),
    "words": (lambda n: "كلام " * n, 800),
    "clauses": (lambda n: "كلام طويل، " * n, 400),
    "line ends": (lambda n: "كلام" + "\n" * n, 2_000),
    "cues in one sentence": (lambda n: "قال " * n, 300),
    "denials in one sentence": (lambda n: "نفى " * n, 150),
    "clauses that are cues": (lambda n: "، قال " * n, 150),
    "attributions behind commas": (lambda n: "كلام بحسب الوزير، " * n, 200),
    "quotations with cues": (lambda n: '"قال إن" ' * n, 100),
    "statements in one sentence": (lambda n: "وأضاف أن " * n, 200),
    "statements": (lambda n: "قال الوزير إن الأمر جيد. " * n, 100),
    "statements cut off": (lambda n: "قال الوزير إن الأمر...\n" * n, 100),
    "statements under headings": (lambda n: "ماذا قال الوزير؟\nقال الوزير إن الأمر جيد.\n" * n, 80),
    "statements under datelines": (lambda n: "دبي (CNN)\nقال الوزير إن الأمر جيد\n" * n, 80),
    "headlines of others": (lambda n: "اقرأ أيضا: قال الوزير إن الأمر جيد\n" * n, 100),
    "carriers": (lambda n: "قال الوزير إن الأمر جيد، بحسب وكالة رويترز، " * n, 80),
    "times": (lambda n: "قال الوزير أمس الاثنين إن الأمر جيد غدا. " * n, 80),
    "nested": (lambda n: 'قال الوزير: «قال المدير: "' * n, 60),
    "persons": (lambda n: "".join(f"قال محمد {word(i)} إن الأمر جيد. " for i in range(n)), 180),
    "namesakes": (lambda n: "".join(f"قال {word(i)} محمد سالم إن الأمر جيد. " for i in range(n)), 120),
    "sources": (lambda n: "".join(f"قال {word(i)} إن {word(7 * i + 1)} جيد. " for i in range(n)), 120),
    "unnamed": (lambda n: "قال مسؤول طلب عدم ذكر اسمه إن الأمر جيد. " * n, 80),
}


@pytest.mark.parametrize(("make", "times"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_page_of_twice_the_length_is_twice_the_work(
    make: Callable[[int], str], times: int, work: Callable[[Callable[[], Any]], int]
) -> None:
    once, twice = Document("d", make(times)), Document("d", make(2 * times))
    extract(once), extract(twice)  # caches are warm
    first, second = work(lambda: extract(once)), work(lambda: extract(twice))
    assert 0 < second < 2.3 * first + 500


@pytest.mark.parametrize(
    "text",
    [
        "«كلام " * 90_000,  # one megabyte
        "قال" + "\u064e" * 1_000_000,
        '"' * 200_000 + "كلام",
        ":" * 100_000 + "كلام",
        "كلام " * 100_000,
        "قال " * 20_000,
        "كلام" + "\n" * 50_000,
    ],
    ids=["unclosed", "marks", "quotation marks", "colons", "one sentence", "cues", "line ends"],
)
def test_a_hostile_page_ends(text: str) -> None:
    reading = extract(Document("d", text))
    assert len(reading.statements) <= text.count("قال") + text.count(":")
