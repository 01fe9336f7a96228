"""Who a source is: the same article's fullest form of it, or the antecedent where the Arabic leaves it out.

Candidates are listed, a ranker chooses among them (trained as :mod:`qala.extraction.ranker` says);
a source that names itself is one of its own candidates.
"""

from typing import NamedTuple

from qala.extraction.attribution import Draft
from qala.extraction.ranker import Weights, choose
from qala.extraction.reading_features import bucket, kind_of
from qala.extraction.scan import Scan
from qala.resolution.persons import Person
from qala.text.words import MARK

Keys = frozenset[str]


class Candidate(NamedTuple):
    """One possible speaker: tokens of its fullest form, and where it comes from."""

    first: int
    last: int
    origin: str  # self, name, prior, person, near
    rank: int  # how many of the same origin are nearer
    keys: Keys
    context: Keys  # words that introduce it anywhere: title, office, affiliation
    lead: int = 0  # tokens of a title right before the fullest form
    margin: float = 0.0  # of a rival of the source: by how much it fell short
    cue: int = -1  # the cue of the statement in which a prior speaker was last heard


class Profile(NamedTuple):
    """A person of the article: the fullest form, all names' and titles' words, every place."""

    first: int
    last: int
    keys: Keys
    context: Keys
    places: tuple[int, ...]
    lead: int  # tokens of the title before the fullest form


_PRIORS, _PERSONS = 4, 5


def _strip(form: str) -> str:
    """Return a folded word without article and joined preposition, as names are compared."""
    if form.startswith("\u0627\u0644") and len(form) > 4:
        return form[2:]
    if form.startswith("\u0644\u0644") and len(form) > 4:
        return form[2:]
    return form


def keys_of(scan: Scan, first: int, last: int) -> Keys:
    """Return the words of a span under which names are compared."""
    kinds, forms = scan.words.kinds, scan.words.forms
    return frozenset(_strip(forms[j]) for j in range(first, last + 1) if kinds[j] != MARK)


def profile_persons(scan: Scan, persons: list[Person]) -> list[Profile]:
    """Join the places of each person: a name that ends in the same word, and shares no contradiction, is one person."""
    by_last: dict[str, list[tuple[Person, Keys]]] = {}
    for person in persons:
        keys = keys_of(scan, person.first, person.last)
        by_last.setdefault(_strip(scan.words.forms[person.last]), []).append((person, keys))
    profiles: list[Profile] = []
    for group in by_last.values():
        clusters: list[list[tuple[Person, Keys]]] = []
        for person, keys in group:
            home = next((c for c in clusters if any(keys <= k or k <= keys for _, k in c)), None)
            if home is None:
                clusters.append([(person, keys)])
            else:
                home.append((person, keys))
        for cluster in clusters:
            best = max(cluster, key=lambda item: (len(item[1]), -item[0].first))
            context: set[str] = set()
            for person, _ in cluster:
                context |= keys_of(scan, person.title, person.first - 1)
                context |= _apposition(scan, person.last + 1)
            profiles.append(
                Profile(
                    best[0].first,
                    best[0].last,
                    best[1],
                    frozenset(context),
                    tuple(p.first for p, _ in cluster),
                    best[0].first - best[0].title,
                )
            )
    return sorted(profiles, key=lambda profile: profile.places[0])


def _apposition(scan: Scan, after: int) -> Keys:
    """Return the words of the phrase in apposition that follows a name behind a comma."""
    forms = scan.words.forms
    if after + 1 >= len(forms) or forms[after] != ",":
        return frozenset()
    end = after + 1
    while end < min(len(forms), after + 9) and not (
        scan.words.kinds[end] == MARK or scan.classes[end] in ("relative", "that") or end in scan.cue_at or scan.times[end] >= 0
    ):
        end += 1
    return keys_of(scan, after + 1, end - 1)


