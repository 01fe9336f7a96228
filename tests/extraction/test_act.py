"""What a source does with its content, the type of its quotation, its hedges."""

import pytest

from qala.extraction.act import act_features, choose_act, find_hedges, quote_type
from qala.extraction.attribution import Draft, find_drafts
from qala.extraction.ranker import load_rankers
from qala.extraction.scan import Scan
from qala.model import ACTS
from qala.pipeline import scan_text


def read(text: str) -> tuple[Scan, Draft]:
    scan, _, _ = scan_text(text)
    return scan, find_drafts(scan, load_rankers())[0]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("قال الوزير إن المفاوضات بدأت أمس.", "assert"),
        ("نفى المتحدث وجود أي خلاف داخل الحكومة.", "deny"),
        ("هدد القائد بقصف المدينة إذا لم تستسلم.", "threaten"),
        ("اتهمت المنظمة الجيش بارتكاب جرائم حرب.", "accuse"),
    ],
)
def test_the_verb_tells_the_act(text: str, act: str) -> None:
    scan, draft = read(text)
    assert choose_act(scan, draft, load_rankers().act) == act


def test_without_weights_the_lexicon_decides() -> None:
    scan, draft = read("نفى المتحدث وجود أي خلاف داخل الحكومة.")
    assert choose_act(scan, draft, {}) == draft.reading.cue.form.entry.act


def test_weights_in_rows_and_one_by_one_choose_alike() -> None:
    scan, draft = read("حذر الخبير من أن الأسعار سترتفع كثيرا في الشتاء المقبل.")
    weights = load_rankers().act
    assert choose_act(scan, draft, dict(weights)) == choose_act(scan, draft, weights)
    assert choose_act(scan, draft, weights) in ACTS


def test_features_name_the_entry_and_the_first_words() -> None:
    scan, draft = read("قال الوزير إن المفاوضات بدأت أمس.")
    features = act_features(scan, draft)
    assert "eqala" in features
    assert any(feature.startswith("w0") for feature in features)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ('قال الوزير: "المفاوضات بدأت أمس".', "direct"),
        ('قال الوزير إن المفاوضات "صعبة جدا".', "mixed"),
        ("قال الوزير إن المفاوضات صعبة.", "indirect"),
        ('قال الوزير إن "المفاوضات بدأت أمس".', "direct"),
    ],
)
def test_quotation_types(text: str, right: str) -> None:
    scan, draft = read(text)
    assert quote_type(scan, draft.reading.start, draft.end) == right


def test_hedges_stand_near_the_beginning_of_the_content() -> None:
    scan, draft = read("قال الطبيب إن العلاج ربما ينجح هذا العام.")
    found = find_hedges(scan, draft.reading.start, draft.end)
    assert [scan.words.plains[j] for j in found] == ["ربما"]
