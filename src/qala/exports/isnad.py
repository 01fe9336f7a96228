"""The chain tree (isnad) of a claim as text, as SVG and as Graphviz dot.

Names from pages are shown, never obeyed: controls become visible, Arabic is isolated so that its direction does
not spill over the branches, markup is escaped. Loses: offsets and evidence; ``dossier_json`` keeps them.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from qala.exports.labels import label
from qala.exports.visible import isolate, make_visible, shorten

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qala.corroboration.lineage import ChainNode

SIGNS = {"+": "affirms", "-": "denies", "0": "declines", "?": "asks or doubts"}
"""What a sign means, in words."""

_NAME = 60  # characters of a name or gloss in a picture
_GLOSS = 200  # characters of a gloss in the text tree
_DEEPEST = 64  # levels that a picture draws
_ROW, _COLUMN, _BOX, _MARGIN = 46, 250, 210, 20  # of the SVG, in pixels
_COLOURS = {"+": "#2e7d5b", "-": "#c62828", "0": "#6b6675", "?": "#b07a00"}
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def render_text(tree: ChainNode) -> str:
    """Return the tree for a terminal, a node a line, branches on the left; ends in a line end."""
    lines = [isolate(shorten(make_visible(tree.name or ""), _GLOSS))]
    for node, bars in _walk(tree):
        lines.append("".join(bars) + describe(node))
    return "\n".join(lines) + "\n"


def _walk(tree: ChainNode) -> Iterator[tuple[ChainNode, tuple[str, ...]]]:
    """Yield each node below the root with the strokes before it, top down; without recursion."""
    stack: list[tuple[ChainNode, tuple[str, ...], bool]] = [
        (child, (), child is tree.children[-1]) for child in reversed(tree.children)
    ]
    while stack:
        node, above, last = stack.pop()
        yield node, (*above, "\u2514\u2500 " if last else "\u251c\u2500 ")
        below = (*above, "   " if last else "\u2502  ")
        stack += [(child, below, child is node.children[-1]) for child in reversed(node.children)]


def describe(node: ChainNode) -> str:
    """Return one line that says what a node is: kind, name or why there is none, days, number of printings."""
    name = isolate(shorten(make_visible(node.name), _NAME)) if node.name else ""
    if node.kind == "utterance":
        who = name or "speaker not recorded"
        who = f"{who} (not named)" if node.status == "anonymous" else who
        said = f"said {node.said}" if node.said else "day of saying open"
        return f"[{node.sign}] {who} {SIGNS.get(node.sign or '', '')} \u00b7 {said} \u00b7 {_printings(node)}"
    if node.kind == "page":
        parts = ["page", name or "outlet not recorded"]
        parts += [f"\u00b7 published {node.published}"] if node.published else []
        return " ".join([*parts, f"\u00b7 {make_visible(', '.join(node.members))}"])
    if node.status == "not recorded":
        return "through: not recorded"
    return f"through {node.kind} {name or ''} ({node.status})".replace("  ", " ")


def _printings(node: ChainNode) -> str:
    count = len(node.members)
    return f"{count} printing" if count == 1 else f"{count} printings"


def render_dot(tree: ChainNode) -> str:
    """Return the tree in Graphviz's dot language, from right to left; ``dot -Tsvg`` draws it."""
    lines = [
        "digraph isnad {",
        "  rankdir=RL;",
        '  node [shape=box, style=rounded, fontname="Noto Naskh Arabic"];',
        f'  n0 [label="{_dot(shorten(make_visible(tree.name or ""), _NAME))}", shape=plaintext];',
    ]
    numbers = {id(tree): 0}
    for number, (parent, node) in enumerate(_edges(tree), 1):
        numbers[id(node)] = number
        colour = f', color="{_COLOURS[node.sign]}"' if node.sign else ""
        style = ', style="rounded,dashed"' if node.status != "named" else ""
        lines.append(f'  n{number} [label="{_dot(_title(node))}\\n{_dot(_subtitle(node))}"{colour}{style}];')
        lines.append(f"  n{numbers[id(parent)]} -> n{number};")
    return "\n".join([*lines, "}", ""])


def _edges(tree: ChainNode) -> Iterator[tuple[ChainNode, ChainNode]]:
    """Yield (parent, child), parents first, in the order of the tree."""
    stack = [(tree, child) for child in reversed(tree.children)]
    while stack:
        parent, node = stack.pop()
        yield parent, node
        stack += [(node, child) for child in reversed(node.children)]


