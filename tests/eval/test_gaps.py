from dataclasses import replace

from eval.gaps import gap_figure_lines, gap_figures, gap_lines, outlet_folds, outlet_of, split, year_of
from eval.matching import match_article
from hypothesis import given
from hypothesis import strategies as st
from training.cross_validation import FOLDS
from training.gold import Article

from qala.model import Document


def made(outlets):
    return [
        Article(Document(str(i), "", outlet=outlet), [{}] * size, "dev", None, None, [])
        for i, (outlet, size) in enumerate(outlets)
    ]


def test_outlet_and_year_are_open_where_unknown(article):
    assert (outlet_of(article), year_of(article)) == ("here", "2018")
    article.document = replace(article.document, outlet=None, published=None)
    assert (outlet_of(article), year_of(article)) == ("?", "?")


def test_parts_count_articles_without_statements_too(scorer, article, read):
    empty = made([("there", 0)])[0]
    parts = split([article, empty], match_article(scorer, article, read), outlet_of)
    assert [part[:2] for part in parts] == [("here", 1), ("there", 1)]
    assert parts[0].content == 2 * 2 / 6 and parts[0].attribution == 2 * 1 / 6
    assert parts[1].attribution == 0.0


def test_the_gap_is_dev_less_the_part(scorer, article, read):
    other = replace(article, name="own", document=replace(article.document, id="other"))
    matches = match_article(scorer, article, article.statements) + match_article(scorer, other, read)
    lines = list(gap_lines([article, other], matches))
    assert any(line.startswith("dev") and "+0.000" in line for line in lines)
    assert any(line.startswith("own") and "+0.667" in line for line in lines)
    assert any(line.startswith("  own here") for line in lines)


def test_gaps_are_figures_where_both_sides_are_measured():
    figures = {"dev.attribution.f1": 0.8, "own.attribution.f1": 0.75}
    assert gap_figures(figures) == {"gap.own": 0.05}
    (line,) = gap_figure_lines(gap_figures(figures), {"gap.own": 0.03})
    assert "+0.050 (+0.030)" in line and line.endswith("wide")
    assert list(gap_figure_lines({}, {})) == []


@given(st.lists(st.tuples(st.sampled_from(["a", "b", "c", "d", "e", "f", "g", None]), st.integers(0, 30))))
def test_an_outlet_lies_in_one_fold(outlets):
    folds = outlet_folds(made(outlets))
    of = {}
    for (outlet, _), fold in zip(outlets, folds, strict=True):
        assert of.setdefault(outlet, fold) == fold
        assert fold == -1 if outlet is None else 0 <= fold < FOLDS


def test_folds_are_about_equal():
    outlets = made([("a", 9), ("b", 8), ("c", 7), ("d", 6), ("e", 5), ("f", 4)])
    assert outlet_folds(outlets) == [0, 1, 2, 3, 4, 4]
