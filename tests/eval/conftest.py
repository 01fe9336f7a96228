import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # eval and training lie beside the package

from eval.gold_scorer import load_scorer
from training.gold import SHARED, make_article

LINE = "قالت الوزيرة ليلى إن الطريق مفتوح. وأضافت أن العمل بدأ أمس. ونفى علي وجود تأخير."


def span(part, text=LINE):
    start = text.index(part)
    return [start, start + len(part)]


def statement(number, cue, content, speaker, act="assert", source=None, text=LINE):
    return {
        "id": f"s{number}",
        "source": span(source, text) if source else None,
        "speaker": speaker,
        "cue": [span(cue, text)],
        "content": [span(content, text)],
        "type": "indirect",
        "act": act,
        "hedged": False,
        **dict.fromkeys(("channel", "channel_kind", "when", "when_date", "parent")),
    }


def gold_statements():
    return [
        statement(1, "قالت", "إن الطريق مفتوح", "ليلى", source="الوزيرة ليلى"),
        statement(2, "أضافت", "أن العمل بدأ أمس", "ليلى"),
        statement(3, "نفى", "وجود تأخير", "علي", "deny", "علي"),
    ]


@pytest.fixture
def article():
    row = {"id": "made-up", "text": LINE, "statements": gold_statements(), "published": "2018-05-06"}
    return make_article({**row, "outlet": "here"}, "dev")


@pytest.fixture
def read():
    """One right, one with the wrong speaker and end, one false; and one of the gold is missed."""
    right = statement(1, "قالت", "إن الطريق مفتوح", "ليلى", source="الوزيرة ليلى")
    wrong = statement(2, "أضافت", "أن العمل بدأ", "علي", "warn")
    false = statement(3, "نفى", "علي", "ليلى", "deny")
    for score, found in enumerate((right, wrong, false)):
        found["score"] = float(score)
        found["evidence"] = [
            {"rule": "cue:qala", "spans": [], "note": "verbs.yaml:7"},
            {"rule": "frame:comp", "spans": [], "note": "+1.00"},
        ]
    wrong["evidence"].append({"rule": "source:left-out", "spans": [], "note": ""})
    wrong["speaker_details"] = {"evidence": [{"rule": "speaker:prior", "spans": [], "note": ""}]}
    return [right, wrong, false]


@pytest.fixture
def scorer():
    path = SHARED / "gold" / "score.py"
    if not path.is_file():
        pytest.skip("the shared scorer is not here")
    return load_scorer(path)