def _dot(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _title(node: ChainNode) -> str:
    """Return what stands first on a node of a picture, in Arabic where the interface has a word."""
    if node.name:
        return shorten(make_visible(node.name), _NAME)
    if node.kind == "utterance":
        return label("fields", "unknown_speaker")
    return label("statuses", node.status)


def _subtitle(node: ChainNode) -> str:
    if node.kind == "utterance":
        return " \u00b7 ".join(part for part in (node.sign, node.said, f"\u00d7{len(node.members)}") if part)
    if node.kind == "page":
        return node.published or label("fields", "unpublished")
    if node.status == "not recorded":
        return label("fields", "through")
    return f"{label('kinds', node.kind)} \u00b7 {label('statuses', node.status)}"


def render_svg(tree: ChainNode) -> str:
    """Return a picture of the tree, whole in itself: from the claim at the right to the pages at the left.

    Text stays text, which a browser shapes; no script, no style from outside, no link. Levels below the 64th are
    not drawn.
    """
    places, rows, levels = _place(tree)
    width = _MARGIN * 2 + (levels - 1) * _COLUMN + _BOX
    height = _MARGIN * 2 + max(rows, 1) * _ROW
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img" direction="rtl" '
        "font-family=\"'Noto Naskh Arabic','Amiri','Geeza Pro','Noto Sans Arabic',serif\" font-size=\"13\">",
        f"<title>{_xml(make_visible(tree.name or ''))}</title>",
        f'<rect width="{width}" height="{height}" fill="#fffdf8"/>',
    ]
    boxes = []
    for node, level, row in places.values():
        x = width - _MARGIN - _BOX - level * _COLUMN
        y = round(_MARGIN + row * _ROW)
        for child in node.children:
            if id(child) in places:
                out.append(_stroke(x, y, width, *places[id(child)][1:]))
        boxes.append(_box(node, x, y))
    return "\n".join([*out, *boxes, "</svg>", ""])


def _place(tree: ChainNode) -> tuple[dict[int, tuple[ChainNode, int, float]], int, int]:
    """Return node, level and row of each node by identity; leaves have rows of their own, parents the middle."""
    order: list[tuple[ChainNode, int]] = [(tree, 0)]
    stack = [(child, 1) for child in reversed(tree.children)]
    while stack:
        node, level = stack.pop()
        order.append((node, level))
        if level < _DEEPEST:
            stack += [(child, level + 1) for child in reversed(node.children)]
    rows: dict[int, float] = {}
    leaves = 0
    for node, level in order:
        if not node.children or level == _DEEPEST:
            rows[id(node)] = leaves
            leaves += 1
    for node, _ in reversed(order):
        if id(node) not in rows:
            below = [rows[id(child)] for child in node.children]
            rows[id(node)] = (below[0] + below[-1]) / 2
    places = {id(node): (node, level, rows[id(node)]) for node, level in order}
    return places, leaves, 1 + max(level for _, level in order)


def _stroke(x: int, y: int, width: int, level: int, row: float) -> str:
    """Return the curve from a node at ``x``, ``y`` to its child."""
    end_x = width - _MARGIN - level * _COLUMN
    end_y = round(_MARGIN + row * _ROW) + 18
    middle = (x + end_x) // 2
    return f'<path d="M{x} {y + 18}C{middle} {y + 18} {middle} {end_y} {end_x} {end_y}" fill="none" stroke="#b9b2a4"/>'


def _box(node: ChainNode, x: int, y: int) -> str:
    colour = _COLOURS.get(node.sign or "", "#3a6b7c" if node.status == "named" else "#8d877b")
    dashed = ' stroke-dasharray="4 3"' if node.status != "named" else ""
    right = x + _BOX - 8
    is_root = node.kind == "claim"
    first = shorten(_title(node), 32)
    second = "" if is_root else _subtitle(node)
    return (
        f'<g><title>{_xml(make_visible(node.name or node.status))}</title><rect x="{x}" y="{y}" width="{_BOX}" '
        f'height="36" rx="5" fill="#fff" stroke="{colour}"{dashed}/>'
        f'<text x="{right}" y="{y + 15}" text-anchor="start" direction="rtl">{_xml(isolate(first))}</text>'
        f'<text x="{right}" y="{y + 30}" text-anchor="start" direction="rtl" font-size="10.5" fill="{colour}">'
        f"{_xml(isolate(second))}</text></g>"
    )


def _xml(text: str) -> str:
    return escape(_NO_XML.sub("\ufffd", text))
