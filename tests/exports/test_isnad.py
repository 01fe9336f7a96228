"""The chain tree as text, SVG and dot: readable, safe, nothing left out."""

import re
import xml.etree.ElementTree as ET

from qala.corroboration.lineage import ChainNode
from qala.exports.isnad import render_dot, render_svg, render_text
from qala.exports.visible import PDI, RLI

PAGE = ChainNode("page", "named", "صحيفة الغد", members=("d1:s1",), published="2024-03-05")
TREE = ChainNode(
    "claim",
    "named",
    "السد امتلأ بالماء",
    members=("d1:s1", "d2:s1"),
    children=(
        ChainNode(
            "utterance",
            "named",
            "كمال الراوي",
            members=("d1:s1",),
            sign="+",
            said="2024-03-04",
            children=(ChainNode("agency", "named", "فرانس برس", "afp", ("d1:s1",), children=(PAGE,)),),
        ),
        ChainNode(
            "utterance",
            "anonymous",
            "مصدر أمني",
            members=("d2:s1",),
            sign="-",
            children=(
                ChainNode(
                    "agency",
                    "not recorded",
                    None,
                    members=("d2:s1",),
                    children=(ChainNode("page", "not recorded", None, members=("d2:s1",)),),
                ),
            ),
        ),
    ),
)
HOSTILE = ChainNode(
    "claim",
    "named",
    'x"] ; n9 -> n8 <script>alert(1)</script> \u202e\x1b[31m \\',
    children=(ChainNode("utterance", "named", "</text><image href='http://x'/>\x00\ud800", sign="+"),),
)


def deep(levels):
    node = PAGE
    for _ in range(levels):
        node = ChainNode("relayer", "named", "ناقل", members=("d1:s1",), children=(node,))
    return ChainNode("claim", "named", "x", children=(node,))


def test_text_has_a_line_a_node_and_isolates_names():
    lines = render_text(TREE).splitlines()
    assert len(lines) == 7
    assert lines[0] == f"{RLI}السد امتلأ بالماء{PDI}"
    assert lines[1].startswith("├─ [+] ")
    assert f"{RLI}كمال الراوي{PDI}" in lines[1]
    assert "said 2024-03-04" in lines[1]
    assert lines[2].startswith("│  └─ through agency ")
    assert lines[4].startswith("└─ [-] ")
    assert "(not named) denies" in lines[4]
    assert lines[5].endswith("through: not recorded")
    assert "outlet not recorded" in lines[6]


def test_isolates_are_balanced_on_every_line():
    for tree in (TREE, HOSTILE):
        for line in render_text(tree).splitlines():
            assert line.count(PDI) == line.count(RLI) + line.count("\u2068")
            assert "\x1b" not in line
            assert "\u202e" not in line


def test_svg_is_well_formed_and_loads_nothing():
    for tree in (TREE, HOSTILE):
        picture = render_svg(tree)
        root = ET.fromstring(picture)
        assert {child.tag.rpartition("}")[2] for child in root.iter()} <= {"svg", "g", "title", "rect", "path", "text"}
        assert not re.search(r"href|<script|url\(|@import", re.sub("&lt;[^>]*", "", picture).replace("&#x27;", ""))
    assert "السد امتلأ بالماء" in render_svg(TREE)


def test_svg_keeps_every_box_inside_and_apart():
    root = ET.fromstring(render_svg(TREE))
    boxes = [
        (float(box.get("x")), float(box.get("y")))
        for box in root.iter("{http://www.w3.org/2000/svg}rect")
        if box.get("x")
    ]
    assert len(boxes) == len(set(boxes)) == 7
    assert all(x >= 0 and y >= 0 and x + 210 <= float(root.get("width")) for x, y in boxes)


def test_dot_quotes_what_would_end_a_label():
    for line in render_dot(HOSTILE).splitlines()[3:-1]:
        bare = re.sub(r"\\.", "", line)
        assert bare.count('"') % 2 == 0
    assert "n0 -> n1;" in render_dot(HOSTILE)
    assert render_dot(TREE).count("->") == 6
    assert 'style="rounded,dashed"' in render_dot(TREE)


def test_deep_chains_do_not_break_any_of_them():
    tree = deep(3000)
    assert len(render_text(tree).splitlines()) == 3002
    assert render_dot(tree).count("->") == 3001
    ET.fromstring(render_svg(tree))


def test_the_same_tree_gives_the_same_bytes():
    assert render_svg(TREE) == render_svg(TREE)
    assert render_text(TREE) == render_text(TREE)
