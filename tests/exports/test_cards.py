"""The cards beside the text: who, through whom, when, how, and why."""

import re
from dataclasses import replace

from qala.exports.cards import LONGEST_CONTENT, render_cards
from qala.exports.labels import label
from qala.model import Attribution, Document, Layout, Reading, Span, Statement

TAGS = re.compile(r"<[^>]*>")


def cards(reading: Reading) -> list[str]:
    return render_cards(reading, "a1").split('<li class="card')[1:]


def test_a_card_says_who_how_and_what(reading):
    first = cards(reading)[0]
    assert '<span class="who"><bdi dir="rtl">ليما</bdi></span>' in first
    assert label("acts", "deny") in first and "<code>deny</code>" in first
    assert "شراء السفن" in first
    assert "<code>pe</code>" in first
    assert label("fields", "repeated") in first and "مراراً" in first
    assert "- ماذا تقول ليما؟" in first


def test_channel_time_hedge_and_chain(reading):
    text = TAGS.sub(" ", cards(reading)[1])
    for words in (
        "أمس الاثنين",
        "2024-10-14",
        "ربما",
        label("kinds", "agency"),
        label("statuses", "not recorded"),
    ):
        assert words in text
    assert cards(reading)[1].count("<li>") - cards(reading)[1].count("<ul><li>") >= 3


def test_a_source_written_otherwise_is_shown_as_written(reading):
    assert label("fields", "as_written") in cards(reading)[1]
    assert "وزيرة النقل إيلينا كاسترو" in cards(reading)[1]
    assert label("fields", "elided") in cards(reading)[2]
    assert label("fields", "as_written") not in cards(reading)[0]


def test_inside_another_statement(reading):
    assert "inner" in cards(reading)[3].split('"')[0]
    assert '<a href="#a1-s3">' in cards(reading)[3]


def test_candidates_are_listed_and_none_is_chosen(reading):
    text = TAGS.sub(" ", cards(reading)[3])
    assert label("fields", "open_speaker") in text
    assert "ca" in text and "ottawa-city" in text


def test_unknown_speaker_and_cut_content(reading):
    text = TAGS.sub(" ", cards(reading)[4])
    assert label("fields", "unknown_speaker") in text
    assert label("fields", "truncated") in text


def test_why_gives_rules_words_and_offsets(reading):
    first = cards(reading)[0]
    start, end = reading.statements[0].attribution.cue[0]
    assert f"<code>cue {start}-{end}</code>" in first
    assert "<code>cue:nafa</code>" in first and "a note" in first
    assert label("types", "indirect") in first


def test_no_statements_is_said():
    empty = Reading(Document("x", "نص"), Layout((), (), (), (), ()), ())
    assert label("fields", "none") in render_cards(empty, "a1")


def test_a_long_content_is_shortened_on_its_card_only():
    text = "قال إن " + "كلمة " * 400
    attribution = Attribution("s1", (Span(0, 3),), (Span(4, len(text)),), "indirect", "assert")
    reading = Reading(Document("x", text), Layout((), (), (), (), ()), (Statement(attribution),))
    quoted = re.search(r"<blockquote>(.*?)</blockquote>", render_cards(reading, "a1")).group(1)
    assert len(TAGS.sub("", quoted)) <= LONGEST_CONTENT and "…" in quoted


def test_a_vague_time_is_said_to_be_undated(reading):
    vague = replace(reading.statements[1], when_date=None)
    shown = render_cards(replace(reading, statements=(vague,)), "a1")
    assert label("fields", "undated") in shown


def test_rules_and_notes_of_data_files_are_escaped(reading):
    found = reading.statements[0].attribution
    evidence = (found.evidence[0]._replace(rule="<i>", note="<b>"),)
    statement = replace(reading.statements[0], attribution=replace(found, evidence=evidence))
    shown = render_cards(replace(reading, statements=(statement,)), "a1")
    assert "<i>" not in shown and "<b>" not in shown


def test_event_times_quantities_and_why_a_source_is_unnamed(reading):
    text = TAGS.sub(" ", cards(reading)[1])
    for words in (
        label("fields", "times"),
        "2024-10-20",
        label("fields", "planned"),
        label("fields", "quantities"),
    ):
        assert words in text
    statement = reading.statements[1]
    unnamed = replace(
        statement.speaker, kind="anonymous", source_type="official", anonymity=Span(0, 4), said_as="kremlin"
    )
    changed = replace(reading, statements=(replace(statement, speaker=unnamed),))
    shown = TAGS.sub(" ", cards(changed)[0])
    for words in (
        label("source_types", "official"),
        label("fields", "anonymity"),
        label("fields", "read_as"),
    ):
        assert words in shown
