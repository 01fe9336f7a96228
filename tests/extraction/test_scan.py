"""The facts of tokens: borders of sentences, quotations, classes, shapes and cues."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qala.extraction.scan import Scan, find_cues, shape
from qala.lexicon.cues import load_cues
from qala.pipeline import scan_text
from qala.text.normalize import fold
from qala.text.words import MARK, find_words


def scanned(text: str) -> Scan:
    return scan_text(text)[0]


@pytest.mark.parametrize(
    ("word", "right"),
    [
        ("المدينة", "Ae"),
        ("للمدينة", "Le"),
        ("والمدينة", "We"),
        ("بالمدينة", "Be"),
        ("يكتبون", "yn"),
        ("2024", "00"),
        ("NASA", "ZZ"),
        ("محمد", "NN"),
        ("العراقية", "AI"),
    ],
)
def test_shapes(word: str, right: str) -> None:
    assert shape(fold(word)) == right


def test_sentences_end_at_stops_and_lines_but_not_inside_quotations() -> None:
    text = 'قال: "ذهبت. ثم عدت." ثم سكت. وبعد ذلك تكلم.\nسطر جديد'
    scan = scanned(text)
    forms = scan.words.forms
    last = forms.index(fold("سكت"))
    assert scan.sentence_start[last] == 0
    assert forms[scan.sentence_end[last]] == "."
    new = forms.index(fold("سطر"))
    assert scan.sentence_start[new] == new
    assert scan.sentence_end[new] == len(forms)
    assert scan.paragraph_end[0] == forms.index("\n")
    assert scan.paragraph_end[new] == len(forms)


def test_quotation_borders_are_the_outermost_marks() -> None:
    scan = scanned('قال "إن الأمر «صعب» جدا" أمس')
    inner = scan.words.forms.index(fold("صعب"))
    marks = [i for i, form in enumerate(scan.words.forms) if form == '"']
    assert (scan.quote_open[inner], scan.quote_close[inner]) == (marks[0], marks[1])
    assert scan.quote_open[0] == scan.quote_close[-1] == -1


def test_a_word_may_be_several_cues_and_keeps_what_is_joined_to_it() -> None:
    scan = scanned("وقال الوزير إنه مستعد")
    assert [cue.form.entry.id for cue in scan.cue_at[0]] == ["qala"]
    assert scan.cue_at[0][0].prefix == 1
    assert 0 in scan.finite


def test_as_said_needs_its_verb() -> None:
    scan = scanned("الأسعار سترتفع، كما قال التاجر")
    found = [cue for cue in scan.cues if cue.form.entry.kind == "as_said"]
    assert [(cue.last - cue.first) for cue in found] == [1]
    assert not [cue for cue in scanned("كما في العام الماضي").cues if cue.form.entry.kind == "as_said"]


def test_a_title_line_is_known_by_the_blank_line_behind_it() -> None:
    assert scanned("عنوان الخبر\n\nقال الوزير شيئا.").title_end == 2
    assert scanned("سطر أول\nسطر ثان").title_end == 0


def test_a_time_hides_the_class_of_its_words() -> None:
    scan = scanned("قال أمس الاثنين إنه سيعود")
    assert scan.groups[1:3] == ["T", "T"]
    assert scan.groups[-4:] == ["^"] * 4


def test_finding_cues_alone_gives_the_same() -> None:
    text = "أعلنت الشركة أنها ستفتح فرعا، وأضافت أن العمل بدأ وفقا لما ذكره المدير."
    assert find_cues(find_words(text), load_cues()) == scanned(text).cues


PIECES = st.sampled_from(
    [
        "قال",
        "وأضاف",
        "إن",
        "محمد",
        '"',
        "«",
        "»",
        "،",
        ".",
        "\n",
        "\n\n",
        "أمس",
        "12",
        "x",
    ]
)


@given(st.lists(PIECES, max_size=50))
def test_facts_are_parallel_and_borders_hold_their_token(pieces: list[str]) -> None:
    scan = scanned(" ".join(pieces))
    size = len(scan.words)
    for facts in (scan.classes, scan.shapes, scan.tags, scan.quote_open, scan.times, scan.debris):
        assert len(facts) == size
    assert len(scan.groups) == size + 4
    for i in range(size):
        assert scan.sentence_start[i] <= i <= scan.sentence_end[i] <= scan.paragraph_end[i] <= size
        assert (scan.quote_open[i] < 0) == (scan.quote_close[i] < 0)
        if scan.quote_open[i] >= 0:
            assert scan.quote_open[i] <= i <= scan.quote_close[i]
    for cue in scan.cues:
        assert 0 <= cue.first <= cue.last < size
        assert scan.words.kinds[cue.first] != MARK
    assert scan.finite <= scan.cue_at.keys()
