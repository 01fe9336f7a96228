"""The circumstances of a saying: the time phrase that dates it and the carrier it came through."""

from typing import NamedTuple

from qala.extraction.attribution import Draft
from qala.extraction.ranker import Weights, choose
from qala.extraction.reading_features import bucket, kind_of
from qala.extraction.scan import Scan
from qala.lexicon.actors import load_actors
from qala.model import ChannelKind
from qala.text.words import MARK, WORD, find_words


class Phrase(NamedTuple):
    """A candidate: tokens ``first`` to ``last``, where it stands to the cue, and its class."""

    first: int
    last: int
    place: str  # gap: between cue and content · left: before the cue · tail: after the content
    group: str


_LEFT, _TAIL = 30, 14  # tokens before the cue and after the content that are looked at
_LONGEST, _MOST = 14, 40
_FROM, _TONGUE = "\u0639\u0646", "\u0644\u0633\u0627\u0646"
_BREAKS = frozenset(("that", "relative", "conjunction", ".", ":", ";"))
# Log-odds above which a phrase is taken: with most statements having none, the best F1 lies below even odds.
_AT_LEAST = {"when": -0.8, "channel": -0.7}
_KINDS: dict[str, ChannelKind] = {
    "agency": "agency",
    "outlet": "outlet",
    "platform": "platform",
    "document": "document",
    "event": "event",
}


def _stretches(scan: Scan, draft: Draft) -> list[tuple[int, int, str]]:
    """Return the stretches of the sentence, end excluded, where circumstances of ``draft`` can stand."""
    reading, cue = draft.reading, draft.reading.cue
    start = scan.sentence_start[cue.first]
    out: list[tuple[int, int, str]] = []
    if reading.end < 0:
        out.append((cue.last + 1, reading.start, "gap"))
        out.append((max(start, cue.first - _LEFT), cue.first, "left"))
        tail = draft.end + 1
        out.append((tail, min(scan.sentence_end[cue.last], tail + _TAIL), "tail"))
    elif reading.kind != "title":
        out.append((cue.last + 1, min(scan.sentence_end[cue.last], cue.last + 1 + _LEFT), "gap"))
    return out


def find_whens(scan: Scan, draft: Draft) -> list[Phrase]:
    """Return the time expressions that could date the saying of ``draft``."""
    out: list[Phrase] = []
    for begin, end, place in _stretches(scan, draft):
        j = begin
        while j < end:
            number = scan.times[j]
            if number < 0:
                j += 1
                continue
            last = j
            while last + 1 < end and scan.times[last + 1] == number:
                last += 1
            out.append(Phrase(j, last, place, "time"))
            j = last + 1
    return out


def _carrier(scan: Scan, j: int) -> str:
    """Return the kind of carrier that token ``j`` introduces or names, or an empty string."""
    tag = scan.tags[j]
    if tag[:1] == "c":
        return tag[1:]
    if tag[:2] in ("m1", "mb"):
        return "outlet"
    if tag[:2] in ("w1", "wb"):
        return "platform"
    return ""


def find_channels(scan: Scan, draft: Draft) -> list[Phrase]:
    """Return the noun phrases that could name the carrier of ``draft``, each with every plausible end."""
    kinds, classes = scan.words.kinds, scan.classes
    source = draft.source
    out: list[Phrase] = []
    for begin, end, place in _stretches(scan, draft):
        for a in range(begin, end):
            if kinds[a] != WORD or (source and source.first <= a <= source.last):
                continue
            group = _carrier(scan, a)
            if not group:
                continue
            for b in range(a, min(end, a + _LONGEST)):
                if kinds[b] == MARK and scan.quote_close[b] != b and scan.words.forms[b] != ")":
                    if scan.words.forms[b] in ",.:":
                        break
                    continue
                if source and a < source.first <= b:
                    break
                if classes[b] in ("preposition", "that", "relative", "conjunction"):
                    continue
                out.append(Phrase(a, b, place, group))
    relayed = _relayed(scan, draft)
    if relayed is not None and not any(phrase[:2] == relayed[:2] for phrase in out):
        out.append(relayed)
    return out[-_MOST:]


