"""When a page was published: which of its dates is meant."""

import lxml.html
import pytest

from qala.reading.page_meta import read_meta


def published(html: str) -> tuple[str, str]:
    page = f"<html><head></head><body>{html}</body></html>"
    found = read_meta(lxml.html.document_fromstring(page), page)
    return str(found.published), found.dated_by


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            '<meta property="article:published_time" content="2024-01-02T03:04:05Z">',
            ("2024-01-02 03:04:05+00:00", "meta"),
        ),
        ('<meta property="article:modified_time" content="2024-01-02T03:04:05Z">', ("None", "")),
        ('<span property="dc:date" content="2019-02-08T00:00:00+01:00">الجمعة</span>', ("2019-02-08", "body")),
        ('<time datetime="2024-01-02T03:04">قبل ساعة</time>', ("2024-01-02 03:04:00", "body")),
        ('<time class="updated" datetime="2024-01-02">x</time>', ("None", "")),
        ('<aside><time datetime="2024-01-02">x</time></aside>', ("None", "")),
        ("<h1>عنوان</h1><div class=date>الثلاثاء ٥ أيلول ٢٠٢٣</div>", ("2023-09-05", "dateline")),
        ("<h1>عنوان</h1><p>نشر في: 5 سبتمبر 2023 الساعة 14:30</p>", ("2023-09-05 14:30:00", "dateline")),
        ("<h1>عنوان</h1><p>آخر تحديث: 5 سبتمبر 2023</p>", ("None", "")),
        ("<h1>عنوان</h1><p>وقع الانفجار في 5 سبتمبر 2020 بمدينة بعيدة عن العاصمة كما يذكر الجميع</p>", ("None", "")),
        ('<meta property="og:url" content="http://a.example/2018/02/07/x.html">', ("2018-02-07", "url")),
    ],
)
def test_one_date(html: str, expected: tuple[str, str]) -> None:
    assert published(html) == expected


def test_the_date_of_today_in_the_head_of_the_site_is_not_the_articles() -> None:
    today = "<header class=top><div id=date-widget>الاثنين 19 فبراير 2020</div></header>" + "<p>قائمة</p>" * 10
    assert published(f"{today}<h1>عنوان</h1><span class=date>الجمعة 8 فيفري 2019</span>")[0] == "2019-02-08"


def test_dates_of_other_articles_are_not_the_articles() -> None:
    others = "<div class=related-posts>" + "<span class=date>1 مارس 2021</span>" * 5 + "</div>"
    assert published(f"{others}<h1>عنوان</h1><span class=date>8 فيفري 2019</span>{others}")[0] == "2019-02-08"
    assert published(f"<h1>عنوان</h1>{others}") == ("None", "")


def test_fields_are_believed_before_lines() -> None:
    line = "<h1>عنوان</h1><span class=date>8 فيفري 2019</span>"
    assert published('<meta itemprop="datePublished" content="2019-02-07">' + line) == ("2019-02-07", "meta")
