"""Search is one thing in both back ends: the same hits in the same order, whatever is typed."""

import dataclasses
from datetime import date, datetime

import pytest

from qala.errors import LedgerError, SearchError, SearchTimeoutError
from qala.ledger import search_terms
from qala.ledger.ledger import Ledger
from qala.ledger.runs import Run
from qala.ledger.search import Page, Search, find_engine, find_statements, tidy_index
from qala.ledger.search_filters import SearchFilters
from qala.ledger.search_rebuild import rebuild_index

READINGS = (
    {
        "name": "a1",
        "published": datetime(2023, 9, 5, 10, 30),
        "outlet": "وكالة الأنباء",
        "title": "قمة محتملة في فلاديفوستوك",
        "statements": (
            {
                "source": "أدريان واتسون",
                "entity": "us:nsc-spokesperson",
                "content": "أن المفاوضات حول الأسلحة تتقدم بنشاط",
            },
            {
                "source": "بيونغ يانغ",
                "entity": "kp:government",
                "act": "deny",
                "cue": "نفت",
                "content": "تزويد روسيا بالأسلحة",
            },
        ),
    },
    {
        "name": "a2",
        "published": date(2023, 9, 6),
        "outlet": "الصحيفة",
        "title": "الكرملين لا يعلّق",
        "statements": (
            {
                "source": "الكرملين",
                "act": "decline",
                "cue": "قال",
                "content": "إنه ليس لديه ما يقوله عن الأسلحة وكوريا الشمالية",
                "carrier": "وكالة رويترز",
                "carrier_entity": "reuters",
                "when_date": "2023-09-05",
            },
        ),
    },
    {
        "name": "a3",
        "published": datetime(2023, 9, 6, 8, 0),
        "outlet": "الصحيفة",
        "title": "بلا تاريخ للقول",
        "statements": (
            {"source": "باحث", "content": "أن كوريا الشمالية تحتاج إلى الغذاء والطاقة", "when_date": "2023"},
        ),
    },
    {
        "name": "a4",
        "published": None,
        "title": "يوم مجهول",
        "statements": ({"content": "أن سلاحاً جديداً وصل إلى الميناء، مسئولون قالوا ذلك"},),
    },
)


def fill(ledger, make_reading) -> None:
    for given in READINGS:
        rest = {key: value for key, value in given.items() if key != "statements"}
        ledger.add_readings([make_reading(*given["statements"], **rest)])


@pytest.fixture(scope="module")
def filled(new_place, make_reading):
    """A ledger that the tests only look at."""
    with Ledger.open(new_place()) as ledger:
        fill(ledger, make_reading)
        yield ledger


@pytest.fixture
def own(ledger, make_reading):
    """A ledger like it that the test changes."""
    fill(ledger, make_reading)
    return ledger


def ask(ledger: Ledger, text: str = "", *, filters: dict | None = None, **how) -> Page:
    return find_statements(ledger.store, Search(text, SearchFilters(**(filters or {})), **how))


def names(page: Page) -> list[str]:
    return [f"{hit.record.document.id}{hit.record.statement.id}" for hit in page.hits]


def test_the_newest_come_first_and_unknown_days_last(filled):
    assert names(ask(filled)) == ["a3s1", "a2s1", "a1s2", "a1s1", "a4s1"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("أسلحة", ["a2s1", "a1s2", "a1s1"]),
        ("اسلحه", ["a2s1", "a1s2", "a1s1"]),
        ("الأَسْلِحَة", ["a2s1", "a1s2", "a1s1"]),
        ("بالأسلحة", ["a2s1", "a1s2", "a1s1"]),
        ("أسلحة روسيا", ["a1s2"]),
        ("أسلحة -روسيا", ["a2s1", "a1s1"]),
        ('"كوريا الشمالية"', ["a3s1", "a2s1"]),
        ("«كوريا الشمالية» -غذاء", ["a2s1"]),
        ('"الشمالية كوريا"', []),
        ("روسيا | غذاء", ["a3s1", "a1s2"]),
        ("مفاو*", ["a1s1"]),
        ("نفت", ["a1s2"]),
        ("واتسون", ["a1s1"]),
        ("سلاح", ["a4s1"]),
        ("مسؤولون", ["a4s1"]),
        ("غواصة", []),
        ("-أسلحة", ["a3s1", "a4s1"]),
        ("محتملة", []),
    ],
)
def test_words(filled, text, expected):
    assert names(ask(filled, text)) == expected


