"""``check_lexicon``: the packaged files are in order, and every mistake is told with its place."""

import pytest

from qala.lexicon.check import check_lexicon
from qala.lexicon.examples import parse_example
from qala.lexicon.schema import Problem

GOOD = """- id: dardasha
  gloss: chat
  act: assert
  past: دردش
  frames:
    - that
  examples:
    - "<cue>دردش</cue> <source>الوزير</source> <content>أن الأمر انتهى</content>"
"""


def problems(folder, text, name="verbs.yaml"):
    (folder / name).write_text(text, encoding="utf-8")
    return check_lexicon(folder)


def test_the_packaged_files_are_in_order():
    assert check_lexicon() == []


def test_a_good_overlay_is_in_order(tmp_path):
    assert problems(tmp_path, GOOD) == []


def test_a_problem_is_one_line():
    assert str(Problem("verbs.yaml:12", "unknown key")) == "verbs.yaml:12: unknown key"


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("gloss: chat", "glos: chat", 2, "unknown key 'glos'; allowed: act, "),
        ("act: assert", "act: shout", 3, "unknown act 'shout'; allowed: assert, confirm, deny"),
        ("act: assert", "act:", 3, "'act' is a text"),
        ("    - that", "    - thet", 6, "unknown frames 'thet'; allowed: that, speech"),
        ("frames:\n    - that", "frames: that", 5, "'frames' is a list"),
        ("    - that", "    - that\n    - that", 7, "'that' stands twice in 'frames'"),
        ("past: دردش", "past: 'دردش '", 4, "'past' has spaces at its border"),
        ("past: دردش", "forms: دردش", 4, "unknown key 'forms'"),
        ("  past: دردش\n", "", 1, "no principal part; at least one of: past"),
        ("  frames:\n    - that\n", "", 1, "the key 'frames' is missing"),
        ("gloss: chat", "gloss: chat\n  hard: yes please", 3, "'hard' is 'true' or left out"),
        (
            "gloss: chat",
            "gloss: chat\n  remove: true",
            1,
            "an entry with 'remove: true' holds nothing but its id",
        ),
        ("past: دردش", "past: دردش\n  except: [دردشت, دردشوا]", 5, "Arabic in a list [a, b]"),
        ("past: دردش", "past: دردشا\u0653", 4, "the text is not in Unicode's NFC form"),
        ("</source>", "", 8, "the tag <content> does not fit"),
        ("<cue>دردش</cue>", "دردش", 8, "no <cue>"),
        ("<content>أن الأمر انتهى</content>", "أن الأمر انتهى", 8, "no <content>"),
        (
            "<source>الوزير</source>",
            "<speaker>الوزير</speaker>",
            8,
            "unknown tag <speaker>; allowed: cue, source, content",
        ),
        ("<source>الوزير</source>", "<cue>الوزير</cue>", 8, "<cue> stands twice"),
        ("انتهى</content>", "انتهى", 8, "<content> is not closed"),
        ("<cue>دردش", "<cue>ثرثر", 8, "the cue 'ثرثر' is no form of 'dardasha'"),
        ("  examples", "  shares:\n    - nobody\n  examples", 7, "'shares' names 'nobody'"),
        (
            "  examples",
            "  nonexamples:\n    - <cue>دردش</cue> معي\n  examples",
            8,
            "a nonexample has no tags",
        ),
    ],
)
def test_every_mistake_is_told_with_its_line(tmp_path, old, new, line, message):
    assert old in GOOD
    found = problems(tmp_path, GOOD.replace(old, new, 1))
    told = [p for p in found if p.place == f"{tmp_path / 'verbs.yaml'}:{line}" and p.message.startswith(message)]
    assert told, found


def test_all_mistakes_are_told_at_once(tmp_path):
    found = problems(tmp_path, GOOD.replace("gloss", "glos").replace("act: assert", "act: shout"))
    assert len(found) >= 3  # the unknown key, the missing one, the unknown act


def test_a_form_with_two_owners_needs_a_note_or_a_nonexample(tmp_path):
    twin = GOOD.replace("dardasha", "twin").replace("دردش", "صرح")
    (clash,) = problems(tmp_path, twin)
    assert clash.place.endswith(":1")
    assert "belongs to 'sarraha' too (verbs.yaml:" in clash.message
    assert "'shares:'" in clash.message and "nonexample" in clash.message
    assert problems(tmp_path, twin.replace("  examples", "  shares:\n    - sarraha\n  examples")) == []
    assert problems(tmp_path, twin + "  nonexamples:\n    - صرح السجان للزائر بالدخول\n") == []


def test_a_form_that_is_a_function_word_needs_a_nonexample(tmp_path):
    found = problems(tmp_path, GOOD.replace("past: دردش", "past: دردش\n  noun: حين"))
    assert [p for p in found if "'حين' of 'dardasha' is a function word too" in p.message]


def test_ids_stand_once_and_only_known_ones_are_removed(tmp_path):
    assert "stands already at" in problems(tmp_path, GOOD + GOOD)[0].message
    assert "nothing to remove" in problems(tmp_path, "- id: nobody\n  remove: true\n")[0].message
    assert problems(tmp_path, "- id: hatafa\n  remove: true\n") == []


def test_what_cannot_be_parsed_is_a_problem_and_no_error(tmp_path):
    (found,) = problems(tmp_path, "- id: [\n")
    assert found.place.startswith(str(tmp_path / "verbs.yaml"))
    assert check_lexicon(tmp_path / "missing")[0].message.startswith("not a folder")


PHRASE = """- id: with_half_a_mouth
  gloss: say reluctantly
  act: confirm
  kind: verb
  forms:
    - قال على مضض
  frames:
    - that
  examples:
    - "<cue>قال على مضض</cue> <source>المدير</source> <content>إن الخطأ وقع</content>"
"""


def test_phrases_have_their_own_keys(tmp_path):
    assert problems(tmp_path, PHRASE, "phrases.yaml") == []
    (found,) = problems(tmp_path, PHRASE.replace("kind: verb", "kind: noun"), "phrases.yaml")
    assert found.message == "unknown kind 'noun'; allowed: verb, according, as_said"
    assert any(
        "needs 'frames'" in p.message
        for p in problems(tmp_path, PHRASE.replace("  frames:\n    - that\n", ""), "phrases.yaml")
    )


def test_an_example_gives_its_text_and_its_spans():
    example = parse_example("و<cue>أشار</cue> <source>الوزير</source> إلى <content>أن الأمر انتهى</content>.")
    assert example.text == "وأشار الوزير إلى أن الأمر انتهى."
    assert example.cue.of(example.text) == "أشار"
    assert example.source.of(example.text) == "الوزير"
    assert example.content.of(example.text) == "أن الأمر انتهى"
    assert parse_example("و<cue>تابع</cue>: <content>لا</content>").source is None
