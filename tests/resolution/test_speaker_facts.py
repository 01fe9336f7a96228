"""What all candidate speakers of a statement share: the word before a relative pronoun."""

import pytest

from qala.pipeline import scan_text
from qala.resolution.speaker_facts import antecedent_of


@pytest.mark.parametrize(
    ("text", "cue", "antecedent"),
    [
        ("التقى الوفد مدير المصنع، الذي قال إن العمل توقف.", "قال", "المصنع"),
        ("التقى الوفد مدير المصنع الذي قال إن العمل توقف.", "قال", "المصنع"),
        ("وصلت سفينة الشركة، التي كانت قد أكدت أن العمل توقف.", "أكدت", "الشركة"),
        ("وصلت سفينة الشركة، التي لم تؤكد أن العمل توقف.", "تؤكد", "الشركة"),
        ("قال المدير إن العمل توقف.", "قال", None),
        ("الذي قال إن العمل توقف.", "قال", None),
    ],
)
def test_the_antecedent_stands_before_the_relative_pronoun(text: str, cue: str, antecedent: str | None) -> None:
    scan, _, _ = scan_text(text)
    at = scan.words.first_in(text.index(cue))
    found = antecedent_of(scan, at)
    assert (scan.words.span(found, found).of(text) if found >= 0 else None) == antecedent