def list_candidates(
    scan: Scan, draft: Draft, priors: list[Candidate], profiles: list[Profile], drafts: list[Draft]
) -> list[Candidate]:
    """Return the possible speakers of ``draft``; ``priors`` are the speakers chosen before it, in order."""
    out: list[Candidate] = []
    source = draft.source
    if source is not None:
        keys = keys_of(scan, source.first, source.last)
        out.append(Candidate(source.first, source.last, "self", 0, keys, frozenset()))
        inner = next((p for p in profiles if any(source.first < place <= source.last for place in p.places)), None)
        if inner is not None:
            out.append(Candidate(inner.first, inner.last, "name", 0, inner.keys, inner.context, inner.lead))
    seen: list[Keys] = []
    called: dict[Keys, Keys] = {}
    for prior in priors:
        called[prior.keys] = called.get(prior.keys, frozenset()) | prior.context
    for prior in reversed(priors):
        if not prior.keys or prior.keys in seen:
            continue
        out.append(prior._replace(origin="prior", rank=len(seen), context=called[prior.keys]))
        seen.append(prior.keys)
        if len(seen) == _PRIORS:
            break
    at = draft.reading.cue.first
    own = keys_of(scan, source.first, source.last) if source else frozenset()

    def nearness(profile: Profile) -> tuple[int, int]:
        shared = len(own & (profile.context | profile.keys))
        return -shared, min((at - x if x < at else 3 * (x - at)) for x in profile.places)

    for rank, profile in enumerate(sorted(profiles, key=nearness)[:_PERSONS]):
        out.append(Candidate(profile.first, profile.last, "person", rank, profile.keys, profile.context, profile.lead))
    for rank, (span, margin) in enumerate(draft.rivals):
        if any(d.reading.start <= span.first and span.last <= d.end and not d.reading.start <= at <= d.end for d in drafts):
            continue  # words that somebody else says
        keys = keys_of(scan, span.first, span.last)
        out.append(Candidate(span.first, span.last, "near", rank, keys, frozenset(), margin=margin))
    return out


def _gender(scan: Scan, token: int) -> str:
    return {"e": "f", "I": "f", "n": "p", "t": "p"}.get(scan.shapes[token][-1], "m")


