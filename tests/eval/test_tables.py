from eval.floors import Floors
from eval.tables import figure_lines

FIGURES = {
    "dev.articles": 2, "dev.gold": 3, "dev.predicted": 4,
    "dev.content.p": 0.5, "dev.content.r": 0.66, "dev.content.f1": 0.57, "dev.act": 0.9,
}  # fmt: skip


def test_a_figure_stands_beside_what_landed():
    landed = {"dev.content.p": 0.6, "dev.content.r": 0.66, "dev.content.f1": 0.5}
    head, _, content, act = figure_lines("dev", FIGURES, Floors({"dev.content.f1": 0.5}, landed))
    assert head == "dev: 2 articles, 3 gold, 4 predicted"
    cells = "content 0.500 (0.600 -0.100) 0.660 (0.660 =) 0.570 (0.500 +0.070) 0.5"
    assert " ".join(content.split()) == cells
    assert act.split() == ["act", "0.900"]


def test_columns_do_not_move():
    lines = list(figure_lines("dev", FIGURES, Floors({"dev.act": 0.85, "dev.content.f1": 0.5})))
    assert lines[2].index("0.570") == lines[3].index("0.900")
    assert lines[2].rindex("0.5") == lines[3].index("0.85") == lines[1].index("floor")


def test_sets_with_the_same_beginning_are_kept_apart():
    figures = {"seed.act": 0.9, "seed.found": 14, "seed.nodate.act": 0.5}
    lines = list(figure_lines("seed", figures, Floors({}, {"seed.found": 13})))
    assert [line.split() for line in lines[2:]] == [["act", "0.900"], ["found", "14", "(13)"]]
