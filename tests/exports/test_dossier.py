"""Dossiers in Markdown, HTML and JSON: safe, whole, in two languages, and without a verdict."""

import json
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest

from qala.corroboration.dossier import make_dossier
from qala.corroboration.model import Claim, Conflict, Copy, Passage, Stance, Utterance
from qala.errors import LexiconError
from qala.exports import dossier_words
from qala.exports.dossier_html import render_dossier_html
from qala.exports.dossier_json import render_dossier_json
from qala.exports.dossier_markdown import render_dossier_markdown
from qala.exports.dossier_words import LANGUAGES, load_words, word
from qala.model import Document, Evidence, Span
from qala.pipeline import extract
from qala.records import list_records

AFFIRMED = "قال وزير الري كمال الراوي أمس إن السد ربما انهار وإن 30 قرية غرقت، وفق ما نقلته وكالة رويترز."
CHANGED = "قال وزير الري كمال الراوي أمس إن السد انهار وإن 50 قرية غرقت."
DENIED = "نفى مدير السد نبيل الحداد أن يكون السد قد انهار."
EVIL = '<script>alert(1)</script> `~~~` \u202e"&'


def read(key, text, day=5, outlet="paper"):
    document = Document(key, text, date(2024, 3, day), outlet, f"https://example.org/{key}", "عنوان")
    return replace(next(iter(list_records(extract(document)))), id=key)


def make(outlet="paper", gloss="انهيار السد"):
    records = [read("d1", AFFIRMED, 5, outlet), read("d2", CHANGED, 6, "other"), read("d3", DENIED, 7)]
    utterances = [Utterance("u1", ("d1", "d2")), Utterance("u2", ("d3",))]
    why = Evidence("sign:deny", (Span(0, 3),), EVIL)
    conflict = Conflict("denial", "u1", "u2", (why,))
    claim = Claim("c1", gloss, (Stance("u1", "+"), Stance("u2", "-", (why,))), (conflict,))
    whole = Span(0, 40)
    copies = [Copy("d1", "d2", "wire", (Passage(whole, whole, 12, 0.9),), "رويترز")]
    return make_dossier(claim, utterances, records, copies)


DOSSIER = make()
FORMS = [
    lambda dossier: render_dossier_markdown(dossier, "ar"),
    lambda dossier: render_dossier_markdown(dossier, "en"),
    lambda dossier: render_dossier_html(dossier, "ar"),
    lambda dossier: render_dossier_html(dossier, "en"),
    render_dossier_json,
]


class Tags(HTMLParser):
    """The tags of a page and whether they stand in pairs."""

    def __init__(self, page):
        super().__init__()
        self.seen, self.open = [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))
        if tag not in ("meta", "rect", "path"):
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if tag not in ("meta", "rect", "path"):
            assert self.open.pop() == tag


@pytest.mark.parametrize("render", FORMS)
def test_every_form_holds_who_said_what(render):
    text = render(DOSSIER)
    for words in ("كمال الراوي", "نبيل الحداد", "رويترز", "انهيار السد"):
        assert words in text
    assert text == render(make())


@pytest.mark.parametrize("render", FORMS)
def test_no_form_judges(render):
    text = render(DOSSIER).lower()
    assert not re.search(r"\b(confirmed|verified|true fact|probab\w*)\b", text)
    assert "ClaimReview" not in text


def test_the_numbers_are_told_in_words():
    text = render_dossier_markdown(DOSSIER, "en")
    assert "said by 1 (occasions: 1), through 1 named carrier(s)" in text
    assert "at least 1 shown to be independent, at most 1" in text
    assert "denied by 1" in text
    assert "lineage not recorded" in text
    assert "day of saying not known" in text


def test_changes_between_printings_are_shown():
    for text in (render_dossier_markdown(DOSSIER, "en"), render_dossier_html(DOSSIER, "en")):
        assert "hedge dropped" in text
        assert "carrier dropped" in text
        assert "number" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_runs_nothing_and_loads_nothing(language):
    page = render_dossier_html(make(EVIL, EVIL), language)
    tags = Tags(page)
    assert tags.open == []
    assert not [tag for tag, _ in tags.seen if tag in ("script", "img", "link", "iframe", "a", "image")]
    assert not [attrs for _, attrs in tags.seen if any(name.startswith("on") or name == "style" for name in attrs)]
    policy = next(attrs["content"] for tag, attrs in tags.seen if attrs.get("http-equiv"))
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "\u202e" not in page
    assert f'dir="{"rtl" if language == "ar" else "ltr"}"' in page


