"""Statements that are given in the gold's form, corroborated: the step after reading, judged alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qala.corroborating.views import corroborate, name_documents
from qala.corroboration.gold_form import read_articles
from qala.records import identify_document

if TYPE_CHECKING:
    from pathlib import Path

    from qala.corroboration.model import Corroboration


def corroborate_file(path: str | Path) -> Corroboration:
    """Return utterances, claims and copies of a file of articles with given statements.

    Members are ``ARTICLE:STATEMENT``, documents go by the ids that the file gives them. Raises ``GoldFormError``
    with ``file:line`` for a line that breaks the form, ``ReadError`` where the file cannot be read.
    """
    articles = list(read_articles(path))
    documents = {identify_document(document): document for document, _ in articles}
    views = corroborate([record for _, records in articles for record in records], documents)
    return name_documents(views.corroboration, {key: document.id for key, document in documents.items()})
