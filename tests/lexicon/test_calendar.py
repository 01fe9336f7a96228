import pytest

from qala.errors import LexiconError
from qala.lexicon import calendar
from qala.lexicon.calendar import load_calendar
from qala.lexicon.load import LINE
from qala.text.normalize import fold


def entry(**changes):
    return {"id": "x", "kind": "day", "value": 0, "forms": ["اليوم"], LINE: 3, **changes}


def test_every_example_has_its_place():
    examples = load_calendar().examples
    assert len(examples) > 90
    assert all(example.place.split(":")[0] in calendar.FILES for example in examples)
    assert any(example.expected is None for example in examples)


def test_a_word_is_known_with_what_is_written_on_to_it():
    items = load_calendar().items
    assert items[fold("والثلاثاء")].skip == 1
    assert items[fold("بالأمس")].preposition == "ب"
    assert items[fold("لليوم")].preposition == "ل"
    assert items[fold("الليلة")].skip == 0


def test_a_true_word_wins_over_a_conjunction_read_into_another():
    item = load_calendar().items[fold("واحد")]
    assert item.skip == 0
    assert "ones" in item.readings
    assert "weekday" not in item.readings


def test_stop_words_are_no_numbers():
    assert fold("لست") not in load_calendar().items


def test_longest_phrase_first():
    rests = [len(reading.rest) for reading in load_calendar().items[fold("عيد")].readings["feast"]]
    assert rests == sorted(rests, reverse=True)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"kinds": 1}, "unknown key 'kinds'"),
        ({"kind": "dai"}, "unknown kind 'dai'"),
        ({"value": None}, "value must be"),
        ({"forms": [""]}, "empty form"),
        ({"forms": ["ا\u0653"]}, "not in NFC"),
    ],
)
def test_a_broken_entry_is_refused_with_its_place(changes, message):
    with pytest.raises(LexiconError, match=rf"calendar.yaml:3: .*{message}"):
        calendar._phrases(entry(**changes), "calendar.yaml:3")


def test_a_missing_key_is_refused():
    broken = entry()
    del broken["forms"]
    with pytest.raises(LexiconError, match="'forms' is missing"):
        calendar._phrases(broken, "calendar.yaml:3")


def test_article_adds_a_definite_form():
    phrases = calendar._phrases(entry(forms=["سبت"], article=True), "calendar.yaml:3")
    assert [(words, sense.definite) for words, sense in phrases] == [(["سبت"], False), (["السبت"], True)]


def test_a_fraction_is_a_value():
    assert str(calendar._value("3/4", "x")) == "3/4"
    assert calendar._value("gregorian-12-25", "x") == "gregorian-12-25"


def test_kinds_by_the_next_word_are_those_whose_phrases_fit() -> None:
    for form, item in load_calendar().items.items():
        nexts = {rest[0] for readings in item.readings.values() for rest, _ in readings if rest}
        assert set(item.before) == nexts, form
        for word in (*nexts, ""):
            fitting = {
                kind
                for kind, readings in item.readings.items()
                if any(not rest or rest[0] == word for rest, _ in readings)
            }
            assert set(item.before.get(word, item.alone)) == fitting, form
