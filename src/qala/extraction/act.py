"""What a source does with its content: the act, the type of quotation, the hedge."""

from qala.extraction.attribution import Draft
from qala.extraction.ranker import Weights, best_of, score_labels
from qala.extraction.refusals import declines
from qala.extraction.scan import Scan
from qala.lexicon.words import load_classes
from qala.model import ACTS, Act, QuoteType
from qala.text.words import MARK

_FIRST = 7  # words of the content that the choice of the act looks at
_FURTHER = 25


def act_features(scan: Scan, draft: Draft) -> list[str]:
    """Return the features of a draft, to be crossed with each act."""
    reading = draft.reading
    form = reading.cue.form
    forms, kinds = scan.words.forms, scan.words.kinds
    entry = form.entry
    neutral = "N" if entry.act == "assert" else "S"
    out = [
        "",
        "lex" + entry.act,
        "e" + entry.id,
        "e" + entry.id + reading.kind,
        "lk" + entry.act + reading.kind,
        "em" + entry.id + form.morph,
    ]
    if reading.particle >= 0:
        out.append("p" + entry.id + forms[reading.particle])
    for cue in draft.cues:
        out.append("e2" + cue.form.entry.id)
    before = forms[reading.cue.first - 1] if reading.cue.first else ""
    out += ["b" + before, "be" + before + entry.id]
    seen = 0
    for j in range(reading.start, min(draft.end + 1, reading.start + _FURTHER)):
        if kinds[j] == MARK:
            continue
        if seen < _FIRST:
            out.append("w" + forms[j] + neutral)
            out += ["w" + forms[j], "k" + scan.coarse[j] + neutral]
            if seen < 2:
                out.append("w" + str(seen) + forms[j])
                out.append("we" + forms[j] + entry.id)
        else:
            out.append("f" + forms[j])
        seen += 1
    return out


def choose_act(scan: Scan, draft: Draft, weights: Weights) -> Act:
    """Return the act of a draft; without weights, the lexicon's. A plain verb of saying may decline by its content."""
    lexical = draft.reading.cue.form.entry.act
    if lexical == "assert" and declines(scan, draft.reading.start, draft.end):
        return "decline"
    if not weights:
        return lexical
    return ACTS[best_of(score_labels(weights, act_features(scan, draft), ACTS), none=False).index]


def quote_type(scan: Scan, start: int, end: int) -> QuoteType:
    """Return ``direct`` where quotation marks hold the whole content but a complementiser, ``mixed`` where
    they hold some words of it, else ``indirect``.
    """
    kinds, classes = scan.words.kinds, scan.classes
    quoted = bare = 0
    for j in range(start, end + 1):
        if kinds[j] == MARK or (classes[j] == "that" and j - start < 2):
            continue
        inside = scan.quote_open[j] >= start
        quoted += inside
        bare += not inside
    if not quoted:
        return "indirect"
    return "direct" if not bare else "mixed"


def find_hedges(scan: Scan, start: int, end: int) -> list[int]:
    """Return the tokens of the content's main clause with which the source marks less than certainty."""
    hedges = load_classes()["hedge"]
    return [j for j in range(start, min(end, start + 8) + 1) if scan.words.forms[j] in hedges]
