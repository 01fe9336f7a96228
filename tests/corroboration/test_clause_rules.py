"""The data files of frames: every example gives its roles, no nonexample fires, and errors name file and line."""

import pytest

from qala.corroboration.clause_moods import MOODS, load_moods
from qala.corroboration.clause_roles import find_clauses
from qala.corroboration.clause_rules import parse_marked, parse_rules
from qala.corroboration.clauses import ClauseText
from qala.corroboration.events import EVENT_TYPES, load_events
from qala.corroboration.exchange import load_exchange
from qala.errors import LexiconError
from qala.lexicon.actors import load_actors
from qala.lexicon.load import load_entries
from qala.model import Span
from qala.text.normalize import fold
from qala.text.words import find_words

FILES = (("exchange.yaml", load_exchange), ("events.yaml", load_events))
GOOD = """
- id: zawwada
  gloss: supply
  kind: give
  past: زود
  roles:
    - subject giver
    - object receiver
  examples:
    - زود
"""


def roles_of(text, rule, rules):
    """The roles of the first clause of ``rule`` in ``text``, as words; ``None`` where there is none."""
    prepared = ClauseText(find_words(text), load_actors())
    for clause in find_clauses(prepared, Span(0, len(text)), rules):
        if clause.match.form.rule.id == rule:
            return {name: argument.span.of(text) for name, argument in clause.roles.items()}
    return None


def cases(key):
    return [
        pytest.param(load, entry["id"], text, id=f"{name}:{entry.line_of(key, i)}")
        for name, load in FILES
        for entry in load_entries(name)
        for i, text in enumerate(entry.get(key, ()))
    ]


@pytest.mark.parametrize(("load", "rule", "marked"), cases("examples"))
def test_every_example_gives_its_roles(load, rule, marked):
    text, expected = parse_marked(marked)
    assert roles_of(text, rule, load()) == expected


@pytest.mark.parametrize(("load", "rule", "text"), cases("nonexamples"))
def test_no_nonexample_fires(load, rule, text):
    assert roles_of(text, rule, load()) is None


@pytest.mark.parametrize("entry", load_entries("modality.yaml"), ids=lambda entry: entry["id"])
def test_every_mood_is_found_where_its_example_marks_it(entry):
    for marked in entry["examples"]:
        text, tags = parse_marked(marked)
        words = find_words(text)
        at = next(j for j in range(len(words)) if text.find(tags["cue"]) <= words.starts[j])
        assert entry["id"] in {match.form.rule.id for match in load_moods().match(words.forms, at)}


def test_the_files_use_every_type_and_mood():
    assert {rule.kind for rule in load_events().rules} == set(EVENT_TYPES)
    assert {rule.kind for rule in load_moods().rules} == set(MOODS)


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        (GOOD.replace("kind: give", "kind: gift"), r"^x\.yaml:4: unknown kind 'gift'"),
        (GOOD.replace("gloss: supply", "glos: supply"), r"^x\.yaml:3: unknown key 'glos'"),
        (GOOD.replace("object receiver", "object thief"), r"^x\.yaml:8: a marker and a role"),
        (GOOD.replace("  past: زود\n", ""), r"^x\.yaml:2: no form"),
        (GOOD + GOOD.lstrip("\n"), r"^x\.yaml:11: the id 'zawwada' stands already at x\.yaml:2"),
        (GOOD.replace("    - زود\n", "    - 5\n"), r"^x\.yaml:9: 'examples' is a list of texts"),
        (GOOD + "  needs:\n    - thing\n", r"^x\.yaml:12: no role 'thing'"),
        (GOOD.replace("  examples:\n    - زود\n", ""), r"^x\.yaml:2: the key 'examples' is missing"),
    ],
)
def test_errors_name_file_and_line(broken, message):
    with pytest.raises(LexiconError, match=message):
        parse_rules(broken, "x.yaml", ("give",), ("giver", "receiver", "thing"))


def test_forms_are_found_behind_joined_particles():
    rules = parse_rules(GOOD, "x.yaml", ("give",), ("giver", "receiver"))
    for word, prefix in (("وزودت", "و"), ("زودتها", ""), ("زودوا", "")):
        (match,) = rules.match([fold(word)], 0)[:1]
        assert match.prefix == prefix
    assert rules.match([fold("تزويد")], 0) == ()


def test_tags_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="does not fit"):
        parse_marked("<giver>كوريا</receiver>")
