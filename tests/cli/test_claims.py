"""``qala claims``, ``claim``, ``isnad``, ``copies``, ``actor``, ``exchange``, ``events``, ``corroborate`` as typed."""

import json
from datetime import date
from shutil import copy
from xml.etree import ElementTree

import pytest

from qala.ledger.ledger import Ledger
from qala.model import Document
from qala.pipeline import extract

TEXTS = {
    "a": (
        "وكالة ألف",
        "2024-03-04",
        "قال وزير الدفاع الكندي سامي حداد إن بيرو قصفت ميناء الياسمين يوم الأحد بالصواريخ.\n"
        "وطالبت كندا فنزويلا بتقديم تفسير للحادث.",
    ),
    "b": (
        "جريدة باء",
        "2024-03-05",
        "أكد وزير الدفاع الكندي سامي حداد أن بيرو قصفت ميناء الياسمين بالصواريخ يوم الأحد.\n"
        "ونفت وزارة الدفاع البيروفية أن تكون قصفت ميناء الياسمين.",
    ),
    "c": (
        "موقع جيم",
        "2024-03-05",
        "نفت وزارة الدفاع البيروفية قصف ميناء الياسمين بالصواريخ.\n"
        "وقالت كندا إن بيرو قصفت ميناء الياسمين بالصواريخ.\n"
        "وأعلنت كندا أنها ستزود تشيلي بالسلاح مقابل النفط.",
    ),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A small ledger of one dispute, made once."""
    place = tmp_path_factory.mktemp("made") / "news.db"
    title = "قصف ميناء الياسمين في كندا"
    with Ledger.open(place) as ledger:
        ledger.add_readings(
            extract(Document(key, text, date.fromisoformat(day), outlet, title=title))
            for key, (outlet, day, text) in TEXTS.items()
        )
    return place


@pytest.fixture
def ledger(made, tmp_path):
    """A copy of the ledger that a test may change."""
    return copy(made, tmp_path / "news.db")


def list_rows(ran):
    assert ran.code == 0, ran.err
    return [json.loads(line) for line in ran.out.splitlines()]


@pytest.fixture
def disputed(qala, ledger):
    """The claim that one side makes and the other denies."""
    rows = list_rows(qala("claims", "--disputed", "--ledger", ledger, "--json"))
    assert rows
    return rows[0]


def test_claims_tell_who_affirms_and_who_denies(qala, ledger, disputed):
    assert {"+", "-"} <= set(disputed["utterances"])
    assert disputed["articles"] >= 2 and "denial" in disputed["conflicts"]
    ran = qala("claims", "--ledger", ledger)
    assert disputed["id"] in ran.out and "denied by" in ran.out and "origins" in ran.out


@pytest.mark.parametrize(
    ("options", "there"),
    [
        (["ميناء"], True),
        (["للميناء الياسمين"], True),
        (["طماطم"], False),
        (["--about", "بيرو"], True),
        (["--about", "اليابان"], False),
        (["--speaker", "سامي حداد"], True),
        (["--since", "2024-03-05"], True),
        (["--since", "2024-03-20"], False),
        (["--until", "2024-02-01"], False),
    ],
)
def test_claims_are_chosen(qala, ledger, disputed, options, there):
    found = {row["id"] for row in list_rows(qala("claims", *options, "--ledger", ledger, "--json"))}
    assert (disputed["id"] in found) is there


def test_claims_that_nothing_fits_are_told(qala, ledger):
    ran = qala("claims", "طماطم", "--ledger", ledger)
    assert ran.code == 0 and "no claim found" in ran.out


@pytest.mark.parametrize("form", ["table", "markdown", "html", "json"])
def test_a_claim_is_written_in_every_form(qala, ledger, disputed, form, tmp_path):
    ran = qala("claim", disputed["id"][:8], "--format", form, "--ledger", ledger)
    assert ran.code == 0, ran.err
    assert "سامي حداد" in ran.out and "ميناء الياسمين" in ran.out
    target = tmp_path / "dossier.out"
    again = qala("claim", disputed["id"], "-f", form, "-o", target, "--language", "en", "--ledger", ledger)
    assert (again.code, again.out) == (0, "")
    assert "ميناء الياسمين" in target.read_text(encoding="utf-8")


def test_a_claim_is_found_by_a_statement_that_bears_on_it(qala, ledger, disputed):
    member = next(stance["statements"][0] for stance in disputed["stances"] if stance["sign"] == "-")
    shown = qala("claim", member, "--ledger", ledger, "--json")
    if shown.code == 0:
        assert json.loads(shown.out)["claim"] == disputed["id"]
    else:
        assert disputed["id"] in shown.err


def test_an_unknown_id_is_one_line(qala, ledger):
    for command in ("claim", "isnad"):
        ran = qala(command, "zzz", "--ledger", ledger)
        assert (ran.code, ran.out) == (1, "") and len(ran.err.splitlines()) == 1 and "zzz" in ran.err


def test_isnad_is_drawn(qala, ledger, disputed):
    text = qala("isnad", disputed["id"], "--ledger", ledger)
    assert text.code == 0 and "جريدة باء" in text.out and "denies" in text.out
    drawn = qala("isnad", disputed["id"], "--format", "svg", "--ledger", ledger)
    assert ElementTree.fromstring(drawn.out).tag.endswith("svg")
    assert qala("isnad", disputed["id"], "--format", "dot", "--ledger", ledger).out.startswith("digraph")
    tree = json.loads(qala("isnad", disputed["id"], "--json", "--ledger", ledger).out)
    assert tree["kind"] == "claim" and tree["children"]
    member = disputed["stances"][0]["statements"][0]
    alone = json.loads(qala("isnad", member, "--json", "--ledger", ledger).out)
    assert member in alone["members"] and len(alone["children"]) == 1


def test_copies_show_the_words_of_both_sides(qala, tmp_path):
    shared = (
        "أعلن مكتب الأرصاد أن عاصفة قوية تقترب من ساحل الياسمين وستصل مساء الخميس إلى ميناء الرمان حاملة أمطارا "
        "غزيرة ورياحا تتجاوز سرعتها مئة كيلومتر في الساعة"
    )
    lines = [
        {
            "id": key,
            "outlet": f"صحيفة {key}",
            "published": "2024-03-05",
            "text": f"{shared}.\nهذا نص خاص بالصفحة {key}.",
        }
        for key in ("س", "ص")
    ]
    articles, place = tmp_path / "copies.jsonl", tmp_path / "copies.db"
    articles.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    assert qala("add", articles, "--ledger", place).code == 0
    (row,) = list_rows(qala("copies", "--ledger", place, "--json"))
    assert {row["a_article"]["given_id"], row["b_article"]["given_id"]} == {"س", "ص"}
    assert row["passages"][0]["words"] >= 15
    ran = qala("copies", "--passages", "--document", "س", "--ledger", place)
    assert ran.out.count("ميناء الرمان") == 2
    assert qala("copies", "--document", "nothing", "--ledger", place).code == 1


def test_actor_tells_what_he_said(qala, ledger):
    found = json.loads(qala("actor", "سامي حداد", "--ledger", ledger, "--json").out)
    assert found["name"] == "سامي حداد" and found["turns"]
    assert "ميناء الياسمين" in qala("actor", "سامي حداد", "--ledger", ledger).out
    ran = qala("actor", "نور زيدان", "--ledger", ledger)
    assert ran.code == 1 and "speaks here" in ran.err


def test_exchange_tells_according_to_whom(qala, ledger):
    rows = list_rows(qala("exchange", "--ledger", ledger, "--json"))
    assert any(row["direction"] == "will give" and "سلاح" in row["thing"]["words"] for row in rows)
    assert all(row["according_to"] for row in rows)
    assert "according to" in qala("exchange", "--ledger", ledger).out
    assert list_rows(qala("exchange", "--about", "اليابان", "--ledger", ledger, "--json")) == []
    assert list_rows(qala("exchange", "--since", "2024-04-01", "--ledger", ledger, "--json")) == []


def test_events_are_listed_and_written_for_plover(qala, ledger, tmp_path):
    rows = list_rows(qala("events", "--type", "request", "--ledger", ledger, "--json"))
    assert rows and {row["type"] for row in rows} == {"REQUEST"}
    assert "REQUEST" in qala("events", "--ledger", ledger).out
    target = tmp_path / "events.jsonl"
    ran = qala("events", "--format", "plover", "-o", target, "--ledger", ledger)
    assert ran.code == 0
    written = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    report = json.loads(target.with_name("events.jsonl.loss.json").read_text(encoding="utf-8"))
    assert all("statement" in row["comment"] for row in written)
    assert report["format"] == "plover" and len(written) + sum(report["left_out"].values()) >= len(rows)
    wrong = qala("events", "--type", "EAT", "--ledger", ledger)
    assert wrong.code == 2 and "EAT" in wrong.err


def test_what_was_computed_is_kept_beside_the_ledger_and_may_be_lost(qala, ledger, disputed):
    kept = ledger.with_name("news.db.views")
    first = qala("claims", "--ledger", ledger, "--json").out
    assert kept.exists()
    kept.write_bytes(b"not what it was")
    assert qala("claims", "--ledger", ledger, "--json").out == first
    kept.unlink()
    assert qala("claims", "--ledger", ledger, "--views", "none", "--json").out == first
    assert not kept.exists()


def test_a_person_keeps_two_statements_apart(qala, ledger):
    rows = list_rows(qala("claims", "--ledger", ledger, "--json"))
    pair = next(stance["statements"] for row in rows for stance in row["stances"] if len(stance["statements"]) > 1)
    ran = qala("judge", pair[0], "different", "--with", pair[1], "--author", "s.k.", "--ledger", ledger)
    assert ran.code == 0, ran.err
    after = list_rows(qala("claims", "--ledger", ledger, "--json"))
    together = [stance["statements"] for row in after for stance in row["stances"]]
    assert not any(set(pair[:2]) <= set(members) for members in together)


def test_given_statements_come_back_in_the_golds_form(qala, tmp_path):
    text = TEXTS["a"][2].splitlines()[0]
    start = text.index("بيرو")
    row = {
        "id": "x",
        "text": text,
        "statements": [
            {"id": "s1", "source": None, "speaker": "سامي حداد", "cue": [[0, 3]], "content": [[start, len(text)]]}
        ],
    }
    lines = [json.dumps({**row, "id": name}, ensure_ascii=False) for name in ("x", "y")]
    given, target = tmp_path / "set.articles.jsonl", tmp_path / "out.json"
    given.write_text("\n".join([*lines, json.dumps({"id": "z", "text": "نص", "statements": []})]), encoding="utf-8")
    assert qala("corroborate", "--statements", given, "-o", target).code == 0
    found = json.loads(target.read_text(encoding="utf-8"))
    assert found["event"] == "set" and sorted(m for u in found["utterances"] for m in u["members"]) == ["x:s1", "y:s1"]
    given.write_text('{"id": "x"}', encoding="utf-8")
    ran = qala("corroborate", "--statements", given)
    assert ran.code == 1 and "set.articles.jsonl:1" in ran.err


@pytest.mark.parametrize("command", ["claims", "copies", "exchange", "events"])
def test_a_ledger_must_be_named(qala, command, monkeypatch):
    monkeypatch.delenv("QALA_LEDGER", raising=False)
    ran = qala(command)
    assert ran.code == 2 and "--ledger" in ran.err
