"""Which way a statement goes: act, refutation, negation, reserve; and what only looks like a negation."""

import pytest

from qala.corroboration.contents import read_contents
from qala.corroboration.signs import read_sign

CASES = [
    ("قالت", "إن الجيش قصف المخيم", "assert", "+"),
    ("قالت", "إن الجيش لم يقصف المخيم", "assert", "-"),
    ("نفت", "قصف المخيم", "deny", "-"),
    ("قالت", "إنه لا علاقة لها بالقصف", "assert", "-"),
    ("قالت", "إن هذه التقارير لا أساس لها", "assert", "-"),
    ("قالت", "إنها لم تزود الجماعة بالسلاح", "assert", "-"),
    ("وصفت", "الاتهامات بأنها مسرحية", "assert", "-"),
    ("رفضت", "التعليق على القصف", "decline", "0"),
    ("دعت", "إلى وقف القصف", "demand", "?"),
    ("أعربت", "عن قلقها من احتمال قصف المخيم", "believe", "?"),
    ("قالت", "إنها تتحقق من تقارير عن قصف المخيم", "assert", "?"),
    ("قالت", "إن الحريق لا يزال مشتعلا", "assert", "+"),
    ("قالت", "إنها لا تستبعد قصف المخيم", "assert", "+"),
    ("رفضت", "مقترح الهدنة", "condemn", "-"),
    ("قالت", "إن الاتفاق بني على أكاذيب", "assert", "+"),
    ("قالت", "إن العقد أبرم بناء على ادعاءات كاذبة", "assert", "+"),
    ("رحبت", "بتصريحات الرئيس", "praise", "+"),
    ("قالت", "إن الاتفاق انتهى ولن تعود إليه", "assert", "+"),
    ("نددت", "بتصريحات الرئيس", "condemn", "-"),
]


@pytest.mark.parametrize(("cue", "content", "act", "sign"), CASES)
def test_signs(press, cue, content, act, sign):
    (found,) = read_contents(press("X", ("الحكومة", cue, content, act)))
    reading = read_sign(found)
    assert reading.sign == sign
    text = found.record.document.text
    assert all(0 <= span.start < span.end <= len(text) for span in reading.evidence.spans)


def test_the_words_that_give_the_sign_are_shown(press):
    (found,) = read_contents(press("X", ("الحكومة", "قالت", "إن هذه التقارير عارية عن الصحة")))
    evidence = read_sign(found).evidence
    assert evidence.rule == "refutation"
    assert evidence.spans[0].of(found.record.document.text) == "عارية عن الصحة"
