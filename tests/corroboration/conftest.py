"""A small press of our own: articles put together from statements, in the gold's form."""

import pytest

from qala.corroboration.gold_form import read_article


@pytest.fixture(scope="session")
def press():
    """Return a function that makes the records of one article.

    Statements are tuples of speaker, cue and content, then act and a dictionary of further fields if need be.
    The text is the title and one sentence a statement: cue, speaker, content.
    """

    def make(name, *statements, day="2021-05-03", title="", outlet="one"):
        text = title + "\n\n" if title else ""
        rows = []
        for number, (speaker, cue, content, *rest) in enumerate(statements, 1):
            act = rest[0] if rest else "assert"
            more = rest[1] if len(rest) > 1 else {}
            at = len(text)
            text += f"{cue} {speaker} {content}.\n"
            source = at + len(cue) + 1
            start = source + len(speaker) + 1
            rows.append(
                {
                    "id": f"s{number}",
                    "source": [source, source + len(speaker)],
                    "speaker": speaker,
                    "cue": [[at, at + len(cue)]],
                    "content": [[start, start + len(content)]],
                    "type": "indirect",
                    "act": act,
                    "hedged": False,
                    **more,
                }
            )
        row = {"id": name, "text": text, "published": day, "outlet": outlet, "title": title, "statements": rows}
        return list(read_article(row, name))

    return make


@pytest.fixture(scope="session")
def dispute(press):
    """Return four articles on one dispute: a ministry says that a neighbour opened a dam, the neighbour denies it."""
    title = "السودان يتهم إثيوبيا بالوقوف وراء فيضان السد"
    return [
        *press(
            "A",
            ("وزارة الري السودانية", "قالت", "إن إثيوبيا مسؤولة عن فيضان السد الذي أغرق ثلاث قرى"),
            ("وزارة الري السودانية", "أضافت", "أن الفيضان أسفر عن مقتل 12 شخصا"),
            title=title,
        ),
        *press(
            "B",
            ("وزارة الري السودانية", "ذكرت", "أن إثيوبيا مسؤولة عن فيضان السد الذي أغرق القرى الثلاث"),
            ("الحكومة الإثيوبية", "نفت", "أي مسؤولية عن فيضان السد", "deny"),
            title=title,
            outlet="two",
        ),
        *press(
            "C",
            ("أديس أبابا", "نفت", "هذه الاتهامات", "deny"),
            ("الاتحاد الإفريقي", "رفض", "التعليق على فيضان السد", "decline"),
            title=title,
            day="2021-05-04",
            outlet="three",
        ),
        *press(
            "D",
            ("منظمة الصحة العالمية", "أعلنت", "أن الفيضان أسفر عن مقتل 30 شخصا"),
            title=title,
            day="2021-05-04",
            outlet="four",
        ),
    ]
