import pytest
from eval.gold_scorer import flatten, load_scorer, score_articles


def test_a_perfect_reading_scores_one(scorer, article):
    found = score_articles(scorer, [article], {"made-up": article.statements})
    assert found["attribution"] == {"p": 1.0, "r": 1.0, "f1": 1.0}
    assert found["speaker"] == 1.0


def test_an_article_without_a_prediction_counts_as_empty(scorer, article):
    found = score_articles(scorer, [article], {})
    assert (found["gold"], found["predicted"], found["content"]["r"], found["speaker"]) == (3, 0, 0.0, 0.0)


def test_the_share_of_right_speakers_is_of_the_matched_contents(scorer, article, read):
    assert score_articles(scorer, [article], {"made-up": read})["speaker"] == 0.5


def test_keys_that_a_set_leaves_out_are_null(scorer, article):
    bare = [{key: s[key] for key in ("id", "cue", "content", "type", "act")} for s in article.statements]
    article.statements = bare
    assert score_articles(scorer, [article], {"made-up": bare})["content"]["f1"] == 1.0


def test_figures_have_flat_names_and_what_was_not_measured_is_left_out():
    found = flatten("dev", {"gold": 3, "content": {"p": 0.5, "r": 1.0}, "when_date": None, "act": 0.9})
    assert found == {"dev.gold": 3, "dev.content.p": 0.5, "dev.content.r": 1.0, "dev.act": 0.9}


def test_a_scorer_that_is_no_python_file_is_refused(tmp_path):
    with pytest.raises(ImportError, match="no Python file"):
        load_scorer(tmp_path / "score.txt")