def test_the_title_is_searched_on_request(filled):
    assert names(ask(filled, "محتملة", within="title")) == ["a1s2", "a1s1"]
    assert names(ask(filled, "الكرملين", within="everything")) == ["a2s1"]
    assert names(ask(filled, "روسيا", within="source")) == []


def test_breadth(filled):
    assert names(ask(filled, "سلاح", breadth="exact")) == []
    assert names(ask(filled, "كوريا", breadth="exact")) == ["a3s1"]
    assert names(ask(filled, "كوريا", breadth="particles")) == ["a3s1", "a2s1"]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"act": "deny"}, ["a1s2"]),
        ({"speaker": "kp:government"}, ["a1s2"]),
        ({"speaker": "واتسون"}, ["a1s1"]),
        ({"speaker": "ادريان وَاتسون"}, ["a1s1"]),
        ({"speaker": "أدريان بيونغ"}, []),
        ({"carrier": "reuters"}, ["a2s1"]),
        ({"carrier": "رويترز"}, ["a2s1"]),
        ({"outlet": "الصحيفه"}, ["a3s1", "a2s1"]),
        ({"outlet": "الصحيفة", "act": "decline"}, ["a2s1"]),
        ({"published_from": date(2023, 9, 6)}, ["a3s1", "a2s1"]),
        ({"published_to": date(2023, 9, 5)}, ["a1s2", "a1s1"]),
        ({"published_to": datetime(2023, 9, 6, 7, 59)}, ["a2s1", "a1s2", "a1s1"]),
        ({"published_from": date(2023, 9, 5), "published_to": date(2023, 9, 6)}, ["a3s1", "a2s1", "a1s2", "a1s1"]),
        ({"said_from": date(2023, 9, 1), "said_to": date(2023, 9, 30)}, ["a3s1", "a2s1"]),
        ({"said_from": date(2023, 10, 1)}, ["a3s1"]),
        ({"said_from": date(2024, 1, 1)}, []),
        ({"said_to": date(2023, 9, 4)}, ["a3s1"]),
        ({"judged": True}, []),
    ],
)
def test_filters(filled, filters, expected):
    assert names(ask(filled, filters=filters)) == expected


def test_filters_and_words_together(filled):
    assert names(ask(filled, "أسلحة", filters={"act": "deny"})) == ["a1s2"]
    assert names(ask(filled, "طاقة", filters={"act": "deny"})) == []


def test_pages_follow_one_another(filled):
    for order in ("newest", "best"):
        seen, after = [], None
        for _ in range(10):
            page = ask(filled, "أسلحة", limit=1, after=after, order=order)
            seen += names(page)
            after = page.next
            if after is None:
                break
        assert sorted(seen) == ["a1s1", "a1s2", "a2s1"]
        assert after is None


def test_a_page_is_not_moved_by_what_is_added_before_it(own, make_reading):
    first = ask(own, "أسلحة", limit=1)
    own.add_readings([make_reading({"content": "أسلحة كثيرة"}, name="new", published=date(2024, 1, 1))])
    assert names(ask(own, "أسلحة", limit=1, after=first.next)) == ["a1s2"]


def test_marks_are_exact(filled):
    (hit,) = ask(filled, '"كوريا الشمالية" غذاء').hits
    text = hit.record.document.text
    assert [mark.of(text) for mark in hit.marks] == ["كوريا الشمالية", "الغذاء"]
    assert hit.text == "أن كوريا الشمالية تحتاج إلى الغذاء والطاقة"
    assert [mark.of(hit.text) for mark in hit.text_marks] == ["كوريا الشمالية", "الغذاء"]


