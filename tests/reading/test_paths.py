"""Files, folders and names that are hard to show."""

import os
from pathlib import Path

import pytest

from qala.model import RefusedInput
from qala.reading.paths import find_inputs, kind_of, show_path


def place(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("نص")


def test_a_folder_is_read_sorted_and_deep(tmp_path: Path) -> None:
    place(tmp_path, "b.txt", "a/2.jsonl", "a/1.ndjson", "c.json", "README", "z/y/x/w.TXT")
    found = [str(path.relative_to(tmp_path)) for path in find_inputs([tmp_path]) if isinstance(path, Path)]
    assert found == ["README", "a/1.ndjson", "a/2.jsonl", "b.txt", "c.json", "z/y/x/w.TXT"]


def test_hidden_names_are_passed_over_and_others_are_rows(tmp_path: Path) -> None:
    place(tmp_path, ".hidden.txt", ".git/config", "picture.jpg")
    [row] = find_inputs([tmp_path])
    assert isinstance(row, RefusedInput)
    assert (row.code, row.place) == ("unknown_suffix", str(tmp_path / "picture.jpg"))


def test_files_to_be_left_are_passed_over_where_a_folder_holds_them(tmp_path: Path) -> None:
    for name in ("a.txt", "a.db", "b.db"):
        (tmp_path / name).touch()
    left = tmp_path / "." / "a.db"
    names = [found.name if isinstance(found, Path) else found for found in find_inputs([tmp_path], leave=[left])]
    assert names[0] == "a.txt" and len(names) == 2 and str(names[1].place).endswith("b.db")  # type: ignore[union-attr]
    assert list(find_inputs([left], leave=[left])) == [left]


def test_a_named_file_is_read_whatever_it_is_called(tmp_path: Path) -> None:
    place(tmp_path, "page.html", ".hidden")
    named = [tmp_path / "page.html", tmp_path / ".hidden"]
    assert list(find_inputs(named)) == named


def test_stdin_and_the_missing() -> None:
    found = list(find_inputs(["-", "/nowhere/at/all"]))
    assert found[0] == "-"
    assert found[1] == RefusedInput("/nowhere/at/all", "no such file or directory", "not_found")


def test_a_loop_of_links_ends(tmp_path: Path) -> None:
    place(tmp_path, "a/text.txt")
    (tmp_path / "a" / "back").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "a" / "dangling.txt").symlink_to(tmp_path / "gone")
    found = list(find_inputs([tmp_path]))
    assert [type(one) for one in found] == [RefusedInput, RefusedInput, type(tmp_path)]


def test_a_very_deep_folder_needs_no_recursion(tmp_path: Path) -> None:
    folder = tmp_path
    for _ in range(400):
        folder = folder / "d"
    folder.mkdir(parents=True)
    (folder / "a.txt").write_text("نص")
    assert len(list(find_inputs([tmp_path]))) == 1


def test_a_name_with_nul_is_a_row() -> None:
    [row] = find_inputs(["a\0b"])
    assert isinstance(row, RefusedInput) and row.place == r"a\x00b"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"plain.txt", "plain.txt"),
        ("خبر.txt".encode(), "خبر.txt"),
        (b"two\nlines", r"two\nlines"),
        ("a\u202egpj.txt".encode(), r"a\u202egpj.txt"),
        (b"bad\xff.txt", r"bad\xff.txt"),
        (b"esc\x1b[31m", r"esc\x1b[31m"),
    ],
)
def test_names_are_shown_so_that_they_can_be_printed(name: bytes, shown: str) -> None:
    assert show_path(os.fsdecode(name)) == shown


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a", "text"),
        ("a.TXT", "text"),
        ("a.jsonl.gz", "lines"),
        ("a.HTM", "page"),
        ("a.warc.gz", "archive"),
        ("a.warc.wet.gz", "archive"),
        ("a.mht", "mhtml"),
        ("a.parquet", "parquet"),
        ("a.rss", "feed"),
        ("a.gz", "text"),
        ("a.jpg", None),
        ("a.jpg.gz", None),
    ],
)
def test_a_suffix_tells_the_kind(name: str, kind: str | None) -> None:
    assert kind_of(Path(name)) == kind


def test_archives_in_folders_say_what_to_do(tmp_path: Path) -> None:
    for name in ("a.zip", "b.tar.gz", "c.tgz"):
        (tmp_path / name).write_text("")
    found = list(find_inputs([tmp_path]))
    assert [one.code for one in found if isinstance(one, RefusedInput)] == ["archive"] * 3
