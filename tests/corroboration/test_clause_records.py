"""What stands in a statement inside another is told once, and nobody reports himself."""

from dataclasses import replace

from qala.corroboration.clause_records import read_rows
from qala.model import Attribution, Document, Span, Speaker, Statement
from qala.records import Record

DOCUMENT = Document("d", "a b c d e f g h")


def record(key, content, speaker, parent=None):
    attribution = Attribution(key, (Span(0, 1),), (content,), "indirect", "assert")
    statement = Statement(attribution, Speaker(speaker, Span(0, 1)) if speaker else None)
    return Record(key, "d", DOCUMENT, statement, parent)


OUTER = record("outer", Span(2, 15), "A")
INNER = record("inner", Span(6, 9), "B", "outer")


def test_the_inner_statement_takes_what_stands_in_it():
    outer, inner = read_rows([OUTER, INNER])
    assert outer.inner == (Span(6, 9),)
    assert outer.is_inner(Span(6, 7))
    assert not outer.is_inner(Span(10, 11))
    assert inner.inner == ()
    assert outer.text is inner.text


def test_a_statement_inside_one_of_the_same_speaker_is_passed_over():
    own = record("inner", Span(6, 9), "A", "outer")
    (row,) = read_rows([OUTER, own])
    assert (row.record, row.inner) == (OUTER, ())


def test_statements_without_a_speaker_and_of_other_documents_stand_alone():
    nobody = record("inner", Span(6, 9), None, "outer")
    other = replace(record("x", Span(0, 1), "A", "gone"), document_id="e")
    rows = list(read_rows([OUTER, nobody, other]))
    assert [row.record.id for row in rows] == ["outer", "inner", "x"]
    assert rows[2].text is not rows[0].text
