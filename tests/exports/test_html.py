"""The page: one file, no script, no load, every reference inside it, the input only text."""

import hashlib
import re
import shutil
import subprocess
from base64 import b64encode
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from qala.exports.html import Part, render_html, render_page, render_part
from qala.model import ACTS, Document, Layout, Reading

VOID = {"meta", "br"}


class Page(HTMLParser):
    """Collects tags, attributes and ids; fails on tags that are not closed in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.open: list[str] = []
        self.feed(page)
        assert not self.open

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def values(self, name: str) -> list[str]:
        return [value for key, value in self.attributes if key == name]


@pytest.fixture(scope="module")
def page(reading) -> str:
    return render_html([reading, reading])


def test_tags_are_closed_in_order(page):
    assert {"main", "nav", "article", "details"} <= set(Page(page).tags)


def test_nothing_runs_and_nothing_is_loaded(page):
    parsed = Page(page)
    assert not {"script", "link", "img", "iframe", "object", "form", "base"} & set(parsed.tags)
    assert not [name for name, _ in parsed.attributes if name.startswith("on") or name in ("src", "style")]
    assert all(link.startswith("#") for link in parsed.values("href"))
    assert "@import" not in page and "url(" not in page


def test_the_policy_allows_the_style_sheet_and_nothing_else(page):
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL).group(1)
    hashed = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{hashed}'" in page
    assert "unsafe-inline" not in page


def test_links_lead_somewhere_and_ids_are_one_each(page):
    parsed = Page(page)
    ids = parsed.values("id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in parsed.values("href")} <= set(ids)


def test_text_and_card_point_at_each_other(page):
    assert 'id="a1-t2" href="#a1-s2"' in page
    assert 'href="#a1-t2"' in page and 'id="a1-s2"' in page
    assert 'id="a2-s5"' in page


def test_the_page_is_right_to_left_and_names_every_act(page):
    assert '<html lang="ar" dir="rtl">' in page
    for act in ACTS:
        assert f"<code>{act}</code>" in page


def test_input_is_text(page, reading):
    assert "<script>" not in page and "&lt;script&gt;" in page
    assert "\u202e" not in page and "\u202c" not in page
    hostile = Document(
        id='"><script>x',
        text="قال",
        outlet="<b>",
        url='javascript:alert(1)"',
        title="</title><script>alert(1)</script>",
    )
    shown = render_html([Reading(hostile, reading.layout, ())], title="</style><i>")
    assert "script" not in Page(shown).tags and "i" not in Page(shown).tags
    assert "javascript:" not in "".join(Page(shown).values("href"))


def test_one_article_has_no_list_and_several_have_one(reading, page):
    assert "<nav" not in render_html([reading])
    assert page.count('<li><a href="#a') == 2


def test_an_article_without_title_is_listed_by_its_first_words():
    layout = Layout((), (), (), (), ())
    untitled = Reading(Document("x", "\n" + "كلمة " * 60), layout, ())
    empty = Reading(Document("y", ""), layout, ())
    page = render_html([untitled, empty])
    assert "كلمة …" in page
    assert page.count("<h2") == 3


def test_headings_stand_out(reading):
    assert '<p class="heading">' in render_html([reading])


def test_a_latin_line_finds_its_own_direction(reading):
    latin = Reading(Document("x", "plain words\nقال"), Layout((), (), (), (), ()), ())
    assert '<p dir="auto">plain words</p>' in render_html([latin])


def test_parts_made_apart_give_the_same_page(reading, page):
    parts = [render_part(reading, number) for number in (1, 2)]
    assert all(isinstance(part, Part) for part in parts)
    assert render_page(parts) == page


def test_many_statements_keep_the_style_sheet_small(reading):
    many = replace(reading, statements=reading.statements * 100)
    page = render_html([many])
    assert page.count(":has(") == 200


@pytest.mark.skipif(not shutil.which("chromium"), reason="Chromium is not installed")
def test_letters_stay_joined_in_a_browser(tmp_path):
    """The same words with and without marks inside them give the same picture, to the pixel."""
    words = ["فقالت", "وسيستقبل", "بالاتفاق", "لبيونغ", "كالبيان"]
    style = re.search(r"<style>(.*?)</style>", render_html([]), re.DOTALL).group(1)
    quiet = ".m,.m *{background:none!important;text-decoration:none!important}p{font-size:60px;margin:0}"
    bodies = {
        "plain": "".join(f"<p>{word}</p>" for word in words),
        "marked": "".join(
            f'<p>{word[0]}<span class="m content assert"><span class="m cue">{word[1:]}</span></span></p>'
            for word in words
        ),
    }
    pictures = []
    for name, body in bodies.items():
        file = tmp_path / f"{name}.html"
        head = f'<!DOCTYPE html><html lang="ar" dir="rtl"><meta charset="utf-8"><style>{style}{quiet}</style>'
        file.write_text(head + body, encoding="utf-8")
        picture = tmp_path / f"{name}.png"
        subprocess.run(
            [
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                f"--screenshot={picture}",
                file.as_uri(),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
        pictures.append(picture.read_bytes())
    assert pictures[0] == pictures[1]
