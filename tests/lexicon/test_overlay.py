"""A user's folder laid over the packaged cue files, by id."""

import pytest

from qala.errors import LexiconError
from qala.lexicon.cues import load_cues
from qala.lexicon.fingerprint import lexicon_fingerprint
from qala.lexicon.overlay import merged_entries
from qala.text.normalize import fold

NEW = """- id: dardasha
  gloss: chat
  act: assert
  past: دردش
  present: يدردش
  frames:
    - that
  examples:
    - "<cue>دردش</cue> <source>الوزير</source> <content>أن الأمر انتهى</content>"
"""


def put(folder, name, text):
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def ids(lexicon, form):
    return {match.form.entry.id for match in lexicon.match_word(fold(form))}


def test_a_new_id_is_added_and_the_rest_stays(tmp_path):
    lexicon = load_cues(put(tmp_path, "verbs.yaml", NEW))
    assert ids(lexicon, "دردشت") == {"dardasha"}
    assert "qala" in ids(lexicon, "قال")
    assert lexicon.entries["dardasha"].place == f"{tmp_path / 'verbs.yaml'}:1"
    assert not ids(load_cues(), "دردشت")


def test_a_known_id_takes_the_entrys_place(tmp_path):
    lexicon = load_cues(
        put(
            tmp_path,
            "verbs.yaml",
            NEW.replace("id: dardasha", "id: qala").replace("act: assert", "act: warn"),
        )
    )
    assert lexicon.entries["qala"].act == "warn"
    assert "qala" not in ids(lexicon, "قال") and "qala" in ids(lexicon, "دردش")


def test_an_entry_can_be_taken_out(tmp_path):
    lexicon = load_cues(put(tmp_path, "verbs.yaml", "- id: hatafa\n  remove: true\n"))
    assert "hatafa" not in lexicon.entries


def test_a_byte_order_mark_is_no_letter(tmp_path):
    (tmp_path / "verbs.yaml").write_bytes(b"\xef\xbb\xbf" + NEW.encode())
    assert "dardasha" in load_cues(tmp_path).entries


def test_an_empty_folder_changes_nothing(tmp_path):
    assert [p.place for p in merged_entries(tmp_path)] == [p.place for p in merged_entries(None)]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (NEW.replace("act: assert", "act: shout"), 3, "unknown act 'shout'; allowed: assert, confirm"),
        (NEW.replace("gloss", "glos"), 2, "unknown key 'glos'; allowed: "),
        (NEW.replace("    - that", "    - which"), 7, "unknown frames 'which'; allowed: that"),
        (NEW.replace("  past: دردش\n  present: يدردش\n", ""), 1, "no principal part"),
        (NEW.split("  examples")[0], 1, "the key 'examples' is missing"),
        (NEW + NEW, 10, "the id 'dardasha' stands already at"),
        (NEW.replace("past: دردش", "past: 12"), 4, "'past' is a text"),
        (NEW.replace("past: دردش", "past: ا\u0653راء"), 4, "'past' is not in Unicode's NFC form"),
    ],
)
def test_the_first_broken_entry_stops_loading_with_file_and_line(tmp_path, text, line, message):
    with pytest.raises(LexiconError) as error:
        load_cues(put(tmp_path, "verbs.yaml", text))
    assert str(error.value).startswith(f"{tmp_path / 'verbs.yaml'}:{line}: {message}")


def test_a_folder_that_is_none_and_bytes_that_are_no_text_are_refused(tmp_path):
    with pytest.raises(LexiconError, match="not a folder"):
        load_cues(tmp_path / "missing")
    (tmp_path / "verbs.yaml").write_bytes("- id: قال".encode("cp1256"))
    with pytest.raises(LexiconError, match="cannot be read as UTF-8"):
        load_cues(tmp_path)


def test_the_fingerprint_tells_lexicons_apart(tmp_path):
    plain = lexicon_fingerprint()
    assert len(plain) == 64 and plain == lexicon_fingerprint(None)
    empty = tmp_path / "empty"
    empty.mkdir()
    assert lexicon_fingerprint(empty) == plain
    assert lexicon_fingerprint(put(tmp_path, "verbs.yaml", NEW)) != plain
