"""From an annotated article to decisions: the annotated spans are found again among the candidates."""

from typing import Any

import pytest

pytest.importorskip("scipy")

from training.gold import Article, make_article
from training.groups import (
    accepted_of,
    act_group,
    align,
    end_group,
    examples,
    name_keys,
    phrase_group,
    reading_decisions,
    source_group,
    speaker_groups,
)

from qala.extraction.attribution import find_drafts
from qala.extraction.contents import find_ends
from qala.extraction.ranker import load_rankers
from qala.extraction.sources import find_sources
from qala.model import ACTS

TEXT = (
    "قال وزير الخارجية سامي حداد أمس الاثنين إن الاتفاق قريب.\n\n"
    "وأضاف حداد أن الوفد سيعود غدا. ونفت الحكومة وجود أي خلاف.\n\n"
    "ووصل الوفد إلى المطار مساء."
)


def span(words: str, nth: int = 0) -> list[int]:
    at = -1
    for _ in range(nth + 1):
        at = TEXT.index(words, at + 1)
    return [at, at + len(words)]


def statement(number: int, cue: str, content: str, source: str, speaker: str, **more: Any) -> dict[str, Any]:
    return {
        "id": f"s{number}",
        "cue": [span(cue)],
        "content": [span(content)],
        "source": span(source, more.pop("nth", 0)),
        "speaker": speaker,
        "type": "indirect",
        "act": "assert",
        "hedged": False,
        **dict.fromkeys(("channel", "channel_kind", "when", "when_date", "parent")),
        **more,
    }


@pytest.fixture(scope="module")
def article() -> Article:
    statements = [
        statement(1, "قال", "إن الاتفاق قريب", "وزير الخارجية سامي حداد", "سامي حداد", when=span("أمس الاثنين")),
        statement(2, "أضاف", "أن الوفد سيعود غدا", "حداد", "سامي حداد", nth=1),
        statement(3, "نفت", "وجود أي خلاف", "الحكومة", "الحكومة", act="deny"),
    ]
    row = {"id": "made-up", "text": TEXT, "published": "2023-09-05", "statements": statements}
    return make_article(row, "made up")


def test_each_annotated_statement_has_one_decision_with_a_right_reading(article: Article) -> None:
    decisions = reading_decisions(article)
    found = [d.statement["id"] for d in decisions if d.statement is not None]
    assert found == ["s1", "s2", "s3"]
    for decision in decisions:
        assert len(decision.readings) == len(decision.group.candidates)
        assert bool(decision.group.right) == (decision.statement is not None)
        assert all(0 <= i < len(decision.readings) for i in decision.group.right)


def test_the_right_reading_begins_where_the_annotation_does(article: Article) -> None:
    for decision in reading_decisions(article):
        if decision.statement is None:
            continue
        start = decision.statement["content"][0][0]
        for i in decision.group.right:
            assert article.scan.words.starts[decision.readings[i].start] == start


def test_examples_come_in_order_with_their_source(article: Article) -> None:
    found = examples(article, reading_decisions(article))
    assert [example.statement["id"] for example in found] == ["s1", "s2", "s3"]
    for example in found:
        source = example.draft.source
        assert source is not None
        assert list(article.scan.words.span(source.first, source.last)) == example.statement["source"]


def test_the_annotated_end_and_source_are_right_candidates(article: Article) -> None:
    words = article.scan.words
    for example in examples(article, reading_decisions(article)):
        ends = end_group(article.scan, example, accepted_of([]))
        assert ends is not None
        found = find_ends(article.scan, example.reading)
        assert {words.ends[found[i]] for i in ends.right} == {example.statement["content"][0][1]}
        sources = source_group(article.scan, example)
        assert sources is not None
        spans = find_sources(article.scan, example.reading)
        assert len(sources.candidates) == len(spans) + 1
        assert [*words.span(spans[min(sources.right)].first, spans[min(sources.right)].last)] == (
            example.statement["source"]
        )


def test_a_left_out_source_is_the_last_candidate(article: Article) -> None:
    example = examples(article, reading_decisions(article))[1]
    left_out = example._replace(statement={**example.statement, "source": None})
    group = source_group(article.scan, left_out)
    assert group is not None
    assert group.right == {len(group.candidates) - 1}


def test_the_act_is_one_of_all(article: Article) -> None:
    acts = [act_group(article.scan, example) for example in examples(article, reading_decisions(article))]
    assert [[ACTS[i] for i in group.right] for group in acts] == [["assert"], ["assert"], ["deny"]]
    assert all(len(group.candidates) == len(ACTS) for group in acts)


def test_the_time_of_the_saying_is_a_candidate(article: Article) -> None:
    first, second, _ = examples(article, reading_decisions(article))
    dated = phrase_group(article.scan, first, "when")
    assert dated is not None and len(dated.right) == 1
    undated = phrase_group(article.scan, second, "when")
    assert undated is None or not undated.right


def test_drafts_are_aligned_with_the_statements_that_they_share(article: Article) -> None:
    drafts = find_drafts(article.scan, load_rankers())
    found = [row["id"] for row in align(article, drafts) if row]
    assert found == sorted(set(found))
    assert "s1" in found
    assert align(article, []) == []


def test_the_right_speaker_is_among_the_candidates_of_each_draft(article: Article) -> None:
    drafts = find_drafts(article.scan, load_rankers())
    groups = speaker_groups(article, drafts)
    assert len(groups) == sum(row is not None for row in align(article, drafts))
    assert all(group.right and not group.none for group in groups)


def test_an_article_without_statements_teaches_that_nothing_is_said() -> None:
    bare = make_article({"id": "bare", "text": TEXT, "statements": []}, "made up")
    decisions = reading_decisions(bare)
    assert decisions
    assert not any(decision.group.right or decision.statement for decision in decisions)


def test_names_are_compared_without_article_and_spelling() -> None:
    assert name_keys("الحكومة") == name_keys("حكومه")
    assert name_keys("سامي حدّاد") == name_keys("سامي حداد")
    assert name_keys(None) == frozenset()
