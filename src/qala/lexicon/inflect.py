"""From a verb's principal parts to the forms met in news, by the endings of ``inflection.yaml``."""

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from qala.lexicon.load import data_text, parse_yaml


class Form(NamedTuple):
    """One inflected form: its tense or kind, with whom it agrees, and whether a pronoun is attached."""

    text: str
    morph: str  # past, present, participle, noun
    agree: str  # m, f, p (plural), d (dual), n (a noun: nobody)
    pronoun: bool = False


@cache
def _rules() -> dict[str, Any]:
    rules: dict[str, Any] = parse_yaml(data_text("inflection.yaml"), "inflection.yaml")
    return rules


def _ending(stem: str, rule: dict[str, Any]) -> str:
    drop: int = rule["drop"]
    return (stem[:-drop] if drop else stem) + str(rule["add"])


def _rule_for(part: str, stem: str) -> dict[str, Any]:
    return next(rule for rule in _rules()[part] if stem.endswith(str(rule["ends"] or "")))


def _with_pronouns(stem: str, morph: str, agree: str) -> Iterator[Form]:
    for pronoun in _rules()["pronouns"]:
        yield Form(stem + str(pronoun["add"]), morph, agree, True)


def _past(stem: str) -> Iterator[Form]:
    rule = _rule_for("past", stem)
    yield Form(stem, "past", "m")
    for ending in rule["objects"]:
        yield from _with_pronouns(_ending(stem, ending), "past", "m")
    for ending in rule["forms"]:
        form = _ending(stem, ending)
        yield Form(form, "past", ending["agree"])
        yield from _with_pronouns(form[:-1] if ending.get("silent") else form, "past", ending["agree"])


def _present(stem: str) -> Iterator[Form]:
    for person in _rules()["persons"]:
        body = str(person["prefix"]) + stem[1:]
        yield Form(body, "present", person["agree"])
        yield from _with_pronouns(_before_pronoun(body), "present", person["agree"])
        for ending in _rule_for("present", stem)["plural"]:
            form = _ending(body, ending)
            yield Form(form, "present", ending["agree"])
            yield from _with_pronouns(form[:-1] if ending.get("silent") else form, "present", ending["agree"])


def _before_pronoun(stem: str) -> str:
    rule = next((r for r in _rules()["past"] if r["ends"] and stem.endswith(str(r["ends"]))), None)
    return _ending(stem, rule["objects"][0]) if rule else stem


def _participle(stem: str) -> Iterator[Form]:
    for ending in _rule_for("participle", stem)["forms"]:
        yield Form(_ending(stem, ending), "participle", ending["agree"])


def _noun(stem: str, part: str = "noun") -> Iterator[Form]:
    rule = _rule_for(part, stem)
    for ending in rule["forms"]:
        yield Form(_ending(stem, ending), "noun", "n")
    for ending in rule["objects"]:
        yield from _with_pronouns(_ending(stem, ending), "noun", "n")


def _plural(stem: str) -> Iterator[Form]:
    return _noun(stem, "plural")


_PARTS = {"past": _past, "present": _present, "participle": _participle, "noun": _noun, "plural": _plural}
PARTS = tuple(_PARTS)
"""The principal parts that an entry may give."""


def inflect(part: str, stem: str) -> Iterator[Form]:
    """Yield the forms of one principal part (``past``, ``present``, ``participle``, ``noun``, ``plural``).

    A part of several words («threw the blame») inflects its first word only.
    """
    head, *rest = stem.split(" ")
    for form in _PARTS[part](head):
        if not rest:
            yield form
        elif not form.pronoun:
            yield form._replace(text=" ".join((form.text, *rest)))
