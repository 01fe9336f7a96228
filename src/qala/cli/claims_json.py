"""What the commands over many articles print with ``--json``: the nouns' own field names, with ids and offsets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qala.exports.dossier_json import plain_values

if TYPE_CHECKING:
    from qala.corroborating.choose import Summary
    from qala.corroborating.views import Views
    from qala.corroboration.events import Event
    from qala.corroboration.exchange import ExchangeFrame
    from qala.corroboration.history import ActorHistory
    from qala.corroboration.model import Copy
    from qala.records import Record


def describe_summary(summary: Summary, views: Views) -> dict[str, Any]:
    """Return a claim of a list: its counts, its stances with their statements, the kinds of its conflicts."""
    members = {utterance.id: utterance.members for utterance in views.utterances}
    claim = summary.claim
    return {
        "id": claim.id,
        "gloss": claim.gloss,
        "utterances": summary.utterances,
        "speakers": {sign: list(names) for sign, names in summary.speakers.items()},
        "statements": summary.statements,
        "articles": summary.articles,
        "outlets": summary.outlets,
        "first": summary.first,
        "last": summary.last,
        "conflicts": list(summary.conflicts),
        "stances": [
            {"utterance": stance.utterance, "sign": stance.sign, "statements": list(members[stance.utterance])}
            for stance in claim.stances
        ],
    }


def describe_copy(copy: Copy, views: Views) -> dict[str, Any]:
    """Return a copy with what is known of both articles; spans are of ``a``'s and of ``b``'s text."""
    described: dict[str, Any] = plain_values(copy)
    for side in ("a", "b"):
        document = views.documents[described[side]]
        described[f"{side}_article"] = {
            "given_id": document.id,
            "outlet": document.outlet,
            "title": document.title,
            "url": document.url,
            "published": document.published.isoformat() if document.published else None,
        }
    return described


def describe_actor(history: ActorHistory, *, changes_only: bool = False) -> dict[str, Any]:
    """Return what an actor said, and where his sign changed."""
    described: dict[str, Any] = plain_values(history)
    if changes_only:
        del described["turns"]
    return described


def describe_frame(frame: ExchangeFrame | Event, record: Record) -> dict[str, Any]:
    """Return an exchange or an event with the article in which the statement stands."""
    document = record.document
    return {
        **plain_values(frame),
        "document": record.document_id,
        "outlet": document.outlet,
        "published": document.published.isoformat() if document.published else None,
        "cue_words": frame.cue.of(document.text),
    }
