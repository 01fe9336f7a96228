"""``qala lexicon``: the data files checked, and a sentence tried."""

from qala.cli.lexicon import find_entries

SENTENCE = "قالت كندا إن المحادثات ستبدأ غداً."


def test_check_finds_the_lexicon_in_order(qala):
    ran = qala("lexicon", "check")
    assert ran.code == 0, ran.err
    assert "in order" in ran.out


def test_try_shows_entries_and_statements(qala):
    ran = qala("lexicon", "try", SENTENCE)
    assert ran.code == 0
    entries, statements = ran.out.split("entries that fire\n")[1].split("statements")[:2]
    assert "0-4" in entries and "yaml:" in entries
    assert "content" in statements


def test_an_entry_that_fires_names_its_place_and_words():
    lines = list(find_entries(SENTENCE))
    assert any("قالت" in line and "assert" in line for line in lines)


def test_nothing_fires_on_nothing():
    assert list(find_entries("")) == []


def test_controls_of_the_sentence_do_not_act(qala):
    ran = qala("lexicon", "try", f"{SENTENCE} \x1b[2J\u202e")
    assert "\x1b" not in ran.out and "\u202e" not in ran.out


def test_a_broken_folder_is_told_with_file_and_line(qala, tmp_path):
    (tmp_path / "verbs.yaml").write_text("- id: x\n  gloss: [\n", encoding="utf-8")
    ran = qala("lexicon", "check", tmp_path)
    assert ran.code == 1 and ran.out == ""
    assert "verbs.yaml:" in ran.err
