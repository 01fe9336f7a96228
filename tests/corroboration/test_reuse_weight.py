"""What is a copied passage: prose of about fifteen words, not a title, a set phrase, other figures or one quotation."""

import pytest

from qala.corroboration.alignment import align
from qala.corroboration.reuse import read_page
from qala.corroboration.reuse_weight import BAR, find_passages, weigh
from qala.model import Document

PROSE = "وقال رئيس البلدية إن العمال سيعودون إلى الجسر بعد أن تنخفض مياه النهر التي غمرت الطريق منذ أسبوع"
TITLE = "صاحب السمو الملكي الأمير سالم بن ناصر بن راشد وزير الدولة رئيس مجلس إدارة الهيئة العامة للموانئ"
LONG_TITLE = "المستشار الأول بالديوان الأميري المشرف العام على مركز الأمير راشد للدراسات البحرية الدكتور ناصر بن سالم"
SPEECH = "لن نترك الصيادين وحدهم في هذا الشتاء ولن نقبل أن يدفعوا ثمن خطأ لم يرتكبوه"
SPEECH_2 = "ومن يظن أننا سننسى ما جرى في الميناء فهو لا يعرفنا ولا يعرف أهل هذه المدينة"
START, END = "هذه بداية الصفحة الأولى وحدها", "وتلك نهاية تخص الصفحة الثانية"


def page(text, name="a"):
    return read_page(Document(name, text, None, name))


def passages(a, b, recurring=frozenset()):
    one, other = page(a), page(b, "b")
    return find_passages(align(one.wording.forms, other.wording.forms), one, other, recurring)


def test_a_sentence_of_prose_is_a_passage_with_its_places():
    a, b = f"{START}. {PROSE}.", f"{PROSE} {END}"
    (found,) = passages(a, b)
    assert found.a.of(a) == found.b.of(b) == PROSE
    assert (found.words, found.similarity) == (len(PROSE.split()), 1.0)


@pytest.mark.parametrize("words", [TITLE, LONG_TITLE])
def test_a_title_alone_is_none_however_long(words):
    assert passages(f"{START} {words}.", f"{words} {END}") == ()


def test_ten_words_are_too_few():
    few = " ".join(PROSE.split()[:10])
    assert passages(f"{START}. {few}", f"{few} {END}") == ()


def test_the_report_of_another_day_has_other_figures():
    text = "أغلق المؤشر عند مستوى {} نقطة بعد أن جرى تداول {} مليون سهم توزعت على {} ألف صفقة في {} شركة"
    assert passages(text.format(9301, 143, 85, 35), text.format(9080, 158, 92, 41)) == ()
    assert passages(text.format(9301, 143, 85, 35), text.format(9301, 143, 85, 35))


def test_a_decimal_comma_is_no_other_figure():
    text = "تبلغ نسبة البطالة بين سكان الوادي رسميا {} بالمئة ويشكل من هم دون الثلاثين أكثر من نصفهم {}"
    assert passages(text.format("10,8", START), text.format("10.8", END))
    assert passages(text.format("10,8", START), text.format("11.8", END)) == ()


def test_one_quotation_may_have_been_heard_by_both():
    a, b = f"{START}: «{SPEECH}».", f"{END}: «{SPEECH}»."
    assert passages(a, b) == ()
    assert passages(a.replace("«", "").replace("»", ""), b.replace("«", "").replace("»", ""))


def test_the_same_two_quotations_were_chosen_by_one_writer():
    a = f"{START}: «{SPEECH}». ثم قال أيضا: «{SPEECH_2}»."
    b = f"«{SPEECH_2}» {END}: «{SPEECH}»."
    assert len(passages(a, b)) == 2


def test_set_phrases_weigh_nothing():
    assert passages(PROSE, PROSE)
    recurring = frozenset(page(PROSE).values)
    assert passages(f"{START}. {PROSE}. {SPEECH_2}", f"{PROSE} {END} {SPEECH}", recurring) == ()


def test_pages_of_set_phrases_must_share_what_else_they_say():
    recurring = frozenset(page(PROSE).values)
    filler = "وعلى الجانب الآخر من المدينة كانت السوق مفتوحة وكان الباعة يشكون من قلة الزبائن"
    a, b = f"{PROSE}. {SPEECH}. {SPEECH_2}. {START} {SPEECH_2}", f"{PROSE}. {SPEECH}. {filler}. {END} {filler} {filler}"
    assert passages(a.replace(PROSE, ""), b.replace(PROSE, ""), recurring)
    assert passages(a, b, recurring) == ()
    assert passages(a, a, recurring)  # taken over whole


def test_weights_are_words():
    one, other = page(PROSE), page(PROSE, "b")
    (stretch,) = align(one.wording.forms, other.wording.forms)
    found = weigh(stretch, one, other)
    assert BAR < found.prose == found.words <= len(PROSE.split())


def test_the_address_below_a_column_is_no_prose():
    signature = (
        "writer@example.com للتواصل مع الكاتب ارسل رسالة SMS تبدأ بالرمز (123) ثم مسافة ثم نص الرسالة إلى "
        "88591 - Stc 635031 - Mobily 737221 - Zain"
    )
    assert passages(f"{START}. {signature}", f"{END}. {signature}") == ()
