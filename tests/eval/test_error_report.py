import pytest
from eval.error_counts import Counts, confusion_lines, count_rows, count_table, miss_lines, speaker_table
from eval.error_report import render_report, worst_false, worst_missed, worst_speakers
from eval.error_rows import NO_CUE, make_rows, sentence_of
from eval.matching import match_article


@pytest.fixture
def rows(scorer, article, read):
    return make_rows(match_article(scorer, article, read))


def test_each_side_has_its_headings(rows):
    right, wrong, missed, false = rows
    assert right.gold.act == right.read.act == "assert"
    assert right.gold.cue == right.read.cue == "qala"
    assert right.gold.construction == right.read.construction == "comp"
    assert (right.gold.outlet, right.gold.year) == ("here", "2018")
    assert wrong.read.act == "warn" and wrong.gold.act == "assert"
    assert missed.read is None and missed.gold.act == "deny"
    assert false.gold is None


def test_what_was_read_at_the_same_cue_is_shown(rows):
    _, _, missed, false = rows
    assert missed.miss == "read otherwise"
    assert missed.near is false.match.read
    assert false.near is missed.match.gold


def test_a_cue_that_the_lexicon_lacks(scorer, article):
    strange = dict(article.statements[0], id="s9", cue=[[18, 24]])
    article.statements = [strange]
    (row,) = make_rows(match_article(scorer, article, []))
    assert (row.miss, row.gold.cue) == ("no cue", NO_CUE)
    assert "the lexicon has no such cue: 1" in "\n".join(miss_lines([row]))


def test_a_refused_reading_says_by_how_much(scorer, article):
    rows = make_rows(match_article(scorer, article, []))
    assert rows[0].miss == "refused"
    assert worst_missed(rows)[0].miss == "refused"


def test_counts(rows):
    acts = count_rows(rows, "act")
    assert acts["assert"] == Counts(gold=2, found=2, read=1, right=1)
    assert acts["warn"] == Counts(read=1, right=1, speaker=1, end=1, act=1)
    assert acts["deny"] == Counts(gold=1, read=1)
    assert acts["deny"].errors == 2
    assert list(confusion_lines(rows)) == ["- assert read as warn: 1"]


def test_every_heading_counts_every_statement(rows):
    for heading in ("act", "cue", "construction", "outlet", "year"):
        counts = count_rows(rows, heading).values()
        assert (sum(c.gold for c in counts), sum(c.read for c in counts)) == (3, 3)
        assert len(list(count_table(rows, heading))) == 2 + len(counts)


def test_speakers_are_counted_by_rule(rows):
    assert list(speaker_table(rows))[2:] == [
        "| left-out | prior | 1 | 1 | 0.00 |",
        "| ? | ? | 1 | 0 | 1.00 |",
    ]


def test_the_surest_comes_first(rows):
    assert worst_false([*rows, rows[3]])[0] is rows[3]
    assert worst_speakers(rows) == [rows[1]]
    assert worst_missed(rows) == [rows[2]]


def test_the_sentence_holds_both_sides(rows):
    assert sentence_of(rows[0].match) == "قالت الوزيرة ليلى إن الطريق مفتوح."
    assert "[…]" in sentence_of(rows[0].match, longest=20)


def test_the_report_tells_what_was_read_and_what_was_right(rows):
    text = render_report(rows, [], rows)
    assert "# The shared gold (dev and events)" in text and "own annotations" not in text
    assert "`cue:qala` (verbs.yaml:7)" in text
    assert "**gold, at the same cue**" in text and "missed: the cue was read, with another content" in text
    assert text.count("#### ") == 3 + 3  # one false, one missed, one wrong speaker; the same for the seed
    assert all(line.count("\u2068") == line.count("\u2069") for line in text.splitlines())