def test_the_best_fit_comes_first(ledger, make_reading):
    ledger.add_readings(
        [
            make_reading(
                {"content": "أن كتاباته كثيرة وبعض كتابه جيد " + "كلمة " * 60}, name="long", published=date(2024, 1, 3)
            ),
            make_reading({"content": "كتاب عن كتاب"}, name="short", published=date(2024, 1, 1)),
            make_reading({"content": "وكتابهم هنا"}, name="joined", published=date(2024, 1, 2)),
        ]
    )
    page = ask(ledger, "كتاب", order="best")
    assert names(page) == ["shorts1", "joineds1", "longs1"]
    assert page.ranked == 3
    assert [hit.score for hit in page.hits] == sorted((hit.score for hit in page.hits), reverse=True)


def test_an_index_in_order_finds_the_same(own, make_reading):
    for number in range(8):
        own.add_readings(
            [make_reading({"content": f"أسلحة رقم {number}"}, name=f"n{number}", published=date(2024, 1, 1))]
        )
    before = names(ask(own, "أسلحة"))
    assert len(before) == 11
    tidy_index(own.store)
    assert names(ask(own, "أسلحة")) == before
    if own.store.dialect == "sqlite":
        assert list(own.store.rows("SELECT count(DISTINCT segid) FROM search_text_idx")) == [(1,)]


def test_an_index_made_anew_finds_the_same(own):
    asked = ("أسلحة", "نفت", "واتسون", '"كوريا الشمالية"', "سلاح", "")
    before = [names(ask(own, text, within="everything")) for text in asked]
    keys = [hit.key for hit in ask(own).hits]
    assert rebuild_index(own.store) == 5
    assert [names(ask(own, text, within="everything")) for text in asked] == before
    assert [hit.key for hit in ask(own).hits] == keys
    assert names(ask(own, filters={"carrier": "رويترز"})) == ["a2s1"]


