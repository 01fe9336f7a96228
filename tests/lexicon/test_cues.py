"""The compiled lexicon: words with what is written on to them, phrases, words that another must follow."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qala.extraction.scan import find_cues
from qala.lexicon.cues import load_cues
from qala.model import ACTS
from qala.text.words import find_words


def cues(text):
    words = find_words(text)
    return [
        (cue.form.entry.id, cue.form.morph, text[words.starts[cue.first] + cue.prefix : words.ends[cue.last]])
        for cue in find_cues(words, load_cues())
    ]


def seen(text, entry):
    return [(morph, cue) for name, morph, cue in cues(text) if name == entry]


@pytest.mark.parametrize(
    ("text", "entry", "morph", "cue"),
    [
        ("قالت الوزارة", "qala", "past", "قالت"),
        ("وقالت الوزارة", "qala", "past", "قالت"),
        ("وأكّد الوزير", "akkada", "past", "أكّد"),
        ("سيقول كلمته", "qala", "present", "يقول"),
        ("مضيفاً أنه", "adafa", "participle", "مضيفاً"),
        ("للتنديد بالقرار", "nadda", "noun", "تنديد"),
        ("والتهديد بالحرب", "hadda", "noun", "تهديد"),
        ("مزاعم التنظيم", "zaama", "noun", "مزاعم"),
        ("بمخاوفه من الحرب", "khafa", "noun", "مخاوفه"),
        ("وانتقاداتها للحكومة", "intaqada", "noun", "انتقاداتها"),
        ("ادعاءاته", "iddaa", "noun", "ادعاءاته"),
        ("قـــال الوزير", "qala", "past", "قـــال"),
        ("الأمم المتحدة قلقة من", "qaliqa", "participle", "قلقة"),
    ],
)
def test_words_are_seen_with_what_is_written_on_to_them(text, entry, morph, cue):
    assert (morph, cue) in seen(text, entry)


def test_phrases_are_seen_whole_and_the_longest_wins():
    assert ("phrase", "على حد قوله") in seen("وهذا خطأ على حد قوله", "according_to")
    assert ("phrase", "حسب ما جاء في") in seen("حسب ما جاء في البيان", "it_says")
    assert ("phrase", "وفقا") in seen("وفقا لوزارة الصحة", "according_to")
    assert not seen("وفقا عن ذلك", "according_to")


def test_as_needs_the_verb_that_follows():
    assert seen("كما قالت الصحيفة", "as_said") == [("phrase", "كما قالت")]
    assert not seen("كما في الصورة", "as_said")


@pytest.mark.parametrize(
    ("text", "entry", "cue"),
    [
        ("وجه مفتي البلاد السابق نداء إلى الشباب", "wajjaha_call", "وجه"),
        ("وجّه نداءً إلى الشباب", "wajjaha_call", "وجّه نداءً"),
        ("قدم رئيس النادي شكره للجماهير", "qaddama_thank", "قدم"),
        ("قدم شكره للجماهير", "qaddama_thank", "قدم"),  # thanks belong to the content
        ("ألقت السلطات باللوم على المخربين", "alqa_blame", "ألقت"),
        ("تقدم السفير بالشكر", "taqaddama_thank", "تقدم"),
        ("ويدق التقرير ناقوس الخطر", "daqqa_alarm", "يدق"),
        ("رافضا الكشف عن اسمه", "rafada_comment", "رافضا"),
    ],
)
def test_a_verb_is_a_cue_where_the_word_that_it_needs_follows(text, entry, cue):
    assert cue in [found for _, found in seen(text, entry)]


@pytest.mark.parametrize(
    "text",
    [
        "وجه اللاعب كرة قوية إلى المرمى",
        "وجه اللاعب كرة قوية. وصدر نداء من الحكم",  # the sentence ends before it
        "وجه " + "جدا " * 30 + "نداء",  # out of reach
        "ألقى الشبان الحجارة على الدورية",
        "حملت الشاحنة خمسين طنا",
    ],
)
def test_a_verb_alone_is_no_cue_where_it_needs_a_word(text):
    needy = {"wajjaha_call", "wajjaha_accuse", "alqa_blame", "hammala"}
    assert not needy & {entry for entry, _, _ in cues(text)}


def test_the_needed_word_can_be_asked_for():
    lexicon, words = load_cues(), find_words("ووجه مفتي البلاد نداء إلى الشباب")
    match, last, _ = lexicon.match_phrase(words.forms, 0)
    assert (match.form.entry.id, last) == ("wajjaha_call", 0)
    assert words.plains[lexicon.needed_word(words.forms, 0, match.form)] == "نداء"
    said = lexicon.match_word("قال")[0].form
    assert lexicon.needed_word(words.forms, 1, said) == -1


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("عادت المدينة إلى الحياة", "adana"),
        ("فازت مصر", "asarra"),
        ("مركز الأورام", "rakkaza"),
        ("زار عدة مدن", "adda"),
        ("نادي الوحدة", "naada"),
        ("الحياة في المدينة", "hayya"),
        ("نسبة النجاح", "nasaba"),
    ],
)
def test_forms_left_to_another_word_are_not_seen(text, entry):
    assert not seen(text, entry)


def test_every_entry_is_compiled_with_its_place():
    entries = load_cues().entries
    assert len(entries) >= 300
    assert {entry.act for entry in entries.values()} == set(ACTS)
    assert all(entry.place.split(":")[0] in ("verbs.yaml", "phrases.yaml") for entry in entries.values())
    assert {entry.kind for entry in entries.values()} == {"verb", "according", "as_said"}


@given(st.text(alphabet="قالتوسيبمن وجهداء\n.:،\u064b\u0640\u200f", max_size=120))
def test_a_cue_cuts_letters_of_its_own_word(text):
    words = find_words(text)
    for cue in find_cues(words, load_cues()):
        assert 0 <= cue.first <= cue.last < len(words)
        assert words.forms[cue.first].startswith(cue.proclitics)
        assert cue.prefix == len(cue.proclitics) < len(words.forms[cue.first])
