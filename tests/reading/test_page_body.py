"""The article of a page: what is cut out, what stays."""

import lxml.html

from qala.reading.page_body import choose_lines, cut_page, is_article, tidy_paragraphs

LONG = "قال الوزير إن الموسم جيد وإن الحكومة ستواصل العمل في هذا الاتجاه خلال العام المقبل."


def cut(body: str) -> str:
    tree = lxml.html.document_fromstring(f"<html><body>{body}</body></html>")
    cut_page(tree)
    return " ".join(tree.text_content().split())


def test_what_holds_the_words_stays_whatever_its_name() -> None:
    assert cut(f'<div class="sidebar-layout with-comments"><p>{LONG}</p></div>') == LONG
    assert cut(f'<form id="aspnetForm"><p>{LONG}</p></form>') == LONG
    assert cut(f"<a name=top><p>{LONG}</p>") == LONG  # an anchor that is never closed
    assert cut(f'<a href="/x"><p>{LONG * 6}</p></a>') == LONG * 6


def test_blocks_of_links_go_and_links_in_sentences_stay() -> None:
    kept = f"<p>{LONG} وأضاف <a href=/1>في بيان</a> أنه باق.</p>"
    assert "في بيان" in cut(f"<p>{LONG}</p>{kept}")
    assert "خبر آخر" not in cut(f"<p>{LONG}</p><p><a href=/1>خبر آخر</a></p><h3><a href=/2>خبر آخر</a></h3>")


def test_words_after_a_part_that_is_cut_stay() -> None:
    assert cut(f"<p>{LONG}</p> <p>قال <script>x</script>الوزير <button>y</button>نعم</p>") == f"{LONG} قال الوزير نعم"


def test_the_title_and_repetitions_and_notices_go() -> None:
    paragraphs = ["عنوان", "مقدمة", "مقدمة", *[f"{LONG} {number}" for number in range(10)], "جميع الحقوق محفوظة"]
    tidied = tidy_paragraphs(paragraphs, "عنوان")
    assert tidied[:2] == ["مقدمة", f"{LONG} 0"] and tidied[-1] == f"{LONG} 9"


def test_what_is_said_about_terms_far_from_the_end_stays() -> None:
    said = "قال المحامي إن شروط الاستخدام باطلة"
    assert said in tidy_paragraphs([said, *[f"{LONG} {number}" for number in range(10)]], None)


def test_lists_are_no_articles() -> None:
    assert not is_article(["خبر أول", "خبر ثان"], called=True)
    assert is_article([LONG], called=False) and not is_article(
        ["انفجار يهز العاصمة فجر اليوم وسقوط قتلى"], called=False
    )
    assert choose_lines(f"قائمة\n{LONG}\nبحث") == [LONG]
