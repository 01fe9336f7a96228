"""Tags of tokens: actors by kind and place, words that introduce people and carriers."""

from hypothesis import given
from hypothesis import strategies as st

from qala.extraction.mentions import tag_words
from qala.lexicon.actors import load_actors
from qala.text.words import find_words


def tags(text: str) -> list[str]:
    words = find_words(text)
    base = load_actors()
    return tag_words(words, base, base.find(words))


def test_an_actor_of_one_word_and_of_several() -> None:
    assert tags("قالت روسيا")[1] == "s1"
    assert tags("قال سيرغي لافروف")[1:] == ["pb", "pe"]
    assert tags("مجلس الأمن الدولي")[0][1:] == "b"


def test_words_that_introduce() -> None:
    found = tags("قال المتحدث لوكالة محلية إن مصادر تحدثت")
    assert found[1].startswith("t")
    assert found[2] == "cagency"
    assert found[0] == ""


def test_an_actor_hides_the_title_inside_its_name() -> None:
    for tag in tags("وزارة الخارجية الأمريكية"):
        assert tag[:1] in "gof"
        assert tag[1:] in ("b", "i", "e")


PIECES = st.sampled_from(
    [
        "روسيا",
        "وكالة",
        "رويترز",
        "الوزير",
        "مصدر",
        "أمني",
        "،",
        "12",
        "x",
        "سيرغي",
        "لافروف",
    ]
)


@given(st.lists(PIECES, max_size=30))
def test_one_tag_a_token_and_names_begin_before_they_end(pieces: list[str]) -> None:
    text = " ".join(pieces)
    found = tags(text)
    assert len(found) == len(find_words(text))
    open_kind = ""
    for tag in found:
        if tag[:1] not in ("t", "c", "n") and tag[1:] in ("i", "e"):
            assert tag[0] == open_kind
        open_kind = tag[0] if tag[1:] in ("b", "i") else ""
