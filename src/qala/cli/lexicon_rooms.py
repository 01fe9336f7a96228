"""Every data file of Arabic by its own loader: what ``qala lexicon check`` asks beside the schema of cues.

The rooms that own these files stand above the lexicon, so that it cannot ask them itself.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from qala.errors import LexiconError
from qala.lexicon.check_files import as_problem
from qala.lexicon.schema import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

LOADERS: Mapping[str, tuple[str, str]] = {
    "anonymity.yaml": ("resolution.anonymity", "load_anonymity"),
    "calendar.yaml": ("lexicon.calendar", "load_calendar"),
    "clause_words.yaml": ("corroboration.clauses", "load_clause_words"),
    "clitics.yaml": ("text.data", "load_clitics"),
    "columns.yaml": ("reading.columns", "load_column_names"),
    "concepts.tsv": ("corroboration.concepts", "load_concepts"),
    "debris.yaml": ("text.data", "load_debris"),
    "dossier.yaml": ("exports.dossier_words", "load_words"),
    "events.yaml": ("corroboration.events", "load_events"),
    "exact_names.yaml": ("lexicon.names", "load_exact_names"),
    "exchange.yaml": ("corroboration.exchange", "load_exchange"),
    "function_words.yaml": ("lexicon.words", "load_classes"),
    "goods.yaml": ("corroboration.exchange_goods", "load_goods"),
    "interface.yaml": ("exports.labels", "load_labels"),
    "modality.yaml": ("corroboration.clause_moods", "load_moods"),
    "name_parts.tsv": ("lexicon.names", "load_name_parts"),
    "numbers.yaml": ("lexicon.calendar", "load_calendar"),
    "pages.yaml": ("reading.page_words", "load_page_words"),
    "planned.yaml": ("resolution.times_of", "load_planned"),
    "refusals.yaml": ("extraction.refusals", "load_refusals"),
    "search_clitics.yaml": ("ledger.search_words", "load_search_clitics"),
    "signs.yaml": ("corroboration.concepts", "load_signs"),
    "stems.yaml": ("lexicon.stems", "load_stem_rules"),
    "units.tsv": ("lexicon.calendar", "load_calendar"),
    "weak_given_names.tsv": ("lexicon.names", "load_weak_given_names"),
    "word_clusters.tsv": ("lexicon.clusters", "load_clusters"),
}
"""Which function of which module loads a file; the cues' own files are checked entry by entry by the lexicon."""


def check_rooms() -> list[Problem]:
    """Return what the loaders refuse of the packaged files, each by its file and line; about half a second."""
    return list(dict.fromkeys(_list_problems()))


def _list_problems() -> Iterator[Problem]:
    for file, (module, function) in LOADERS.items():
        problem = _try_loading(file, getattr(import_module(f"qala.{module}"), function))
        if problem is not None:
            yield problem


def _try_loading(file: str, load: Callable[[], Any]) -> Problem | None:
    """Return why a file cannot be loaded, ``None`` where it can."""
    try:
        load()
    except LexiconError as error:
        return as_problem(error)
    except (LookupError, TypeError, ValueError, AttributeError) as error:  # a loader met what it did not look for
        return Problem(f"{file}:1", f"not of the form that its loader expects ({type(error).__name__}: {error})")
    return None
