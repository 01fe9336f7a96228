import pytest
from hypothesis import given
from hypothesis import strategies as st

from qala.extraction.anchored import find_anchored_times
from qala.text.words import find_words


def spans(text):
    return [mention.span.of(text) for mention in find_anchored_times(find_words(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وقالت قبل التصويت إن القرار عادل", ["قبل التصويت"]),
        ("وعقب الاجتماع، قال الوزير إنه راض", ["عقب الاجتماع"]),
        ("كانت قد أعلنت فور تشكيل الحكومة الجديدة أنها لن تتعامل معها", ["فور تشكيل الحكومة الجديدة"]),
        ("ولدى مغادرتها للألعاب، قالت", ["لدى مغادرتها للألعاب"]),
        ("في أعقاب الجلسة: كان الحوار جيدا", ["في أعقاب الجلسة"]),
        ("لدى الحلف الأطلسي، قال", []),
        ("بعد أن وصل الوفد، قال", []),
        ("قبل ثلاثة أيام، قال", []),
        ("بعد عام 2014، قال", []),
        ("بعد غارة، قال", []),
        ("بعد الهجوم الذي وقع، قال", []),
        ("بعد الهجوم وقف المسؤول ثم مضى إلى بيته وقال", []),
    ],
)
def test_events(text, expected):
    assert spans(text) == expected


def test_the_direction_is_kept_and_the_day_open():
    (mention,) = find_anchored_times(find_words("وقالت قبل التصويت إن القرار عادل"))
    assert mention.value.direction == -1
    assert mention.value.within is None


@given(
    st.lists(
        st.sampled_from(
            [
                "قبل",
                "بعد",
                "عقب",
                "فور",
                "لدى",
                "في",
                "أعقاب",
                "الاجتماع",
                "مغادرته",
                "إن",
                "،",
                "\n",
                "قال",
                "و",
            ]
        ),
        max_size=30,
    )
)
def test_spans_are_exact_and_in_order(pieces):
    text = " ".join(pieces)
    end = 0
    for mention in find_anchored_times(find_words(text)):
        assert end <= mention.span.start < mention.span.end <= len(text)
        end = mention.span.end


def test_hostile_repetition_ends():
    assert find_anchored_times(find_words("قبل " * 20000)) == []
