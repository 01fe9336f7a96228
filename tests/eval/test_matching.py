from eval.gold_scorer import score_articles
from eval.matching import Tally, match_article, tally, text_of


def test_every_statement_of_either_side_stands_once(scorer, article, read):
    matches = match_article(scorer, article, read)
    assert [(m.gold and m.gold["id"], m.read and m.read["id"]) for m in matches] == [
        ("s1", "s1"),
        ("s2", "s2"),
        ("s3", None),
        (None, "s3"),
    ]


def test_speaker_start_and_end_are_told_apart(scorer, article, read):
    first, second, missed, _ = match_article(scorer, article, read)
    assert (first.speaker, first.start, first.end) == (True, True, True)
    assert (second.speaker, second.start, second.end) == (False, True, False)
    assert not missed.both


def test_a_complementiser_more_or_less_is_the_same_start(scorer, article, read):
    start, end = read[0]["content"][0]
    read[0]["content"] = [[start + len("إن "), end]]
    assert match_article(scorer, article, read)[0].start


def test_sums_are_those_of_the_scorer(scorer, article, read):
    for predicted in (read, read[:1], [], read + article.statements, article.statements[::-1]):
        counts = tally(match_article(scorer, article, predicted))
        scores = score_articles(scorer, [article], {"made-up": predicted})
        assert (counts.gold, counts.read) == (scores["gold"], scores["predicted"])
        assert round(counts.f1(counts.found), 4) == scores["content"]["f1"]
        assert round(counts.f1(counts.right), 4) == scores["attribution"]["f1"]


def test_nothing_on_either_side_is_no_division_by_zero():
    assert Tally(0, 0, 0, 0).f1(0) == 0.0


def test_the_text_under_spans_is_one_line(article):
    assert text_of(article, None) == text_of(article, []) == ""
    assert text_of(article, [0, 4]) == "قالت"
    assert text_of(article, [[0, 4], [5, 12]]) == "قالت … الوزيرة"
