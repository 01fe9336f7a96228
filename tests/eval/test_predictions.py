import hashlib
import os

import orjson
from eval.predictions import ROOT, determining_files, fitting, load_predictions, newer_files


def row(article):
    digest = hashlib.sha256(article.document.text.encode()).hexdigest()
    return {"id": "made-up", "text_sha256": digest, "statements": article.statements}


def test_newer_files_are_named(tmp_path):
    made, old, new = (tmp_path / name for name in ("made", "old", "new"))
    for moment, path in ((1000, old), (2000, made), (3000, new)):
        path.touch()
        os.utime(path, (moment, moment))
    assert newer_files(made, [old, new, tmp_path / "absent"]) == [new]
    assert newer_files(tmp_path / "absent", [old, new]) == [old, new]


def test_what_determines_the_predictions():
    found = {path.relative_to(ROOT).as_posix() for path in determining_files() if ROOT in path.parents}
    package = "src/qala/"
    assert package + "pipeline.py" in found and package + "data/ar/verbs.yaml" in found
    assert package + "exports/jsonl.py" in found and "training/groups.py" in found
    assert not [path for path in found if path.startswith((package + "cli/", package + "data/models/"))]
    assert package + "exports/html.py" not in found


def test_predictions_fit_the_articles_they_were_made_of(article, tmp_path):
    path = tmp_path / "predictions.jsonl"
    path.write_bytes(orjson.dumps(row(article)) + b"\n")
    rows = load_predictions(path)
    assert fitting(rows, [article]) == {"made-up": article.statements}
    assert fitting({}, [article]) is None
    rows["made-up"]["text_sha256"] = "another"
    assert fitting(rows, [article]) is None
