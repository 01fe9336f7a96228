"""How a clause is meant, and on which condition: by the words before it, never by those of another clause."""

import pytest

from qala.corroboration.clause_moods import find_condition, find_moods, is_governor, is_question_word
from qala.corroboration.clauses import ClauseText
from qala.corroboration.exchange import load_exchange
from qala.lexicon.actors import load_actors
from qala.text.normalize import fold
from qala.text.words import find_words


def prepare(text, predicate):
    prepared = ClauseText(find_words(text), load_actors())
    j = prepared.words.forms.index(fold(predicate))
    match = load_exchange().match(prepared.words.forms, j)[0]
    return prepared, match, j


def moods(text, predicate):
    prepared, match, j = prepare(text, predicate)
    start, opener = prepared.clause_start(j, 0)
    return [kind for kind, _ in find_moods(prepared, match, j, start, opener, 0)[0]]


@pytest.mark.parametrize(
    ("text", "predicate", "expected"),
    [
        ("إن روسيا زودت تركيا بالغاز", "زودت", []),
        ("إن روسيا لم تزود تركيا بالغاز", "تزود", ["not"]),
        ("إن روسيا قد تزود تركيا بالغاز", "تزود", ["may"]),
        ("إن روسيا قد زودت تركيا بالغاز", "زودت", []),
        ("إن روسيا تعهدت بألا تزود تركيا بالغاز", "تزود", ["not", "will"]),
        ("إن روسيا تدرس تزويد تركيا بالغاز", "تزويد", ["talk"]),
        ("إن على روسيا أن تزود تركيا بالغاز", "تزود", ["must"]),
        ("يكتب على أن روسيا تزود تركيا بالغاز", "تزود", []),
        ("إن روسيا تحاول إطالة الحرب عبر تزويد تركيا بالغاز", "تزويد", []),
        ("بحثنا ما إذا كانت روسيا تزود تركيا بالغاز", "تزود", ["question"]),
    ],
)
def test_the_moods_of_a_predicate(text, predicate, expected):
    assert moods(text, predicate) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("إن روسيا ستزود تركيا بالغاز إذا توقفت الحرب، وهذا قريب", "إذا توقفت الحرب"),
        ("إذا توقفت الحرب، ستزود روسيا تركيا بالغاز", "إذا توقفت الحرب"),
        ("إن روسيا ستزود تركيا بالغاز ما لم تقع حرب", "ما لم تقع حرب"),
        ("إذا كانت روسيا ستزود تركيا بالغاز فالأمر خطير", None),
        ("إن روسيا ستزود تركيا بالغاز. إذا توقفت الحرب عاد الناس", None),
    ],
)
def test_the_condition_on_which_a_predicate_stands(text, expected):
    prepared, match, j = prepare(text, "ستزود")
    span = find_condition(prepared, 0, len(prepared.words) - 1, (j, match.last))
    assert (span and span.of(text)) == expected


def test_words_that_govern_and_words_that_ask():
    prepared = ClauseText(find_words("هل تريد الشركة القمح"), load_actors())
    assert [is_question_word(prepared, j) for j in range(4)] == [True, False, False, False]
    assert [is_governor(prepared, j) for j in range(4)] == [False, True, False, False]
