"""Pages looked at without a parser: depth, attributes, text; linear and without loss of words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qala.reading.page_scan import drop_verbatim, measure_page, shorten_tags, strip_tags

WORDS = "قال الوزير إن الموسم جيد"


@pytest.mark.parametrize("depth", [1, 100, 1_000, 200_000])
def test_depth_is_counted(depth: int) -> None:
    shape = measure_page("<div>" * depth + WORDS + "</div>" * depth)
    assert shape == (depth, depth)


def test_elements_without_end_tags_make_no_depth() -> None:
    assert measure_page("<p>a<p>b<li>c<br><img src=x><td>d" * 1000).depth == 0
    assert measure_page("<div><b>a</div>" * 1000).depth == 2


def test_scripts_styles_and_comments_are_dropped_whatever_they_hold() -> None:
    page = f"<script>if (a</b) '<div>'</script>{WORDS}<!-- <div> --><STYLE>p<q{{}}</STYLE ><title>a <script> b</title>"
    assert strip_tags(drop_verbatim(page)).startswith(WORDS)
    assert "div" not in strip_tags(page) and "if" not in strip_tags(page)


@pytest.mark.parametrize("open_end", ["<!-- ", "<script>", "<style>", "<a href='", "<", "<div ", "&#", "<svg>"])
def test_what_is_never_closed_ends(open_end: str) -> None:
    assert strip_tags(WORDS + open_end * 100_000).startswith(WORDS)


def test_a_long_tag_loses_its_attributes_alone() -> None:
    page = shorten_tags(f'<img src="data:{"A" * 100_000}"><p class="x">{WORDS}</p>')
    assert page == f'<img><p class="x">{WORDS}</p>'


def test_text_keeps_words_and_blocks_apart() -> None:
    page = '<p>أحمد<br>علي&nbsp;&amp; &#1587;<b title="a>b">عيد</b></p><ul><li>واحد<li>اثنان</ul><select>لا</select>'
    assert strip_tags(page) == "أحمد\nعلي & سعيد\nواحد\nاثنان"


VECTORS = [
    '<img src=x onerror="alert(1)">',
    "<svg><script>alert(1)</script></svg>",
    '<iframe srcdoc="<p>alert(1)</p>"></iframe>',
    '<a href="javascript:alert(1)">نص</a>',
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></table></mtext></math>",
    "<template><script>alert(1)</script></template>",
    "<object data='data:text/html,alert(1)'>alert(1)</object>",
    "<style>@import 'alert(1)'</style>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
]


@pytest.mark.parametrize("vector", VECTORS[:-1])
def test_nothing_that_runs_is_text(vector: str) -> None:
    assert "alert" not in strip_tags(f"<p>{WORDS}</p>{vector}<p>{WORDS}</p>")


@given(
    st.lists(st.sampled_from([*VECTORS, "<", ">", "'", '"', "<!--", "-->", "</", "<p>", WORDS, "&", ";"]), max_size=40)
)
def test_any_mixture_ends_and_words_outside_tags_stay(parts: list[str]) -> None:
    page = "".join(parts)
    measure_page(drop_verbatim(shorten_tags(page)))
    assert WORDS in strip_tags(WORDS + "\n" + page)
