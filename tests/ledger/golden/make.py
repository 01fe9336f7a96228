"""Makes the golden ledger of this version's schema: ``python tests/ledger/golden/make.py``, once for each schema.

A ledger of every released schema stays here for ever, with its head and the hash of what it exports: each newer
version must open it, bring it up to date, verify it against its old head and export the same.
"""

import hashlib
import json
from datetime import UTC, date, datetime
from pathlib import Path

from qala.ledger.codec import encode_statement
from qala.ledger.ledger import Ledger
from qala.ledger.migrations import MIGRATIONS
from qala.ledger.rows import prepare_reading
from qala.ledger.runs import Run
from qala.model import Document, Origin, RefusedInput
from qala.pipeline import extract

FOLDER = Path(__file__).parent
TEXTS = (
    "قال الوزير كمال الراوي أمس إن المصنع أغلق أبوابه، فيما نفى المدير أن يكون العمال قد سرحوا.",
    "نفت سلمى الخالدي، المتحدثة باسم الشركة، أن تكون الشركة قد باعت أسهمها. وأضافت أن السوق هادئة.",
    "وبحسب وكالة رويترز، قال مهندس إن العمل في الجسر\x00 اكتمل.",
)
MOMENT = datetime(2024, 3, 9, 12, tzinfo=UTC)


def export_records(ledger: Ledger) -> str:
    """Return the SHA-256 of everything that a reader of the ledger sees."""
    digest = hashlib.sha256()
    for record in ledger.records(rejected=True):
        kept = [record.id, record.document_id, record.parent, record.run, record.document.text]
        kept += [encode_statement(record.statement), [judgement.id for judgement in record.judgements]]
        digest.update(json.dumps(kept).encode())
    return digest.hexdigest()


def make(path: Path) -> dict[str, str]:
    """Write the ledger; return its head and the hash of its export."""
    with Ledger.open(path, clock=lambda: MOMENT) as ledger:
        readings = []
        for number, text in enumerate(TEXTS):
            origin = Origin(path=f"/news/{number}.txt", raw=text.encode(), encoding="utf-8", method="decoded")
            given = Document(f"a{number}", text, date(2024, 3, 5 + number), "example", title="عنوان", origin=origin)
            readings.append(prepare_reading(extract(given)))
        ledger.append(readings[:2], run=Run("0.1.0", "lexicon", "models"))
        ledger.append(readings, run=Run("0.2.0", "lexicon", "models"), refusals=[(RefusedInput("/x", "y", "z"), "/x")])
        first, second = list(ledger.records())[:2]
        ledger.judge("act", first.id, author="a", value="warn", reason="سبب")
        ledger.judge("reject", second.id, author="b")
        return {"head": ledger.head(), "set_root": ledger.set_root(), "export": export_records(ledger)}


if __name__ == "__main__":
    number = MIGRATIONS[-1].number
    place = FOLDER / f"schema{number}.db"
    place.unlink(missing_ok=True)
    kept = make(place)
    (FOLDER / f"schema{number}.json").write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
