"""A statement in its article: the stretch around it, its marks, and what is told of speaker and chain."""

import re
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from qala.cli.ledger_statement import (
    describe_chain,
    describe_judgement,
    describe_speaker,
    explain,
    list_evidence,
    show_context,
    show_statement,
    show_text,
)
from qala.cli.screen import Mark, Screen
from qala.model import Attribution, Document, Evidence, Hop, Quantity, Span, Speaker, StatedTime, Statement
from qala.records import Judgement, Record

TEXT = "العنوان هنا\nنفت ليما مراراً أمس شراء ثلاث سفن عام 2023.\nوانتهى الخبر.\n"
SCREEN = Screen(100, False)


def find(words):
    start = TEXT.index(words)
    return Span(start, start + len(words))


def make_record(**changes):
    found = Attribution(
        "s1",
        (find("نفت"),),
        (find("شراء ثلاث سفن عام 2023"),),
        "indirect",
        "deny",
        source=find("ليما"),
        when=find("أمس"),
        repeated=find("مراراً"),
        evidence=(Evidence("cue:nafa", (find("نفت"),), "verbs.yaml:1"),),
    )
    speaker = Speaker("ليما", find("ليما"), kind="government", evidence=(Evidence("kind:metonym", (find("ليما"),)),))
    statement = Statement(
        found,
        speaker,
        "2024-01-01",
        (Hop("speaker", "named", "ليما", find("ليما")), Hop("page", "not recorded", None, None)),
        (StatedTime(find("عام 2023"), "2023", "year"),),
        (Quantity(find("ثلاث سفن"), 3, 3),),
    )
    document = Document("one", TEXT, date(2024, 1, 2), "outlet")
    return Record("a" * 32, "d" * 32, document, statement, **changes)


def flat(lines):
    return " ".join(re.sub("[\u2066-\u2069]", "", "\n".join(line.plain for line in lines)).split())


def test_every_part_of_a_statement_is_told():
    judged = Judgement("j" * 32, "reject", ("a" * 32,), "منى", datetime(2024, 1, 3, 4, 5, tzinfo=UTC), reason="سبب")
    shown = flat(show_statement(make_record(parent="b" * 32, judgements=(judged,)), [make_record()], SCREEN))
    for part in (
        "act deny · indirect · repeated · rejected by a person",
        "speaker ليما · government",
        "said 2024-01-01 · أمس",
        "chain speaker ليما ← page (not recorded)",
        "event time عام 2023 · 2023",
        "figure ثلاث سفن",
        f"inside {'b' * 12}",
        f"holds {'a' * 12} · deny",
        "rules cue:nafa, kind:metonym",
        "judgement reject by منى on 2024-01-03 04:05+00:00: سبب",
        "<<نفت>> ((ليما)) مراراً أمس [[شراء ثلاث سفن عام 2023]].",
    ):
        assert part in shown, part


def test_why_tells_rules_with_offsets_and_words():
    shown = flat(explain(make_record(), []))
    start, end = find("نفت")
    assert f"cue:nafa {start}-{end} نفت (verbs.yaml:1)" in shown
    assert "a person found it" in shown and "page not recorded" in shown
    assert [each.rule for each in list_evidence(make_record().statement)] == ["cue:nafa", "kind:metonym"]


def test_what_is_not_known_is_said():
    assert describe_speaker(None, "") == ["not recorded"]
    assert describe_chain(()) == "not recorded"
    open_ = Speaker("ليما", Span(0, 0), candidates=("pe", "lima"))
    assert "open between \u2068pe, lima\u2069" in describe_speaker(open_, TEXT)
    judgement = Judgement("j" * 32, "act", ("a",), "s.k.", datetime(2024, 1, 3, tzinfo=UTC), "warn")
    assert describe_judgement(judgement).startswith("act \u2068warn\u2069 by")


def test_marks_go_on_behind_a_line_end():
    mark = Mark(Span(2, 9), "bold", "[", "]")
    lines = [
        line.plain.strip(" \u2066\u2067\u2068\u2069")
        for line in show_text("ab cd\n\nefg h", Span(0, 12), [mark], SCREEN)
    ]
    assert lines == ["ab[ cd]", "[ef]g h"]


@given(st.integers(0, 80))
def test_the_context_cuts_no_word(context):
    shown = flat(show_context(make_record(), SCREEN, context)).split("[[content]]")[-1]
    words = re.sub(r"[<>().\[\]\u2026]", "", shown).split()
    assert set(words) <= set(TEXT.replace(".", "").split())
    assert "<<نفت>>" in shown and "[[شراء ثلاث سفن عام 2023]]" in shown
    start, end = find("نفت").start - context, find("عام 2023").end + context
    assert (shown.count("\u2026") == 2) == (start > 0 and end < len(TEXT))


@given(st.text(st.sampled_from("اب x\n\u2028\u0085\r"), max_size=200))
def test_a_text_without_marks_is_shown_whole(text):
    shown = "".join(line.plain for line in show_text(text, Span(0, len(text)), [], SCREEN))
    assert re.sub("[\u2066-\u2069\\s]", "", shown) == re.sub(r"\s", "", text)
