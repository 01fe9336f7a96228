"""What recurs on an outlet's pages, in small sets and over months; copies of one article never count for it."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from qala.corroboration.boilerplate import find_recurring, find_vocalised
from qala.corroboration.reuse import read_page
from qala.model import Document

FOOTER = "تجدون على موقعنا كل ما ينشره مراسلونا من تقارير وصور عن أحداث المنطقة والعالم على مدار الساعة"
DAY = date(2024, 3, 1)


def own(number, words=60):
    """A page's own text: no six words of it stand in another's."""
    return " ".join(f"كلمة{chr(0x627 + number % 20)}{number * words + step}" for step in range(words))


def page(number, text, outlet="first", days=0):
    return read_page(Document(f"d{number}", text, DAY + timedelta(days), outlet))


FOOTER_VALUES = set(page(0, FOOTER).values)


def test_what_most_pages_of_an_outlet_bear_recurs_in_a_small_set():
    pages = [page(number, f"{own(number)}\n{FOOTER}") for number in range(6)]
    pages.append(page(9, own(9)))
    found = find_recurring(pages)
    assert found >= FOOTER_VALUES
    assert not found & set(page(1, own(1)).values)


def test_a_few_pages_tell_nothing_and_other_outlets_do_not_count():
    """Three pages on one event may well share a sentence of background."""
    pages = [page(number, f"{own(number)}\n{FOOTER}") for number in range(3)]
    assert find_recurring(pages) == frozenset()
    pages += [page(number, own(number)) for number in range(3, 9)]
    assert find_recurring(pages) == frozenset()
    pages = [page(number, f"{own(number)}\n{FOOTER}", f"outlet {number}") for number in range(6)]
    assert find_recurring(pages) == frozenset()


def test_a_set_phrase_stands_on_days_far_apart():
    apart = [page(number, f"{own(number)}\n{FOOTER}", days=5 * number) for number in range(4)]
    rest = [page(number, own(number)) for number in range(10, 30)]
    assert find_recurring(apart + rest) >= FOOTER_VALUES
    near = [page(number, f"{own(number)}\n{FOOTER}", days=number) for number in range(4)]
    assert find_recurring(near + rest) == frozenset()


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(("first", "second")), st.integers(0, 60)), max_size=12), st.randoms())
def test_copies_of_an_article_are_no_boilerplate(where, rng):
    """However often, wherever and whenever a page is copied: its words stay wording, and order is nothing."""
    before = [page(number, own(number), days=number) for number in range(6)]
    copies = [page(100 + number, own(0), outlet, days) for number, (outlet, days) in enumerate(where)]
    pages = before + copies
    assert find_recurring(pages) == frozenset()
    shuffled = pages[:]
    rng.shuffle(shuffled)
    assert find_recurring(shuffled) == find_recurring(pages)


def test_scripture_is_known_by_its_vowel_signs():
    verse = "وَمَنْ أَحْسَنُ قَوْلاً مِمَّنْ دَعَا إِلَى اللَّهِ وَعَمِلَ صَالِحاً وَقَالَ إِنَّنِي مِنَ الْمُسْلِمِينَ"
    plain = "ومن أحسن قولا ممن دعا إلى الله وعمل صالحا وقال إنني من المسلمين"
    news = "أعلنَ الوزيرُ أنّ السفارة ستعيد فتح أبوابها بعد أن تنتهي أعمال الترميم التي بدأت قبل عام"
    assert set(find_vocalised(page(1, verse))) == set(page(2, plain).values)
    assert find_vocalised(page(2, plain)) == find_vocalised(page(3, news)) == []
    assert find_recurring([page(1, verse), page(2, plain)]) >= set(page(2, plain).values)
