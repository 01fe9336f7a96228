"""A reading made by hand: every offset is computed from the text, as an annotator would mark it."""

from datetime import date, datetime, timedelta, timezone

import pytest

from qala.model import (
    Attribution,
    Debris,
    Document,
    Evidence,
    Heading,
    Hop,
    Layout,
    Origin,
    Quantity,
    Reading,
    Span,
    Speaker,
    StatedTime,
    Statement,
)
from qala.pipeline import extract
from qala.records import Record, list_records

TEXT = """\
خلاف على سفن الإنقاذ

[caption id="attachment_77" width="640"]سفينة في ميناء كاياو
- ماذا تقول ليما؟
نفت ليما، التي تفاوض منذ شهور، مراراً شراء السفن. فقالت وزيرة النقل إيلينا كاسترو \
أمس الاثنين: إن "الصفقة ربما تؤجل"، وذلك حسب ما نقلته وكالة "أنباء المحيط".
وأضافت أن أوتاوا نفت علمها بالأمر.
وقال مصدر إن <script>alert(1)</script> و\u202eاسم مقلوب\u202c وصلا إلى"""


def find(words: str, after: int = 0) -> Span:
    """Return the span of ``words`` at or after ``after``; fails where they are missing."""
    start = TEXT.index(words, after)
    return Span(start, start + len(words))


def build_statements() -> tuple[Statement, ...]:
    question = find("- ماذا تقول ليما؟")
    minister = Speaker(
        name="إيلينا كاسترو",
        span=find("إيلينا كاسترو"),
        title=find("وزيرة النقل"),
        kind="person",
        office="pe:transport-minister",
        country="pe",
        evidence=(Evidence("speaker:named", (find("إيلينا كاسترو"),)),),
    )
    agency = find('وكالة "أنباء المحيط"')
    outer = find("أن أوتاوا نفت علمها بالأمر")
    return (
        Statement(
            Attribution(
                id="s1",
                cue=(find("نفت"),),
                content=(find("شراء السفن"),),
                type="indirect",
                act="deny",
                source=find("ليما", question.end),
                repeated=find("مراراً"),
                heading=question,
                score=2.5,
                evidence=(Evidence("cue:nafa", (find("نفت"),)), Evidence("frame:verb-subject", (), "a note")),
            ),
            Speaker(name="ليما", span=find("ليما", question.end), kind="government", entity="pe"),
        ),
        Statement(
            Attribution(
                id="s2",
                cue=(find("قالت"),),
                content=(find('إن "الصفقة ربما تؤجل"'),),
                type="mixed",
                act="assert",
                source=find("وزيرة النقل إيلينا كاسترو"),
                hedges=(find("ربما"),),
                channel=agency,
                channel_kind="agency",
                when=find("أمس الاثنين"),
                heading=question,
            ),
            minister,
            "2024-10-14",
            (
                Hop("speaker", "named", "إيلينا كاسترو", minister.span),
                Hop("agency", "named", TEXT[agency.start : agency.end], agency),
                Hop("page", "not recorded", None, None),
            ),
            (StatedTime(find("تؤجل"), "2024-10-20", "day", True),),
            (Quantity(find("الصفقة"), 3, 5, "money", "USD", bound="about"),),
        ),
        Statement(
            Attribution(id="s3", cue=(find("أضافت"),), content=(outer,), type="indirect", act="assert"),
            minister,
        ),
        Statement(
            Attribution(
                id="s4",
                cue=(find("نفت", outer.start),),
                content=(find("علمها بالأمر"),),
                type="indirect",
                act="deny",
                source=find("أوتاوا"),
                parent="s3",
            ),
            Speaker(name="أوتاوا", span=find("أوتاوا"), candidates=("ca", "ottawa-city")),
        ),
        Statement(
            Attribution(
                id="s5",
                cue=(find("قال", outer.end),),
                content=(Span(find("إن <script>").start, len(TEXT)),),
                type="indirect",
                act="assert",
                source=find("مصدر"),
                truncated=True,
            ),
        ),
    )


@pytest.fixture(scope="session")
def reading() -> Reading:
    caption = TEXT.index("[caption")
    debris = (Debris(Span(caption, TEXT.index("\n", caption)), "shortcode"),)
    layout = Layout(
        paragraphs=(),
        headings=(
            Heading(find("خلاف على سفن الإنقاذ"), False),
            Heading(find("- ماذا تقول ليما؟"), True),
        ),
        sentences=(),
        quotations=(),
        debris=debris,
    )
    document = Document(
        id="demo-1",
        text=TEXT,
        published=date(2024, 10, 15),
        outlet="demo.example",
        title="خلاف على <سفن> الإنقاذ",
        origin=Origin(path="demo.txt", encoding="utf-8"),
    )
    return Reading(document, layout, build_statements())


SECOND = """\
لندن (رويترز) - قال المتحدث باسم الوزارة سامر الحداد \U0001f600 إن "الاتفاق \U0001f1ea\U0001f1ec سيوقع غداً في القاهرة".
ونفى وزير الخارجية الروسي سيرغي لافروف أن تكون بلاده قد أرسلت 300 طن من القمح إلى سوريا، \
بحسب ما نقلته وكالة فرانس برس.
ورفض الكرملين التعليق على ذلك. وقال مصدر أمني لوكالة الأنباء الألمانية إن التحقيق مستمر \
\U0001f468\u200d\U0001f469\u200d\U0001f467.
"""


@pytest.fixture(scope="session")
def records(reading: Reading) -> list[Record]:
    """Rows of two pages: the one made by hand, and one that Qala reads, with emoji, an address and a moment."""
    document = Document(
        id="demo-2",
        text=SECOND,
        published=datetime(2024, 10, 15, 12, 30, tzinfo=timezone(timedelta(hours=3))),
        outlet="صحيفة المثال",
        url="https://news.example/ar/خبر?id=2",
        title="=اتفاق",
        origin=Origin(path="demo.html", raw=SECOND.encode(), encoding="utf-8", author="منى علي"),
    )
    return [*list_records(reading, run="run-1"), *list_records(extract(document))]