def candidate_features(
    scan: Scan, draft: Draft, candidates: list[Candidate], priors: list[Candidate], drafts: list[Draft]
) -> list[list[str]]:
    """Return the features of each candidate speaker of ``draft``."""
    source, reading = draft.source, draft.reading
    form = reading.cue.form
    at = reading.cue.first
    own = keys_of(scan, source.first, source.last) if source else frozenset()
    head = scan.words.forms[source.first] if source else ""
    explicit = "S" if source else "N"
    known_context: dict[Keys, Keys] = {c.keys: c.context for c in candidates if c.context}
    last = drafts[len(priors) - 1] if priors else None
    same_sentence = bool(last and scan.sentence_start[last.reading.cue.first] == scan.sentence_start[at])
    same_paragraph = bool(last and scan.paragraph_end[last.reading.cue.first] == scan.paragraph_end[at])
    inside = bool(last and last.reading.start <= at <= last.end)
    state = f"{explicit}{'s' if same_sentence else ('p' if same_paragraph else 'x')}{'i' if inside else 'o'}"
    holder = _holder(drafts, draft)
    by_cue = {d.reading.cue.first: d for d in drafts}
    level = 0  # priors of this statement's own level that were passed, nearest first
    counts: dict[Keys, int] = {}
    for prior in priors:
        counts[prior.keys] = counts.get(prior.keys, 0) + 1
    out: list[list[str]] = []
    for c in candidates:
        o = c.origin + str(c.rank) if c.origin in ("prior", "near") or (c.origin == "person" and c.rank == 0) else c.origin
        e = explicit + o + "|"
        features = [
            e, e + form.morph, e + form.entry.id, e + state, e + state + form.morph + reading.cue.proclitics,
            explicit + c.origin, e + "c" + str(min(counts.get(c.keys, 0), 3)), e + "k" + str(min(len(c.keys), 5)),
            e + "pron" + str(form.pronoun) + form.morph,
            e + "b=" + kind_of(scan, at - 1) + form.morph,
        ]
        if c.origin == "prior":
            said = by_cue.get(c.cue)
            relation = "parent" if said is holder and said is not None else "other"
            if said is not None and relation == "other":
                relation = "same" if _holder(drafts, said) is holder else "deeper"
            features += [
                explicit + "lvl" + relation + str(min(level, 2)),
                explicit + "lvl" + relation + str(min(level, 2)) + state,
                e + "lvl" + relation,
                e + "lvl" + relation + form.morph + reading.cue.proclitics,
            ]
            level += relation == "same"
        agree = form.agree + _gender(scan, c.first)
        features += ["ag" + explicit + agree + form.morph, e + "ag" + agree, e + "sh=" + scan.shapes[c.first], e + "ct=" + scan.tags[c.first], "ct" + explicit + c.origin + scan.tags[c.first] + form.agree, "sh" + explicit + c.origin + scan.shapes[c.first] + form.agree]
        if source is not None:
            common = len(own & c.keys)
            context = c.context or known_context.get(c.keys, frozenset())
            shared = len(own & context)
            features += [
                e + "common" + str(min(common, 3)) + str(common == len(own)) + str(common == len(c.keys)),
                e + "ctx" + str(min(shared, 3)) + str(shared == len(own)),
                e + "own" + str(min(len(own), 5)) + scan.shapes[source.first],
                e + "head=" + head,
                e + "head=" + head + str(min(len(own), 3)),
                e + "ctxown" + str(min(shared, 3)) + str(min(len(own), 4)),
                e + "sz=" + scan.shapes[source.last] + str(min(len(own), 3)),
                f"{e}T{at < scan.title_end}{shared == len(own)}{min(len(own), 3)}{scan.shapes[source.first][0] in 'AL'}",
                f"{c.origin}W{shared == len(own)}{shared > 0}{common}{min(len(own), 3)}{scan.shapes[source.first][0] in 'AL'}",
                f"{c.origin}W{shared == len(own)}{scan.tags[source.first]}",
                e + "tag=" + scan.tags[source.first] + str(min(len(own), 3)),
                e + "tagctx=" + scan.tags[source.first] + str(min(shared, 2)) + str(shared == len(own)),
                e + "tagz=" + scan.tags[source.last] + str(min(len(own), 3)),
                e + "last" + str(scan.words.forms[source.last] == scan.words.forms[c.last]),
            ]
            if c.origin == "prior":
                names_document = scan.tags[source.first].startswith("cdoc")
                if names_document:
                    begin, end = scan.sentence_start[c.cue], scan.sentence_end[c.cue]
                    features.append(f"doc{any(scan.tags[j].startswith('cdoc') for j in range(begin, end))}{c.rank}")
                features.append(e + "whole" + str(own <= (context | c.keys)) + str(min(len(own), 3)) + scan.tags[source.first])
            if c.origin not in ("self", "name"):
                features.append(e + "hd" + str(_strip(head) == _strip(scan.words.forms[c.first])))
                features.append(c.origin + "hd" + str(_strip(head) in c.keys) + str(_strip(head) in context))
        if c.origin in ("person", "prior"):
            features.append(e + "d" + bucket(abs(at - c.first) // 8) + ("<" if c.first < at else ">"))
        if c.origin == "near":
            gap = str(min(int(c.margin), 6))
            features += [
                f"{explicit}near{gap}", f"{explicit}near{gap}{state}", f"{explicit}near{gap}{form.morph}",
                f"{e}tag{scan.tags[c.first]}",
                e + "p=" + kind_of(scan, c.first - 1), e + "a=" + kind_of(scan, c.first), e + "n=" + kind_of(scan, c.last + 1), e + "L" + bucket(c.last - c.first), e + "d" + bucket(abs(at - c.last))]
        out.append(features)
    return out


def _holder(drafts: list[Draft], draft: Draft) -> Draft | None:
    """Return the draft with the smallest content that holds the cue of ``draft``."""
    at = draft.reading.cue.first
    holders = [d for d in drafts if d is not draft and d.reading.start <= at <= d.end]
    return min(holders, key=lambda d: d.end - d.reading.start, default=None)


def choose_speakers(scan: Scan, drafts: list[Draft], profiles: list[Profile], weights: Weights) -> list[Candidate | None]:
    """Return the speaker of each draft, in order; each choice sees the ones before it."""
    chosen: list[Candidate | None] = []
    priors: list[Candidate] = []
    for number, draft in enumerate(drafts):
        candidates = list_candidates(scan, draft, priors, profiles, drafts[: number + 1])
        features = candidate_features(scan, draft, candidates, priors, drafts[: number + 1])
        index = choose(weights, features, none=False).index
        speaker = candidates[index] if index >= 0 else None
        chosen.append(speaker)
        priors.append(heard(scan, draft, speaker))
    return chosen


_NOBODY = Candidate(0, 0, "self", 0, frozenset(), frozenset())


def heard(scan: Scan, draft: Draft, speaker: Candidate | None) -> Candidate:
    """Return a speaker as later statements see him: with the words by which this one calls him."""
    if speaker is None:
        return _NOBODY
    source = draft.source
    called = keys_of(scan, source.first, source.last) if source else frozenset()
    return speaker._replace(context=speaker.context | called, cue=draft.reading.cue.first)
