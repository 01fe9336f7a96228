"""Whether the data files are in order: every problem with its place and what is allowed, none raised.

Loading stops at the first broken entry (:class:`~qala.errors.LexiconError`); this looks at everything, for
whoever edits the files (``qala lexicon check``).
"""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from qala.errors import LexiconError
from qala.lexicon.check_files import as_problem, find_file_problems
from qala.lexicon.check_forms import find_form_problems
from qala.lexicon.cues import load_cues
from qala.lexicon.examples import parse_example
from qala.lexicon.load import Entry
from qala.lexicon.overlay import CUE_FILES, PlacedEntry, packaged_entries, read_overlay, removes
from qala.lexicon.schema import Problem, find_entry_problems
from qala.text.words import find_words


def check_lexicon(overlay: Path | None = None) -> list[Problem]:
    """Return every problem of the packaged data files and of a user's folder, file by file; about 1.5 s.

    Nothing is raised for what a file holds: what cannot even be parsed is a problem, too.
    """
    problems = list(_packaged_file_problems())
    try:
        packaged = [placed for name in CUE_FILES for placed in packaged_entries(name)]
        user = [placed for name in CUE_FILES for placed in read_overlay(overlay, name)] if overlay else []
    except LexiconError as error:
        return [*problems, as_problem(error)]
    problems += _entry_problems(packaged, set())
    if overlay is not None:
        problems += [
            p
            for name in CUE_FILES
            if (overlay / name).is_file()
            for p in find_file_problems(overlay / name, str(overlay / name))
        ]
        problems += _entry_problems(user, {str(placed.entry.get("id")) for placed in packaged})
    if problems:  # forms and examples of broken entries would only repeat what is said already
        return list(dict.fromkeys(problems))
    merged = _merge(packaged, user)
    return [*find_form_problems(merged), *_example_problems(merged, overlay)]


@cache
def _packaged_file_problems() -> tuple[Problem, ...]:
    """Return what is wrong with the packaged files as files; they do not change while a program runs."""
    return tuple(problem for name, item in _data_files() for problem in find_file_problems(item, name))


def _data_files() -> Iterator[tuple[str, Traversable]]:
    folder = files("qala") / "data" / "ar"
    for part, prefix in ((folder, ""), (folder / "actors", "actors/")):
        for item in sorted(part.iterdir(), key=lambda item: item.name):
            if item.name.endswith((".yaml", ".tsv")):
                yield prefix + item.name, item


def _entry_problems(entries: list[PlacedEntry], replaced: set[str]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for placed in entries:
        entry = placed.entry
        key = str(entry.get("id"))
        if key in seen:
            yield Problem(placed.place, f"the id '{key}' stands already at {seen[key]}")
        seen.setdefault(key, placed.place)
        if "remove" in entry:
            if not removes(entry):
                yield Problem(placed.place, "an entry with 'remove: true' holds nothing but its id")
            elif key not in replaced:
                yield Problem(placed.place, f"nothing to remove: no packaged entry has the id '{key}'")
            continue
        yield from find_entry_problems(entry, placed.name, placed.file)


def _merge(packaged: list[PlacedEntry], user: list[PlacedEntry]) -> list[PlacedEntry]:
    merged = {str(placed.entry["id"]): placed for placed in packaged}
    for placed in user:
        merged.pop(str(placed.entry["id"]), None)
        if not removes(placed.entry):
            merged[str(placed.entry["id"])] = placed
    return list(merged.values())


def _example_problems(entries: list[PlacedEntry], overlay: Path | None) -> Iterator[Problem]:
    for placed in entries:
        for i, marked in enumerate(placed.entry["examples"]):
            place = f"{placed.file}:{placed.entry.line_of('examples', i)}"
            try:
                example = parse_example(marked)
            except ValueError as error:
                yield Problem(place, str(error))
                continue
            if not _fires(placed.entry, example.text, example.cue.start, example.cue.end, overlay):
                cue = example.cue.of(example.text)
                yield Problem(place, f"the cue '{cue}' is no form of '{placed.entry['id']}'; see 'qala lexicon try'")
        for i, text in enumerate(placed.entry.get("nonexamples") or ()):
            if "<" in text or ">" in text:
                yield Problem(f"{placed.file}:{placed.entry.line_of('nonexamples', i)}", "a nonexample has no tags")


def _fires(entry: Entry, text: str, start: int, end: int, overlay: Path | None) -> bool:
    """Whether the lexicon sees ``entry`` in ``text`` at ``start``, after joined letters if any."""
    lexicon, words = load_cues(overlay), find_words(text)
    at = words.first_in(start)
    if at >= len(words) or words.starts[at] > start:
        return False
    cut = start - words.starts[at]
    phrase = lexicon.match_phrase(words.forms, at)
    last = words.end_before(end) - 1
    if phrase is not None and phrase[0].form.entry.id == entry["id"] and phrase[0].prefix == cut:
        return phrase[1] <= last
    return any(
        match.form.entry.id == entry["id"] and match.prefix == cut for match in lexicon.match_word(words.forms[at])
    )
