"""Looking into a ledger: what is found, shown and explained, and that looking changes nothing."""

import json
import re
import sqlite3
from datetime import date, datetime

import pytest

from qala.ledger.ledger import Ledger
from qala.model import Document, Origin, RefusedInput
from qala.pipeline import extract

FIRST = """\
قال الوزير كمال الراوي أمس إن "المصنع أغلق أبوابه ربما"، فيما نفى المدير سامي حداد أن يكون العمال قد سرحوا.
- ماذا يقول العمال؟
وأضاف الراوي أن القرار نهائي، بحسب ما نقلته وكالة رويترز.
"""
SECOND = "أكدت وزارة الصحة أنّ المصنع آمن. وقالت كندا إن بيرو نفت شراء السفن.\n"
HOSTILE = "قال الناطق\u202e علي حسن إن \x1b[31m المصانع\x07 كلها مفتوحة.\n"

READ_ONLY = (
    ["search", "المصنع"],
    ["search", "", "--json"],
    ["speakers"],
    ["refusals"],
    ["stats"],
    ["judgements"],
    ["verify"],
)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A ledger of three articles, a refusal and two judgements."""
    path = tmp_path_factory.mktemp("look") / "news.db"
    articles = [
        Document("one", FIRST, date(2024, 3, 5), "صحيفة المثال", title="المصنع مغلق", origin=Origin("one.txt")),
        Document("two", SECOND, datetime(2024, 3, 9, 8, 30), "example", url="https://example.org/2"),
        Document("three", HOSTILE, title="خبر\x1b[2J\u202eمقلوب\nسطر", origin=Origin("three\u202e.txt")),
    ]
    refused = RefusedInput("سيء\x1b[0m.txt", "no text\u202e", "no_text")
    with Ledger.open(path) as ledger:
        ledger.add_readings([*(extract(article) for article in articles), refused])
        for record in ledger.records():
            if record.statement.attribution.act == "deny" and record.document.id == "one":
                ledger.judge("accept", record.id, author="منى", reason="نظرت")
    return path


@pytest.fixture
def ask(qala, place):
    """Run a command on the ledger."""

    def run(command, *arguments):
        return qala(command, "--ledger", place, *arguments)

    return run


@pytest.fixture
def denial(place):
    """The denial of the first article."""
    with Ledger.open(place, read_only=True) as ledger:
        return next(
            each for each in ledger.records() if each.document.id == "one" and each.statement.attribution.act == "deny"
        )


def flat(text):
    """Return printed text without isolates and on one line."""
    return " ".join(re.sub("[\u2066-\u2069]", "", text).split())


def hits(ran):
    assert ran.code == 0, ran.err
    return json.loads(ran.out)["hits"]


# search


def test_words_are_found_in_another_spelling_and_marked(ask):
    ran = ask("search", "مصنعُ")
    assert ran.code == 0
    assert "[[المصنع]]" in ran.out and "صحيفة المثال" in ran.out and "2024-03-05" in ran.out
    for hit in hits(ask("search", "مصنع", "--json")):
        assert [[hit["snippet"]]] and any("مصنع" in word for word in [hit["content"], hit["title"] or ""])


def test_marks_of_json_are_spans_of_the_text(ask, place):
    found = hits(ask("search", "المصنع", "--json"))
    with Ledger.open(place, read_only=True) as ledger:
        for hit in found:
            text = ledger.document(hit["document_id"]).text
            assert {text[start:end] for start, end in hit["marks"]} == {"المصنع"}
            start, end = hit["snippet_span"]
            assert text[start:end] == hit["snippet"]


def test_a_word_of_the_source_is_shown_marked(ask):
    ran = ask("search", "الوزير", "--within", "source")
    assert "source \u2067[[الوزير]]" in ran.out


def test_filters_narrow_the_search(ask):
    assert {hit["act"] for hit in hits(ask("search", "", "--act", "deny", "--json"))} == {"deny"}
    assert {hit["outlet"] for hit in hits(ask("search", "--outlet", "example", "--json"))} == {"example"}
    assert {hit["document"] for hit in hits(ask("search", "--published-to", "2024-03-05", "--json"))} == {"one"}
    assert {hit["document"] for hit in hits(ask("search", "--published-from", "2024-03-06", "--json"))} == {"two"}
    assert {hit["said"] for hit in hits(ask("search", "--said-from", "2024-03-04", "--json"))} == {"2024-03-04"}
    assert [hit["act"] for hit in hits(ask("search", "--judged", "--json"))] == ["deny"]
    carried = hits(ask("search", "--carrier", "رويترز", "--json"))
    assert carried and all("رويترز" in json.dumps(hit["chain"], ensure_ascii=False) for hit in carried)
    assert hits(ask("search", "--speaker", "الراوي", "--json"))


def test_pages_follow_each_other(ask):
    every = [hit["record_id"] for hit in hits(ask("search", "", "--json"))]
    paged, after = [], []
    while True:
        page = json.loads(ask("search", "", "--limit", "2", "--json", *after).out)
        paged += [hit["record_id"] for hit in page["hits"]]
        if page["next"] is None:
            break
        after = ["--after", page["next"]]
    assert paged == every and len(every) > 4
    assert "--after" in ask("search", "", "--limit", "2").out


def test_the_best_come_first_on_request(ask):
    ran = ask("search", "المصنع", "--ranked", "--json")
    scores = [hit["score"] for hit in hits(ran)]
    assert scores == sorted(scores, reverse=True) and json.loads(ran.out)["ranked"] == len(scores)


def test_nothing_found_is_said_and_no_error(ask):
    ran = ask("search", "زرافة")
    assert ran.code == 0 and "nothing found" in ran.out


@pytest.mark.parametrize(
    ("arguments", "code", "reason"),
    [
        (["x", "--act", "lie"], 1, "no such act"),
        (["x", "--within", "nowhere"], 1, "no such place"),
        (["ا*"], 1, "letters must stand before"),
        (["المصنع", "--after", "abc"], 1, "no page begins there"),
        (["x", "--said-from", "tomorrow"], 2, "--said-from"),
        (["x", "--limit", "0"], 2, "--limit"),
    ],
)
def test_what_cannot_be_searched_is_one_line(ask, arguments, code, reason):
    ran = ask("search", *arguments)
    assert ran.code == code and ran.out == "" and reason in ran.err
    assert len(ran.err.splitlines()) == 1


@pytest.mark.parametrize("query", ['"', "' OR 1=1 --", 'x" OR content:y', "NEAR(a b)", "*", "(((", "\x00"])
def test_a_query_is_never_the_engines_syntax(ask, query):
    ran = ask("search", "--", query)
    assert ran.code == 0 and ran.err == ""


# show and why


def test_a_statement_is_shown_in_its_article(ask, denial):
    ran = ask("show", denial.id[:10])
    assert ran.code == 0 and denial.id in ran.out
    assert "deny" in ran.out and "سامي حداد" in ran.out and "المصنع مغلق" in ran.out
    content, source = denial.statement.attribution.content[0].of(FIRST), denial.statement.attribution.source.of(FIRST)
    assert f"<<نفى>> (({source})) " in flat(ran.out) and f"[[{content}]]" in flat(ran.out)
    assert "accept by" in ran.out and "منى" in ran.out and "نظرت" in ran.out
    assert "chain" in ran.out and "rules" in ran.out and "cue:" in ran.out
    assert "كمال الراوي" in ran.out  # what stands around it


def test_the_context_can_be_left_out_or_be_everything(ask, denial):
    alone = ask("show", denial.id, "--context", "0").out
    assert "<<نفى>>" in alone and "المصنع أغلق" not in alone and alone.count("\u2026") >= 2
    whole = ask("show", denial.id, "--whole").out
    assert "رويترز" in whole and "\u2026" not in whole.split("marked:")[1]


def test_a_statement_that_holds_another_names_it(ask, place):
    with Ledger.open(place, read_only=True) as ledger:
        inner = next(each for each in ledger.records() if each.parent)
    assert inner.id[:12] in ask("show", inner.parent).out
    assert inner.parent[:12] in ask("show", inner.id).out
    assert json.loads(ask("show", inner.parent, "--json").out)["holds"] == [inner.id]


def test_an_article_is_shown_with_its_statements(ask, denial):
    for id_ in ("one", denial.document_id, denial.document_id[:8]):
        ran = ask("show", id_)
        assert ran.code == 0 and denial.document_id in ran.out and denial.id[:12] in ran.out
        assert "صحيفة المثال" in ran.out and "one.txt" in ran.out
    marked = ask("show", "one", "--whole").out
    assert "<<نفى>>" in marked and "<<قال>>" in marked and "ماذا" in marked


def test_shown_as_json(ask, denial):
    told = json.loads(ask("show", denial.id, "--json").out)
    assert (told["record_id"], told["act"], told["rejected"]) == (denial.id, "deny", False)
    start, end = told["content_spans"][0]
    assert denial.document.text[start:end] == told["content"]
    article = json.loads(ask("show", "one", "--json").out)
    assert article["text"] == FIRST and article["document_id"] == denial.document_id
    assert denial.id in [each["record_id"] for each in article["statements"]]


def test_an_id_must_be_there_and_unique(ask, place):
    for id_ in ("zz", "ffffffffffffffff", "' OR 1=1", " "):
        ran = ask("show", id_)
        assert ran.code == 1 and len(ran.err.splitlines()) == 1
    with Ledger.open(place, read_only=True) as ledger:
        ids = [each.id for each in ledger.records()] + [id_ for id_, _ in ledger.documents()]
    shared = next(letter for letter in "0123456789abcdef" if sum(id_.startswith(letter) for id_ in ids) > 1)
    assert "several" in ask("show", shared).err


def test_every_rule_is_told_with_its_words(ask, denial):
    ran = ask("why", denial.id[:10])
    assert ran.code == 0 and ran.err == ""
    speaker = denial.statement.speaker
    assert speaker is not None
    for evidence in (*denial.statement.attribution.evidence, *speaker.evidence):
        assert evidence.rule in ran.out
        for span in evidence.spans:
            assert f"{span.start}-{span.end}" in ran.out and span.of(FIRST) in ran.out
    assert "lexicon" in ran.out and "models" in ran.out
    told = json.loads(ask("why", denial.id, "--json").out)
    assert next(each["words"] for each in told["reasons"] if each["rule"].startswith("cue:")) == ["نفى"]
    assert len(told["runs"]) == 1 and told["judgements"][0]["author"] == "منى"


# lists


def test_speakers_are_counted_and_found_by_part_of_a_name(ask, place):
    told = [json.loads(line) for line in ask("speakers", "--json").out.splitlines()]
    with Ledger.open(place, read_only=True) as ledger:
        assert told == [each._asdict() for each in ledger.speakers()]
    assert [json.loads(line)["name"] for line in ask("speakers", "الرَّاوي", "--json").out.splitlines()] == [
        "كمال الراوي"
    ]
    assert "more: --limit" in ask("speakers", "--limit", "1").out


def test_stats_count_what_is_there(ask, place):
    told = json.loads(ask("stats", "--json").out)
    with Ledger.open(place, read_only=True) as ledger:
        assert (told["documents"], told["statements"]) == (3, len(list(ledger.records(rejected=True))))
    assert (told["refusals"], told["judgements"], told["refused"]) == (1, 1, {"no_text": 1})
    shown = ask("stats").out
    assert "documents" in shown and "deny" in shown and "no_text" in shown


# safety


def test_nothing_of_a_page_acts_on_the_terminal(ask):
    found = [hit["record_id"] for hit in hits(ask("search", "المصانع", "--json"))]
    assert len(found) == 1
    commands = [["search", "المصانع"], ["show", found[0]], ["show", "three", "--whole"], ["why", found[0]]]
    for command in [*commands, ["refusals"], ["speakers"]]:
        shown = ask(*command).out
        assert not {"\x1b", "\x07", "\u202e", "\r"} & set(shown), command
        assert shown.count("\u2067") + shown.count("\u2068") == shown.count("\u2069"), command


def test_looking_changes_nothing(ask, place, denial):
    before = place.read_bytes()
    for command in [*READ_ONLY, ["show", denial.id], ["show", "one"], ["why", denial.id]]:
        assert ask(*command).code == 0, command
    assert place.read_bytes() == before
    with sqlite3.connect(place) as connection:
        assert connection.execute("SELECT count(*) FROM judgements").fetchone() == (1,)


@pytest.mark.parametrize("command", [*READ_ONLY, ["show", "abc"], ["why", "abc"]], ids=" ".join)
def test_looking_makes_no_ledger(qala, tmp_path, command):
    place = tmp_path / "none.db"
    ran = qala(*command, "--ledger", place)
    assert ran.code == 1 and "no ledger" in ran.err and not place.exists()


def test_a_ledger_that_cannot_be_written_can_be_looked_at(qala, place, tmp_path):
    copy = tmp_path / "kept.db"
    copy.write_bytes(place.read_bytes())
    copy.chmod(0o444)
    ran = qala("search", "المصنع", "--ledger", copy)
    assert ran.code == 0 and "[[المصنع]]" in ran.out


@pytest.mark.parametrize("command", ["search", "show", "why", "speakers", "refusals", "stats"])
def test_help_has_examples(qala, command):
    shown = qala(command, "--help").out
    assert "Example" in shown and "--json" in shown
