"""One actor or none, with candidates and reasons; metonymy."""

import pytest

from qala.lexicon.actors import load_actors
from qala.resolution.entities import country_of, resolve_entity, speaker_kind

BASE = load_actors()


@pytest.mark.parametrize(
    ("name", "actor", "read_as", "rule"),
    [
        ("الكرملين", "kremlin", "ru:presidency", "metonym:building"),
        ("واشنطن", "washington", "us:government", "metonym:place"),
        ("بيونغ يانغ", "pyongyang", "kp:government", "metonym:place"),
        ("بيونج يانج", "pyongyang", "kp:government", "metonym:place"),
        ("البيت الأبيض", "white-house", "us:presidency", "metonym:building"),
        ("البنتاغون", "pentagon", "us:ministry-defence", "metonym:building"),
        ("الإليزيه", "elysee", "fr:presidency", "metonym:building"),
        ("داونينغ ستريت", "downing-street", "gb:premiership", "metonym:building"),
        ("تل أبيب", "tel-aviv", "il:government", "metonym:place"),
        ("الكنيست", "knesset", "il:parliament", "metonym:building"),
        ("روسيا", "ru", "ru:government", "metonym:state"),
        ("الأمم المتحدة", "un", None, None),
        ("رويترز", "reuters", None, None),
        ("الجزيرة", "al-jazeera", None, None),
        ("وزارة الخارجية الروسية", "ru:ministry-foreign", None, None),
    ],
)
def test_names_of_the_base(name: str, actor: str, read_as: str | None, rule: str | None) -> None:
    result = resolve_entity(name, BASE)
    assert (result.id, result.read_as, result.rule, result.said) == (actor, read_as, rule, name)
    assert result.reasons
    if read_as:
        assert BASE.get(read_as) is not None


@pytest.mark.parametrize(
    ("name", "actor"),
    [
        ("بنيامين نيتانياهو", "benjamin-netanyahu"),
        ("أنطونيو جوتيريش", "antonio-guterres"),
        ("فلاديمير بوتن", "vladimir-putin"),
        ("سيرجى لافروف", "sergei-lavrov"),
        ("دميتري مدفيدف", "dmitry-medvedev"),
        ("عبدالملك الحوثى", "abdulmalik-al-houthi"),
        ("عبد ربه منصور هادى", "abd-rabbuh-mansur-hadi"),
    ],
)
def test_spellings_that_the_base_may_not_have(name: str, actor: str) -> None:
    assert resolve_entity(name, BASE).id == actor


def test_several_candidates_are_none() -> None:
    result = resolve_entity("كلينتون", BASE)
    assert result.id is None
    assert set(result.candidates) == {"bill-clinton", "hillary-clinton"}
    assert "several candidates" in result.reasons


def test_title_and_country_decide() -> None:
    assert resolve_entity("كلينتون", BASE, title="وزيرة الخارجية الأميركية").id == "hillary-clinton"
    assert resolve_entity("المالكي", BASE, country="ps").id == "riyad-al-maliki"
    assert resolve_entity("المالكي", BASE, title="رئيس الوزراء العراقي").id == "nouri-al-maliki"
    assert resolve_entity("وزارة الخارجية", BASE, country="sy").id == "sy:ministry-foreign"
    assert resolve_entity("وزارة الخارجية", BASE).country is None


def test_a_short_name_of_another_country_is_not_the_actor() -> None:
    result = resolve_entity("ماكرون", BASE, country="jp")
    assert (result.id, result.candidates) == (None, ("emmanuel-macron",))
    full = resolve_entity("إيمانويل ماكرون", BASE, country="jp")
    assert full.id == "emmanuel-macron"
    assert "differ" in full.reasons[-1]


@pytest.mark.parametrize("name", ["", "  ", "«»", "أحمد الفلاني الفلتاني", "Putin", "١٢٣", "\u200f"])
def test_unknown_names_are_none_with_a_reason(name: str) -> None:
    result = resolve_entity(name, BASE)
    assert (result.id, result.candidates) == (None, ())
    assert result.reasons


def test_kinds_and_countries() -> None:
    kinds = {
        key: speaker_kind(actor)
        for key in ("kremlin", "fatah", "twitter", "houthis", "reuters")
        if (actor := BASE.get(key))
    }
    assert kinds == {
        "kremlin": "government",
        "fatah": "organisation",
        "twitter": "outlet",
        "houthis": "group",
        "reuters": "outlet",
    }
    place = BASE.get("aleppo")
    assert place is not None
    assert speaker_kind(place) is None
    assert country_of(BASE, "aleppo") == "sy"
    assert country_of(BASE, "nobody") is None
