"""Terms of a text: sentence by sentence, and the topic of a page."""

from qala.corroboration.terms import read_page, read_sentences
from qala.model import Document


def test_sentences_give_their_terms():
    found = list(read_sentences(Document("X", "قصف الجيش القرية. وقال سيرغي لافروف إن الهدنة انتهت.\n")))
    assert len(found) == 2
    assert "c:bomb" in found[0]
    assert {"p:sergei-lavrov", "c:ceasefire"} <= found[1].keys()
    assert "c:bomb" not in found[1]


def test_a_text_without_words_has_none():
    assert list(read_sentences(Document("X", " \n ... \n"))) == []


def test_the_topic_is_of_title_and_first_lines():
    page = read_page(Document("X", "انتهت الهدنة في اليمن. " + "كلام " * 200 + "زلزال", title="محادثات السلام"))
    assert {"c:ceasefire", "a:ye", "c:negotiate", "c:peace"} <= page.topic.keys()
    assert "c:disaster" not in page.topic
