"""A heading that asks who could give names a side that the answer leaves out."""

from qala.corroboration.clauses import Argument, ClauseText
from qala.corroboration.exchange import load_exchange
from qala.corroboration.exchange_questions import Question, fill, read_question
from qala.lexicon.actors import load_actors
from qala.model import Span
from qala.text.words import find_words

GIVER = Argument(Span(0, 1), ("ru",), "before")
ASKED = Question(Argument(Span(5, 6), ("kp",), "after"), Argument(Span(7, 8), ("tr",), "preposition"))


def read(text):
    prepared = ClauseText(find_words(text), load_actors())
    return read_question(prepared, Span(0, len(text)), load_exchange())


def test_who_could_give_what_to_whom():
    question = read("ماذا يمكن لكوريا الشمالية أن تقدم لروسيا؟")
    assert (question.giver.ids, question.receiver.ids) == (("kp",), ("ru",))
    question = read("ماذا تريد تركيا في المقابل؟")
    assert (question.giver, question.receiver.ids) == (None, ("tr",))


def test_no_question_asks_nothing():
    assert read("كوريا الشمالية تقدم لروسيا أسلحة") is None
    assert read("ماذا حدث في الشمال؟") is None
    assert read_question(ClauseText(find_words("نص"), load_actors()), None, load_exchange()) is None


def test_only_an_open_side_is_filled_and_never_by_the_same_actor():
    assert fill(None, GIVER, None, "give") == Question(GIVER, None)
    assert fill(ASKED, GIVER, None, "give").receiver.ids == ("tr",)
    assert fill(ASKED, GIVER, None, "give").receiver.rule == "question"
    turkish = GIVER._replace(ids=("tr",))
    assert fill(ASKED, turkish, None, "give") == Question(turkish, None)
    assert fill(ASKED, GIVER, turkish, "give") == Question(GIVER, turkish)


def test_where_both_are_open_only_who_wants_is_taken():
    assert fill(ASKED, None, None, "want").receiver.ids == ("tr",)
    assert fill(ASKED, None, None, "give") == Question(None, None)