def _relayed(scan: Scan, draft: Draft) -> Phrase | None:
    """Return what stands between a verb and "from" or "by the tongue of" its source: the one who passes it on."""
    source, first = draft.source, draft.reading.cue.last + 1
    if source is None or draft.reading.kind == "title" or source.first <= first + 1:
        return None
    last = source.first - 1
    if scan.words.forms[last] not in (_FROM, _TONGUE):
        return None
    while last > first and (scan.classes[last] == "preposition" or scan.words.forms[last] == _TONGUE):
        last -= 1
    while last > first and scan.times[last] >= 0:
        last -= 1
    between = range(first, last + 1)
    if scan.classes[first] or len(between) > _LONGEST or any(scan.classes[j] in _BREAKS for j in between):
        return None
    return Phrase(first, last, "gap", "relayed")


def phrase_features(scan: Scan, draft: Draft, phrases: list[Phrase]) -> list[list[str]]:
    """Return the features of each candidate circumstance."""
    reading, cue = draft.reading, draft.reading.cue
    forms = scan.words.forms
    relayed = _relayed(scan, draft)
    out: list[list[str]] = []
    for rank, (a, b, place, group) in enumerate(phrases):
        p = place + "|"
        before, after = kind_of(scan, a - 1), kind_of(scan, b + 1)
        distance = a - cue.last if a > cue.last else cue.first - b
        word = forms[a - 1] if a and scan.words.kinds[a - 1] == WORD else "-"
        tag = scan.tags[a] or scan.shapes[a]
        out.append(
            [
                p,
                p + reading.kind,
                p + group,
                p + "b=" + before,
                p + "n=" + after,
                p + "bn=" + before + after,
                p + "w=" + word,
                p + "w=" + word + group,
                p + "d" + bucket(max(distance, 0)),
                p + "L" + bucket(b - a),
                p + "a=" + forms[a],
                p + "t=" + tag,
                p + "tL=" + tag + bucket(b - a),
                p + "tn=" + tag + after,
                p + "z=" + kind_of(scan, b),
                p + "zn=" + kind_of(scan, b) + after,
                p + "m=" + cue.form.morph,
                p + "e=" + cue.form.entry.id,
                p + "rank" + str(min(rank, 3)),
                p + "src" + str(draft.source is None),
                p + "edge" + str(place == "gap" and b + 1 == reading.start),
                p + "wn=" + word + after,
                p + "k=" + reading.kind + word,
                p + "ka=" + scan.coarse[a],
                p + "kz=" + scan.coarse[b],
                p + "kn=" + scan.coarse[b + 1] + group,
                p + "kb=" + scan.coarse[a - 1] + group,
                *([p + "relayed" + str(relayed[:2] == (a, b)) + cue.form.entry.id] if relayed else ()),
                p + "relay" + str(relayed is not None and relayed[:2] == (a, b)),
                p + "comma" + str(forms[a - 1] == "," if a else False) + after,
            ]
        )
    return out


def choose_when(scan: Scan, draft: Draft, weights: Weights) -> Phrase | None:
    """Return the time expression that dates the saying, if any."""
    phrases = find_whens(scan, draft)
    index = choose(weights, phrase_features(scan, draft, phrases), at_least=_AT_LEAST["when"]).index
    return phrases[index] if index >= 0 else None


def choose_channel(scan: Scan, draft: Draft, weights: Weights) -> tuple[Phrase, ChannelKind] | None:
    """Return the carrier's noun phrase and its kind, if any."""
    phrases = find_channels(scan, draft)
    index = choose(weights, phrase_features(scan, draft, phrases), at_least=_AT_LEAST["channel"]).index
    return (phrases[index], _KINDS.get(phrases[index].group, "outlet")) if index >= 0 else None


def relayed_by(scan: Scan, draft: Draft) -> tuple[Phrase, ChannelKind] | None:
    """Return the carrier that a phrase of its own names for the statement, if any."""
    if draft.carrier is None:
        return None
    first = draft.carrier.first
    kind: ChannelKind = "agency" if scan.tags[first] == "cagency" or _is_agency(scan, first) else "outlet"
    return Phrase(first, draft.carrier.last, "tail", kind), kind


def _is_agency(scan: Scan, first: int) -> bool:
    """Whether the actor named at ``first`` is a news agency of the base."""
    base = load_actors()
    mentions = base.find(find_words(scan.words.span(first, min(first + 4, len(scan.classes) - 1)).of(scan.words.text)))
    actor = base.get(mentions[0].ids[0]) if mentions else None
    return actor is not None and actor.kind == "agency"
