"""The stretches of a content between quotation marks."""

import pytest

from qala.exports.pages import Page
from qala.exports.quoted import find_page_quotations, find_quoted, strip_marks
from qala.model import Attribution, Document, Span, Statement
from qala.records import Record


def quoted(text, content, kind):
    start = text.index(content)
    found = Attribution("s1", (Span(0, 3),), (Span(start, start + len(content)),), kind, "assert")
    document = Document("d", text)
    record = Record("r", "d", document, Statement(found))
    return [span.of(text) for span in find_quoted(record, find_page_quotations(Page("d", document, [record])))]


@pytest.mark.parametrize(
    ("text", "content", "kind", "words"),
    [
        ('قال إن "الأمر قد انتهى الآن".', 'إن "الأمر قد انتهى الآن"', "direct", ["الأمر قد انتهى الآن"]),
        ("قال: «انتهى».", "«انتهى»", "direct", ["انتهى"]),
        ("قال: الأمر قد انتهى.", "الأمر قد انتهى", "direct", ["الأمر قد انتهى"]),
        (
            'قال إن "الأمر" انتهى وإنه "لن يعود إلى هناك".',
            'إن "الأمر" انتهى وإنه "لن يعود إلى هناك"',
            "mixed",
            ["لن يعود إلى هناك"],
        ),
        ('قال إن طائرة "إيه 320" وصلت.', 'إن طائرة "إيه 320" وصلت', "mixed", []),
        ('قال إن "الأمر قد انتهى الآن".', 'إن "الأمر قد انتهى الآن"', "indirect", []),
        ("قال: «أكد لي «شي» أن الأمر انتهى».", "أكد لي «شي» أن الأمر انتهى", "direct", ["أكد لي «شي» أن الأمر انتهى"]),
    ],
)
def test_quoted_stretches(text, content, kind, words):
    assert quoted(text, content, kind) == words


def test_marks_and_spaces_are_taken_off_at_the_ends_only():
    text = ' «" قال "نعم" لا "» '
    assert strip_marks(text, Span(0, len(text))).of(text) == 'قال "نعم" لا'
    assert strip_marks('""', Span(0, 2)) == Span(2, 2)
