"""Principal parts become the forms met in news: weak verbs, hamza seats, pronouns, plurals."""

import pytest

from qala.lexicon.inflect import PARTS, inflect


def forms(part, stem):
    return {form.text: form for form in inflect(part, stem)}


@pytest.mark.parametrize(
    ("part", "stem", "expected"),
    [
        ("past", "قال", "قال قالت قالوا قالا قالتا قالها قالوه"),
        ("past", "نفى", "نفى نفت نفوا نفاه نفتها نفوها"),
        ("past", "دعا", "دعا دعت دعوا دعاه دعته"),
        ("past", "هنأ", "هنأ هنأت هنأوا هنؤوا هنآ هنأه"),
        ("present", "يقول", "يقول تقول يقولون تقولان يقولوا يقولها"),
        ("present", "ينفي", "ينفي تنفي ينفون ينفوا ينفيان ينفيه ينفوه"),
        ("present", "يدعو", "يدعو تدعو يدعون يدعوا تدعوان يدعوه"),
        ("present", "يرى", "يرى ترى يرون يروا يراه تراها"),
        ("participle", "مضيف", "مضيف مضيفا مضيفة مضيفين مضيفون مضيفات"),
        ("participle", "داعي", "داع داعيا داعية داعين داعون"),
        ("noun", "تصريح", "تصريح تصريحا تصريحات تصريحه تصريحاتها"),
        ("noun", "مطالبة", "مطالبة مطالبات مطالبته مطالباتهم"),
        ("noun", "ادعاء", "ادعاء ادعاءات ادعاؤه ادعائها ادعاءاته"),
        ("noun", "شكوى", "شكوى شكواه شكواها"),
        ("plural", "مزاعم", "مزاعم مزاعمه مزاعمها مزاعمهم"),
        ("plural", "آراء", "آراء آراؤه آرائها"),
    ],
)
def test_forms_that_news_writes(part, stem, expected):
    assert set(expected.split()) <= set(forms(part, stem))


@pytest.mark.parametrize(
    ("part", "stem", "wrong"),
    [
        ("past", "نفى", "نفىت نفيت نفىوا"),
        ("past", "قال", "قالواه"),
        ("present", "ينفي", "ينفيون ينفواه"),
        ("participle", "داعي", "داعيين"),
        ("noun", "مطالبة", "مطالبةه مطالبةات"),
        ("plural", "مزاعم", "مزاعمات مزاعما"),
    ],
)
def test_forms_that_nobody_writes(part, stem, wrong):
    assert not set(wrong.split()) & set(forms(part, stem))


def test_agreement_and_pronouns_are_told():
    past = forms("past", "اتهم")
    assert (past["اتهمت"].agree, past["اتهموا"].agree, past["اتهما"].agree) == ("f", "p", "d")
    assert past["اتهمه"].pronoun and not past["اتهم"].pronoun
    assert forms("plural", "مخاوف")["مخاوفه"] == ("مخاوفه", "noun", "n", True)


def test_a_part_of_several_words_inflects_its_first_word():
    past = forms("past", "ألقى الضوء")
    assert {"ألقى الضوء", "ألقت الضوء", "ألقوا الضوء"} <= set(past)
    assert not any(form.pronoun for form in past.values())


@pytest.mark.parametrize("part", PARTS)
def test_each_part_says_what_it_makes(part):
    made = list(inflect(part, "يكتب"))
    assert made
    assert {form.morph for form in made} == {"noun" if part == "plural" else part}
