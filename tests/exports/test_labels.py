"""The Arabic words of the page: one for every name that can come up."""

from typing import get_args

import pytest

from qala.exports.labels import label, load_labels
from qala.model import ACTS, DebrisKind, QuoteType, SpeakerKind

NAMES = {
    "acts": ACTS,
    "types": get_args(QuoteType),
    "kinds": get_args(SpeakerKind),
    "debris": get_args(DebrisKind),
    "statuses": ("named", "anonymous", "not recorded"),
}


@pytest.mark.parametrize("section", NAMES)
def test_every_name_has_a_label(section):
    assert set(NAMES[section]) <= set(load_labels()[section])


def test_no_two_acts_share_a_label():
    assert len(set(load_labels()["acts"].values())) == len(ACTS)


def test_a_name_without_label_stands_for_itself():
    assert label("kinds", "never heard of") == "never heard of"


def test_no_label_judges():
    banned = ("صحيح", "مؤكد", "حقيقة", "كاذب", "موثق")
    for section in load_labels().values():
        for words in section.values():
            assert not any(word in words for word in banned)