def test_markdown_keeps_hostile_names_in_place():
    text = render_dossier_markdown(make(EVIL, EVIL), "en")
    assert "<script>" not in text.replace("\u2067", "").split("~~~~")[0]
    fences = [line for line in text.splitlines() if re.fullmatch("~{4,}(text)?", line)]
    assert len(fences) == 2
    assert "\u202e" not in text


def test_json_keeps_offsets_that_cut_the_words_out_of_the_page():
    found = json.loads(render_dossier_json(DOSSIER))
    assert found["schema"] == "qala.dossier/1"
    printing = found["voices"][0]["printings"][0]
    ((start, end),) = printing["content"]
    assert AFFIRMED[start:end] == printing["words"]
    assert found["origins"]["+"]["shown"] == 1
    assert found["history"]["first"][0]["sign"] == "+"
    assert found["chains"]["children"][0]["sign"] == "+"
    json.loads(render_dossier_json(make("\ud800")))


def test_every_word_stands_in_both_languages():
    for key, texts in load_words().items():
        assert set(texts) == set(LANGUAGES), key
        slots = {language: set(re.findall(r"\{(\w+)\}", text)) for language, text in texts.items()}
        assert slots["ar"] == slots["en"], key
    assert word("no such key", "ar") == "no such key"


def test_a_word_without_its_translation_is_refused_with_its_line(monkeypatch):
    monkeypatch.setattr(dossier_words, "data_text", lambda name: "title:\n  ar: ملف\n  en: x\nnote:\n  ar: شيء\n")
    with pytest.raises(LexiconError, match=r"^dossier\.yaml:4: 'note'"):
        dossier_words.load_words.__wrapped__()


def test_a_page_that_stands_twice_is_one_page():
    records = [replace(read("d1", AFFIRMED), id="d1"), replace(read("d9", AFFIRMED), id="d9"), read("d3", DENIED, 7)]
    utterances = [Utterance("u1", ("d1", "d9")), Utterance("u2", ("d3",))]
    claim = Claim("c1", "إن السد ربما انهار", (Stance("u1", "+"), Stance("u2", "-")))
    dossier = make_dossier(claim, utterances, records)
    assert (dossier.articles, dossier.doubles, dossier.said_as) == (2, 1, "كمال الراوي")
    assert [printing.again for printing in dossier.voices[0].printings] == [None, "d1"]
    for render in FORMS[:4]:
        text = render(dossier)
        assert word("same_page", "ar") in text or word("same_page", "en") in text
        assert dossier.said_as in text


def test_ids_addresses_and_moments_are_told_for_people():
    long = "0123456789abcdef0123456789abcdef"
    assert dossier_words.shorten_ids(f"{long} and 12") == "0123456789ab and 12"
    assert dossier_words.tell_url("https://a.example/%D9%82") == "https://a.example/ق"
    assert dossier_words.tell_url("https://a.example/%ff") == "https://a.example/%ff"
    assert dossier_words.tell_moment("2024-03-05T10:20:33") == "2024-03-05 10:20"
    assert dossier_words.tell_moment("2024-03-05/2024-03-07") == "2024-03-05/2024-03-07"


def test_the_first_to_say_so_is_marked_in_the_timeline_and_told_once():
    text = render_dossier_markdown(DOSSIER, "en")
    timeline = text[text.index("## Timeline") : text.index("## What changed")]
    assert timeline.count("first printed") == 2
    assert len([line for line in timeline.splitlines() if line.startswith("- ")]) == 2


def test_a_voice_whose_words_are_far_from_the_claim_is_told_to_be():
    far = read("d4", "نفى مدير المدرسة نبيل الحداد تأجيل الامتحانات.", 7)
    records = [read("d1", AFFIRMED), far]
    utterances = [Utterance("u1", ("d1",)), Utterance("u2", ("d4",))]
    claim = Claim("c1", "انهيار السد وغرق 30 قرية", (Stance("u1", "+"), Stance("u2", "-")))
    dossier = make_dossier(claim, utterances, records)
    assert [voice.distant for voice in dossier.voices] == [False, True]
    for render, language in zip(FORMS[:4], ("ar", "en") * 2, strict=True):
        assert render(dossier).count(word("distant", language)) == 1
