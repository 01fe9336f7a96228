"""From drafts to attributions: spans of the text, parents, evidence."""

from hypothesis import given
from hypothesis import strategies as st

from qala.extraction.assemble import assemble
from qala.extraction.attribution import find_drafts
from qala.extraction.ranker import load_rankers
from qala.model import Attribution
from qala.pipeline import scan_text


def read(text: str) -> list[Attribution]:
    scan, layout, _ = scan_text(text)
    rankers = load_rankers()
    return assemble(scan, find_drafts(scan, rankers), layout, rankers)


def test_spans_leave_out_the_joined_and() -> None:
    text = "وقال الوزير إن المفاوضات صعبة."
    (found,) = read(text)
    assert [span.of(text) for span in found.cue] == ["قال"]
    assert found.source is not None
    assert found.source.of(text) == "الوزير"
    assert found.content[0].of(text) == "إن المفاوضات صعبة"


def test_a_statement_inside_another_names_its_parent() -> None:
    text = "قال الوزير إن المدير أكد أن العمل انتهى."
    found = read(text)
    inner = [a for a in found if a.parent]
    assert [a.parent for a in inner] == [found[0].id] * len(inner)
    assert len(inner) == 1


def test_evidence_names_cue_frame_and_source() -> None:
    (found,) = read("أكد المدير أن العمل انتهى.")
    rules = [evidence.rule for evidence in found.evidence]
    assert rules[0].startswith("cue:")
    assert rules[1] == "frame:comp"
    assert rules[2].startswith("source:")


def test_nothing_said_nothing_found() -> None:
    assert read("") == []
    assert read("الطقس جميل في المدينة هذا الصباح.") == []


PIECES = st.sampled_from(
    [
        "قال",
        "وقال",
        "الوزير",
        "إن",
        "أن",
        "أكد",
        "العمل",
        "انتهى",
        "أمس",
        "،",
        ".",
        '"',
        ":",
        "\n",
        "وفقا",
        "للمدير",
    ]
)


@given(st.lists(PIECES, max_size=40))
def test_spans_lie_in_the_text_and_ids_count(pieces: list[str]) -> None:
    text = " ".join(pieces)
    found = read(text)
    assert [a.id for a in found] == [f"s{number}" for number in range(1, len(found) + 1)]
    for attribution in found:
        spans = [*attribution.cue, *attribution.content, *attribution.hedges]
        spans += [span for span in (attribution.source, attribution.when, attribution.channel) if span]
        for span in spans:
            assert 0 <= span.start < span.end <= len(text)
            assert span.of(text).strip() == span.of(text)