HOSTILE = [
    '""',
    '"',
    "*",
    "**",
    "NEAR(",
    "NEAR(كوريا روسيا, 2)",
    "a AND",
    "AND OR NOT",
    "-x",
    "--",
    "- - -",
    "col:x",
    "content:كوريا",
    "{content source} : كوريا",
    "^كوريا",
    "كوريا + الشمالية",
    "كوريا\x00الشمالية",
    "\x00",
    "\ud800",
    "كوريا' OR 1=1 --",
    "'; DROP TABLE statements; --",
    "كوريا & روسيا | !غذاء <-> x:*",
    "(كوريا",
    ")))",
    "\\",
    "%s ? %(x)s",
    "\u202e\u2066كوريا\u2069",
    "ـ" * 500 + "كوريا",
    "|",
    "| | كوريا |",
    "😀",
    "كوريا" + "\u0651" * 5000,
    "\ufdfa",
    "x" * 300,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_typed_never_reaches_the_engine(filled, text):
    for order in ("newest", "best"):
        page = ask(filled, text, order=order)
        assert len(page.hits) <= 5


@pytest.mark.parametrize("text", ["ا*", "-ا*", "كلمة " * 2000, "x" * 10_000])
def test_what_cannot_be_searched_says_so(filled, text):
    with pytest.raises(SearchError, match=r"letters|words"):
        ask(filled, text)


@pytest.mark.parametrize(
    "how",
    [
        {"order": "x"},
        {"breadth": "x"},
        {"within": "x"},
        {"limit": 0},
        {"limit": 10**6},
        {"after": "x"},
        {"after": "-1"},
    ],
)
def test_what_is_no_way_to_search_says_so(filled, how):
    with pytest.raises(SearchError):
        ask(filled, "كوريا", **how)


ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"


def test_a_search_ends_at_its_deadline(filled):
    with pytest.raises(SearchTimeoutError, match="took more than 0 s"):
        ask(filled, "أسلحة", seconds=0)
    engine = find_engine(filled.store)
    with pytest.raises(SearchTimeoutError), engine.deadline(filled.store, 0.05):
        list(filled.store.rows(ENDLESS))
    with engine.deadline(filled.store, 60):
        assert names(ask(filled, "روسيا")) == ["a1s2"]
    with pytest.raises(LedgerError) as caught, engine.deadline(filled.store, 60):
        list(filled.store.rows("SELECT nothing FROM nowhere"))
    assert not isinstance(caught.value, SearchTimeoutError)


def test_a_beginning_that_stands_for_too_many_words(filled, monkeypatch):
    monkeypatch.setattr(search_terms, "MOST_BEGINNINGS", 2)
    with pytest.raises(SearchError, match="more than 2 words begin like this"):
        ask(filled, "ال*")
    assert names(ask(filled, "مفاو*")) == ["a1s1"]


def test_hostile_filters_find_nothing(filled):
    for value in ("'", '"', "a:b*", "\x00", "\ud800", "x" * 10_000, "", "%", "·"):
        for name in ("speaker", "carrier", "outlet"):
            assert names(ask(filled, filters={name: value})) == [], (name, value)
    with pytest.raises(SearchError, match="act"):
        ask(filled, filters={"act": "praises"})


def test_a_newer_reading_hides_the_older(own, make_reading):
    again = make_reading({"source": "الكرملين", "content": "إنه لا يعلم شيئاً"}, name="a5")
    own.add_readings([again], Run("1.0", "x", "y"))
    assert names(ask(own, "الكرملين يعلم")) == ["a5s1"]
    own.add_readings([dataclasses.replace(again, statements=())], Run("2.0", "x", "y"))
    assert names(ask(own, "الكرملين يعلم")) == []


def test_judgements_are_laid_over_what_is_found(own):
    denial = ask(own, "تزويد").hits[0].id
    own.judge("act", denial, author="m", value="decline")
    assert names(ask(own, filters={"act": "deny"})) == []
    assert names(ask(own, filters={"act": "decline"})) == ["a2s1", "a1s2"]
    assert names(ask(own, "تزويد", filters={"judged": True})) == ["a1s2"]
    watson = ask(own, "واتسون").hits[0].id
    own.judge("speaker", watson, author="m", value="جيك سوليفان")
    assert names(ask(own, filters={"speaker": "سوليفان"})) == ["a1s1"]
    assert names(ask(own, filters={"speaker": "واتسون"})) == []
    own.judge("reject", watson, author="m")
    assert names(ask(own, filters={"speaker": "سوليفان"})) == []
    assert names(ask(own)) == ["a3s1", "a2s1", "a1s2", "a4s1"]


def test_merged_actors_are_found_together(own):
    own.judge("merge", "kp:government", "us:nsc-spokesperson", author="m", value="kp:government")
    assert names(ask(own, filters={"speaker": "kp:government"})) == ["a1s2", "a1s1"]


def test_a_phrase_does_not_run_from_one_field_into_another(ledger, make_reading):
    ledger.add_readings([make_reading({"source": "ألف", "cue": "باء", "content": "جيم دال"}, title="هاء")])
    assert names(ask(ledger, '"جيم دال"')) == ["a1s1"]
    for text in ('"دال ألف"', '"ألف باء"', '"باء هاء"', '"دال هاء"'):
        assert names(ask(ledger, text, within="everything")) == []


def test_a_word_said_a_thousand_times(ledger, make_reading):
    content = "نعم " * 1000 + "ثم لا"
    ledger.add_readings([make_reading({"content": content})])
    for text in ("نعم", "لا", '"ثم لا"', '"نعم نعم نعم"'):
        assert names(ask(ledger, text)) == ["a1s1"], text
    assert names(ask(ledger, '"نعم ثم لا"')) == []  # beyond the 255th time a word has no place
