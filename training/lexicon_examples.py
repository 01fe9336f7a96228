"""The lexicon's examples as training material: a verb that no article holds is learnt from its example.

They are the ``examples`` and ``nonexamples`` of ``verbs.yaml`` and ``phrases.yaml``, written by the lexicon's
authors, and the sentences of ``written.tsv``; never scored, and in every fold's training set.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from qala.lexicon.examples import Example, parse_example
from qala.lexicon.overlay import merged_entries
from qala.model import ACTS

NAME = "lexicon"
"""The set under which these rows are known."""


WRITTEN = Path(__file__).resolve().parent / "written.tsv"


def lexicon_rows() -> Iterator[dict[str, Any]]:
    """Yield each example as a row in the gold's form, each nonexample as a row without statements."""
    for placed in merged_entries(None):
        entry = placed.entry
        for i, marked in enumerate(entry["examples"]):
            example = parse_example(marked)
            yield {
                "id": f"{NAME}-{entry['id']}-{i}",
                "text": example.text,
                "statements": [_statement(example, entry["act"])],
            }
        for i, text in enumerate(entry.get("nonexamples") or ()):
            yield {"id": f"{NAME}-{entry['id']}-no-{i}", "text": text, "statements": []}
    yield from _written_rows()


def _written_rows() -> Iterator[dict[str, Any]]:
    """Yield the sentences of ``written.tsv``; raises ``ValueError`` that names the line."""
    for number, line in enumerate(WRITTEN.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#"):
            continue
        act, _, marked = line.partition("\t")
        if act not in ACTS:
            raise ValueError(f"{WRITTEN.name}:{number}: {act!r} is no act")
        example = parse_example(marked)
        yield {"id": f"{NAME}-written-{number}", "text": example.text, "statements": [_statement(example, act)]}


def _statement(example: Example, act: str) -> dict[str, Any]:
    source = example.source
    return {
        "id": "s1",
        "source": list(source) if source else None,
        "speaker": source.of(example.text) if source else None,
        "cue": [list(example.cue)],
        "content": [list(example.content)],
        "type": "direct" if example.content.of(example.text).startswith('"') else "indirect",
        "act": act,
        "hedged": False,
        **dict.fromkeys(("channel", "channel_kind", "when", "when_date", "parent")),
    }
