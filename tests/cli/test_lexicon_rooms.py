"""Every data file is asked of its own loader, and what that refuses is told with file and line."""

from importlib import import_module
from importlib.resources import files

import pytest

from qala.cli.lexicon_rooms import LOADERS, check_rooms
from qala.lexicon.check import check_lexicon
from qala.lexicon.overlay import CUE_FILES

OF_THE_CUES = {*CUE_FILES, "frames.yaml", "inflection.yaml", "clitics_words.tsv"}  # loaded with the cues, or clitics


def test_every_data_file_has_a_loader():
    names = {item.name for item in (files("qala") / "data" / "ar").iterdir() if item.name.endswith((".yaml", ".tsv"))}
    assert names == {*LOADERS} | OF_THE_CUES
    assert not {*LOADERS} & OF_THE_CUES


def test_the_packaged_files_are_in_order():
    assert check_rooms() == []


BROKEN = {
    "clause_words.yaml": ("lexicon.load", "- id: x\n", "clause_words.yaml:1: the keys are gloss, id, words"),
    "columns.yaml": ("reading.columns", "text: x\n", "columns.yaml:1: 'author' is missing"),
    "concepts.tsv": ("corroboration.concepts", "# x\nهجوم\n", "concepts.tsv:2: a row is form, concept and pole"),
    "debris.yaml": ("text.data", "lines: []\n", "debris.yaml:1: 'agencies' is missing"),
    "dossier.yaml": ("exports.dossier_words", "a:\n  ar: x\nb:\n  ar: x\n  en: y\n", "dossier.yaml:1: 'a' needs"),
    "events.yaml": ("corroboration.clause_rules", "- id: x\n", "events.yaml:1: the key 'gloss' is missing"),
    "exchange.yaml": ("corroboration.clause_rules", "- id: x\n  a: b\n", "exchange.yaml:2: unknown key 'a'"),
    "goods.yaml": ("lexicon.load", "# x\n- id: x\n  words: []\n", "goods.yaml:2: the keys are gloss, id, words"),
    "modality.yaml": ("corroboration.clause_rules", "- id: x\n  gloss: [\n", "modality.yaml:3: "),
    "pages.yaml": ("reading.page_words", "published:\n  - x\n", "pages.yaml:1: 'afternoon' is missing"),
    "search_clitics.yaml": ("ledger.search_words", "before: x\n", "search_clitics.yaml:1: expected are"),
    "signs.yaml": ("lexicon.load", "# x\n- part: x\n", "signs.yaml:2: unknown part"),
    "stems.yaml": ("lexicon.stems", "suffixes: x\n", "stems.yaml:1: the keys are"),
}


@pytest.mark.parametrize("file", BROKEN)
def test_a_broken_file_is_told_with_its_line(qala, monkeypatch, file):
    reader, text, message = BROKEN[file]
    module, function = LOADERS[file]
    packaged = import_module(f"qala.{reader}").data_text
    monkeypatch.setattr(f"qala.{reader}.data_text", lambda name: text if name == file else packaged(name))
    _forget(module, function)
    try:
        told = [str(problem) for problem in check_rooms()]
        ran = qala("lexicon", "check")
    finally:
        monkeypatch.undo()
        _forget(module, function)
    assert len(told) == 1 and told[0].startswith(message), told
    assert ran.code == 1 and told[0] in ran.err
    assert check_lexicon() == [] == check_rooms()


CACHED = (("corroboration.clause_rules", "load_rules"), ("lexicon.load", "load_entries"))


def _forget(module, function):
    for owner, name in ((module, function), *CACHED):
        clear = getattr(getattr(import_module(f"qala.{owner}"), name), "cache_clear", None)
        if clear is not None:
            clear()
