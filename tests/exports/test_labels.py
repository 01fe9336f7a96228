"""The Arabic words of the page: one for every name that can come up."""

from datetime import date
from typing import get_args

import pytest

from qala.exports.labels import label, load_labels, tell_publication
from qala.model import ACTS, ChannelKind, DebrisKind, HopKind, PublicationConstraint, QuoteType, SpeakerKind

NAMES = {
    "acts": ACTS,
    "types": get_args(QuoteType),
    "kinds": (*get_args(SpeakerKind), *get_args(HopKind), *get_args(ChannelKind)),
    "weekdays": tuple("1234567"),
    "source_types": (
        "source",
        "security source",
        "medical source",
        "diplomat",
        "official",
        "witness",
        "analyst",
    ),
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


def test_what_a_page_tells_of_its_day_in_words():
    known = PublicationConstraint(weekdays=frozenset((1,)), years=frozenset((2023,)))
    assert tell_publication(known) == f"{label('fields', 'allowed')}: الثلاثاء \u00b7 2023"
    assert tell_publication(PublicationConstraint()) == ""
    both = PublicationConstraint(weekdays=frozenset((1, 3)), earliest=date(2023, 1, 1))
    assert label("fields", "conflicting") in tell_publication(both)
    assert "2023-01-01" in tell_publication(both)
