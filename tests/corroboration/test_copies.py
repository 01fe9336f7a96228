"""Copies end to end: what is found, at which places, and that neither order nor parts of arrival change it."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qala.corroboration.copies import CopyIndex, find_copies
from qala.errors import QalaError
from qala.model import Document
from qala.text.words import MARK, find_words

DAY = date(2024, 3, 1)
SENTENCES = [
    "قال رئيس البلدية إن العمال سيعودون إلى الجسر بعد أن تنخفض مياه النهر التي غمرت الطريق منذ أسبوع.",
    "وأضافت إدارة المستشفى أن معظم الجرحى غادروا إلى بيوتهم بعد أن تلقوا العلاج ولم يبق سوى ثلاثة منهم.",
    "ومن المقرر أن تجتمع اللجنة مرة أخرى قبل نهاية الشهر كي تدرس الشكاوى التي رفعها المزارعون في الوادي.",
    "وكانت الشركة قد تعهدت في الصيف الماضي بأن تعيد بناء المدرسة التي انهار سقفها في أثناء العاصفة.",
    "ويخشى الصيادون أن تطول فترة المنع إلى ما بعد العيد فلا يجدون ما يسددون به ديونهم للتجار.",
    "ورفض متحدث باسم الميناء أن يوضح لماذا بقيت السفينة راسية عشرة أيام من دون أن تفرغ حمولتها.",
]


def own(seed, words=30):
    """Words that belong to one article alone, with function words among them."""
    return " ".join("في" if step % 5 == 2 else f"كلمة{seed}ق{step}" for step in range(words))


articles = st.lists(
    st.tuples(st.sets(st.integers(0, 5), max_size=3), st.integers(0, 12), st.sampled_from(("أ", "ب", None))),
    min_size=2,
    max_size=7,
)


def documents(drawn):
    return [
        Document(
            f"d{number}",
            "\n".join([own(number), *(SENTENCES[s] for s in sorted(taken)), own(100 + number)]),
            DAY + timedelta(days),
            outlet,
        )
        for number, (taken, days, outlet) in enumerate(drawn)
    ]


def folded(text):
    words = find_words(text)
    return [form for form, kind in zip(words.forms, words.kinds, strict=True) if kind != MARK]


@settings(max_examples=40, deadline=None)
@given(articles)
def test_exactly_those_are_found_that_share_a_sentence_in_time(drawn):
    found = {frozenset((copy.a, copy.b)) for copy in find_copies(documents(drawn))}
    expected = {
        frozenset((f"d{i}", f"d{j}"))
        for i, one in enumerate(drawn)
        for j, other in enumerate(drawn[:i])
        if one[0] & other[0] and abs(one[1] - other[1]) <= 7
    }
    assert found <= expected
    often = Counter(s for taken, _, _ in drawn for s in taken)
    if not often or max(often.values()) < 4:  # from four pages on, a sentence may rightly be taken for a set phrase
        assert found == expected


@settings(max_examples=40, deadline=None)
@given(articles, st.randoms(), st.integers(0, 7))
def test_order_and_parts_of_arrival_change_nothing(drawn, rng, cut):
    given_ = documents(drawn)
    at_once = find_copies(given_)
    shuffled = given_[:]
    rng.shuffle(shuffled)
    index = CopyIndex()
    index.extend(shuffled[:cut])
    index.copies()  # a view in between leaves nothing behind
    index.extend(shuffled)
    assert index.copies() == at_once
    assert len(index) == len(given_)


@settings(max_examples=40, deadline=None)
@given(articles)
def test_passages_hold_the_same_words_on_both_sides(drawn):
    texts = {document.id: document.text for document in documents(drawn)}
    for copy in find_copies(documents(drawn)):
        for passage in copy.passages:
            a, b = folded(passage.a.of(texts[copy.a])), folded(passage.b.of(texts[copy.b]))
            assert a == b
            assert passage.words == len(a)
            assert passage.similarity == 1


@settings(max_examples=30, deadline=None)
@given(articles, st.integers(0, 6), st.integers(0, 7), st.sampled_from(("أ", "ج", None)))
def test_a_copied_article_takes_no_copy_away(drawn, which, days, outlet):
    given_ = documents(drawn)
    source = given_[which % len(given_)]
    again = Document("again", source.text, source.published + timedelta(days), outlet)
    before = {(copy.a, copy.b) for copy in find_copies(given_)}
    after = {(copy.a, copy.b) for copy in find_copies([*given_, again])}
    assert before <= after
    assert {source.id, "again"} in [{*pair} for pair in after]


def test_spelling_marks_and_edits_are_bridged_and_places_stay_exact():
    a = f"{own(1)}\n{SENTENCES[0]}"
    spelled = SENTENCES[0].replace("إلى", "الى").replace("الجسر", "الجِسـْر").replace("النهر", "النهر القديم")
    b = f"{own(2)}\n{spelled}\n{own(3)}"
    (copy,) = find_copies([Document("a", a, DAY, "أ"), Document("b", b, DAY, "ب")])
    (passage,) = copy.passages
    assert passage.a.of(a) == SENTENCES[0].rstrip(".")
    assert passage.b.of(b) == spelled.rstrip(".")
    assert passage.similarity == round(passage.words / (passage.words + 1), 3)


def test_debris_is_no_copy():
    tail = "\n\nاقرأ أيضا: رئيس البلدية يقول إن العمال سيعودون إلى الجسر بعد أن تنخفض مياه النهر التي غمرت الطريق"
    assert find_copies(Document(name, own(name) + tail, DAY, name) for name in "ab") == []


def test_a_disclaimer_on_every_page_is_no_copy():
    line = "\nالآراء التي ترد هنا هي آراء أصحابها ولا تعبر بالضرورة عن موقف الصحيفة التي لا تتحمل أي مسؤولية عنها"
    pages = [Document(f"d{number}", own(number) + line, DAY, "صحيفة") for number in range(6)]
    assert find_copies(pages) == []
    assert len(find_copies(pages[:2])) == 1  # two pages do not show that all bear it


def test_articles_of_unknown_day_are_compared_with_all():
    text = " ".join(SENTENCES)
    given_ = [
        Document("a", text, None, "أ"),
        Document("b", text, DAY, "ب"),
        Document("c", text, DAY + timedelta(99), "ج"),
    ]
    assert {(copy.a, copy.b) for copy in find_copies(given_)} == {("b", "a"), ("c", "a")}
    assert len(find_copies(given_, days=100)) == 3


def test_an_id_given_twice():
    one = Document("a", SENTENCES[0], DAY)
    index = CopyIndex()
    index.extend([one, one])
    assert len(index) == 1
    with pytest.raises(QalaError, match="two different articles have the id 'a'"):
        index.extend([Document("a", SENTENCES[1], DAY)])


def test_rows_are_fingerprint_article_and_place():
    text = f"{SENTENCES[0]}\n{SENTENCES[1]}"
    index = CopyIndex()
    index.extend([Document("a", text, DAY)])
    rows = list(index.rows())
    assert len(rows) > 5
    starts = set(find_words(text).starts)
    assert all(0 <= value < 1 << 64 and name == "a" and place in starts for value, name, place in rows)


@pytest.mark.parametrize("text", ["", " \n ", "كلمة", "؟!" * 50, "كلام " * 3000, "«" * 2000])
def test_odd_texts_are_no_trouble(text):
    pages = [Document(name, text, DAY, name) for name in "ab"]
    for copy in find_copies(pages):
        assert all(passage.a.end <= len(text) for passage in copy.passages)


def test_what_is_not_retained_is_forgotten():
    kept = documents([({0, 1}, 1, "أ"), ({0, 1}, 2, "ب"), ({2}, 2, None)])
    gone = documents([(set(), 0, None)] * 3 + [({0, 1, 2}, 1, "ت")])[3:]
    index = CopyIndex()
    index.extend([*kept, *gone])
    assert len(index.copies()) > len(find_copies(kept))
    index.retain({document.id for document in kept})
    assert len(index) == len(kept)
    assert index.copies() == find_copies(kept)
