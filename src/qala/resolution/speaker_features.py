"""What the ranker of speakers looks at: a candidate's origin, its words against the source's, its distance."""

from typing import NamedTuple

from qala.extraction.attribution import Draft
from qala.extraction.reading_features import bucket, kind_of
from qala.extraction.scan import Scan
from qala.resolution.candidates import Candidate, named_before
from qala.resolution.cast import Keys, Voice, keys_of, strip_article
from qala.resolution.echoes import Echo

_FRONT = 3  # tokens of a sentence within which its subject stands
_STEM = 5  # letters by which inflected words are compared
_NEAR_WORDS = 60  # tokens around a cue in which a document may be named


class _State(NamedTuple):
    """What is the same for all candidates of one draft."""

    draft: Draft
    explicit: str  # S: a source is written, N: it is left out
    where: str  # how the draft stands to the one before it
    own: Keys
    holder: Draft | None
    by_cue: dict[int, Draft]
    counts: dict[Keys, int]
    contexts: dict[Keys, Keys]
    documents: list[int]  # where the document that is the source was named before
    begins: list[int]  # where the phrases of the sentence's candidates begin that stand before the cue, in order
    antecedent: int  # the last token before a relative pronoun that the cue follows ("X, who said"), or -1


def _state(
    scan: Scan, draft: Draft, candidates: list[Candidate], priors: list[Candidate], drafts: list[Draft]
) -> _State:
    source, at = draft.source, draft.reading.cue.first
    own = keys_of(scan, source.first, source.last) if source else frozenset()
    explicit = "S" if source else "N"
    last = drafts[-2] if len(drafts) > 1 else None
    sentence = bool(last and scan.sentence_start[last.reading.cue.first] == scan.sentence_start[at])
    paragraph = bool(last and scan.paragraph_end[last.reading.cue.first] == scan.paragraph_end[at])
    inside = bool(last and last.reading.start <= at <= last.end)
    where = f"{explicit}{'s' if sentence else ('p' if paragraph else 'x')}{'i' if inside else 'o'}"
    counts: dict[Keys, int] = {}
    for prior in priors:
        counts[prior.keys] = counts.get(prior.keys, 0) + 1
    by_cue = {d.reading.cue.first: d for d in drafts}
    contexts = {c.keys: c.context for c in candidates if c.context}
    documents = named_before(scan, draft) if source else []
    return _State(
        draft,
        explicit,
        where,
        own,
        holder_of(drafts, draft),
        by_cue,
        counts,
        contexts,
        documents,
        _begins_of(scan, candidates, at),
        antecedent_of(scan, at),
    )


def _begins_of(scan: Scan, candidates: list[Candidate], at: int) -> list[int]:
    """Return where the candidates of the sentence begin that stand before its cue."""
    start = scan.sentence_start[at]
    return sorted({begin for c in candidates for begin in c.begins if start <= begin < at})


def antecedent_of(scan: Scan, cue: int) -> int:
    """Return the last token before the relative pronoun that stands right before a cue, or -1 where none does."""
    j = cue - 1
    while j > 0 and scan.classes[j] in ("verbal", "negation", "addition"):
        j -= 1
    if j < 1 or scan.classes[j] != "relative":
        return -1
    j -= 1
    return j - 1 if j > 0 and scan.words.forms[j] in ",-" else j


def holder_of(drafts: list[Draft], draft: Draft) -> Draft | None:
    """Return the draft with the smallest content that holds the cue of ``draft``."""
    at = draft.reading.cue.first
    holders = [d for d in drafts if d is not draft and d.reading.start <= at <= d.end]
    return min(holders, key=lambda d: d.end - d.reading.start, default=None)


def candidate_features(
    scan: Scan,
    draft: Draft,
    candidates: list[Candidate],
    priors: list[Candidate],
    drafts: list[Draft],
    echoes: list[Echo],
    voices: list[Voice],
) -> list[list[str]]:
    """Return the features of each candidate speaker of ``draft``, the last of ``drafts``.

    ``priors`` are the speakers of the drafts before it, ``echoes`` the statements that say the same, ``voices``
    the written sources around it.
    """
    state = _state(scan, draft, candidates, priors, drafts)
    level = 0  # priors of this statement's own level that were passed, nearest first
    out: list[list[str]] = []
    for c in candidates:
        ranked = c.origin in ("prior", "near") or (c.origin in ("person", "unit", "later") and c.rank == 0)
        e = state.explicit + (c.origin + str(c.rank) if ranked else c.origin) + "|"
        features = _itself(scan, state, c, e)
        if c.origin == "prior":
            relation = _relation(drafts, state, c)
            features += _level(state, e, relation, str(min(level, 2)))
            level += relation == "same"
        if draft.source is not None:
            features += _against_source(scan, state, c, e)
        if c.origin in ("person", "prior", "unit"):
            features += _place(scan, state, c, e)
        if c.origin in ("person", "prior", "unit", "near"):
            features += _in_order(scan, state, c, e)
        elif c.origin == "phrase":
            features += _phrase(scan, state, c, e)
        features += _echo(state, c, echoes, e)
        features += _voiced(state, c, voices, e)
        if state.antecedent >= 0:
            features += _antecedent(scan, state, c, e)
        if c.origin == "near":
            features += _rival(scan, state, c, e)
        out.append(features)
    return out


def _itself(scan: Scan, state: _State, c: Candidate, e: str) -> list[str]:
    """Where a candidate comes from, how often it spoke, and whether the verb agrees with it."""
    cue = state.draft.reading.cue
    form = cue.form
    shape, tag = scan.shapes[c.first], scan.tags[c.first]
    agree = form.agree + {"e": "f", "I": "f", "n": "p", "t": "p"}.get(shape[-1], "m")
    return [
        e,
        e + form.morph,
        e + form.entry.id,
        e + state.where,
        e + state.where + form.morph + cue.proclitics,
        state.explicit + c.origin,
        e + "c" + str(min(state.counts.get(c.keys, 0), 3)),
        e + "k" + str(min(len(c.keys), 5)),
        e + "pron" + str(form.pronoun) + form.morph,
        e + "b=" + kind_of(scan, cue.first - 1) + form.morph,
        "ag" + state.explicit + agree + form.morph,
        f"gen{state.explicit}{c.gender}{form.agree}",
        f"gen{state.explicit}{c.origin}{c.gender}{form.agree}{form.morph}",
        e + "ag" + agree,
        e + "sh=" + shape,
        e + "ct=" + tag,
        "ct" + state.explicit + c.origin + tag + form.agree,
        "sh" + state.explicit + c.origin + shape + form.agree,
        "kc" + state.explicit + c.origin + scan.coarse[c.first] + form.agree,
        "kc" + state.explicit + c.origin + scan.coarse[c.first],
        "Kc" + state.explicit + scan.fine[c.first],
        "kl" + state.explicit + c.origin + scan.coarse[c.last],
    ]


def _relation(drafts: list[Draft], state: _State, c: Candidate) -> str:
    """How the statement in which a prior speaker was heard stands to this one."""
    said = state.by_cue.get(c.cue)
    if said is None:
        return "other"
    if said is state.holder:
        return "parent"
    return "same" if holder_of(drafts, said) is state.holder else "deeper"


def _level(state: _State, e: str, relation: str, level: str) -> list[str]:
    cue = state.draft.reading.cue
    return [
        state.explicit + "lvl" + relation + level,
        state.explicit + "lvl" + relation + level + state.where,
        e + "lvl" + relation,
        e + "lvl" + relation + cue.form.morph + cue.proclitics,
    ]


def _against_source(scan: Scan, state: _State, c: Candidate, e: str) -> list[str]:
    """A candidate's name and titles against the words of the source."""
    source = state.draft.source
    assert source is not None
    own, forms = state.own, scan.words.forms
    context = c.context or state.contexts.get(c.keys, frozenset())
    common, shared = len(own & c.keys), len(own & context)
    whole, size = str(shared == len(own)), str(min(len(own), 3))
    head, tag, shape = forms[source.first], scan.tags[source.first], scan.shapes[source.first]
    definite = shape[0] in "AL"
    features = [
        e + "common" + str(min(common, 3)) + str(common == len(own)) + str(common == len(c.keys)),
        e + "ctx" + str(min(shared, 3)) + whole,
        e + "own" + str(min(len(own), 5)) + shape,
        e + "head=" + head,
        e + "head=" + head + size,
        e + "ctxown" + str(min(shared, 3)) + str(min(len(own), 4)),
        e + "sz=" + scan.shapes[source.last] + size,
        f"{e}T{state.draft.reading.cue.first < scan.title_end}{whole}{size}{definite}",
        f"{c.origin}W{whole}{shared > 0}{common}{size}{definite}",
        f"{c.origin}W{whole}{tag}",
        e + "tag=" + tag + size,
        e + "tagctx=" + tag + str(min(shared, 2)) + whole,
        e + "tagz=" + scan.tags[source.last] + size,
        e + "last" + str(forms[source.last] == forms[c.last]),
        e + "kh=" + scan.coarse[source.first],
        e + "Kh=" + scan.fine[source.first],
        e + "kh=" + scan.coarse[source.first] + size,
        e + "khw=" + scan.coarse[source.first] + whole + str(min(common, 1)),
        f"{c.origin}khc={scan.coarse[source.first]}{scan.coarse[c.first]}",
        f"{e}kl={scan.coarse[source.last]}{size}",
    ]
    if c.origin == "prior":
        if tag.startswith("cdoc"):
            begin = max(scan.sentence_start[c.cue], c.cue - _NEAR_WORDS)
            end = min(scan.sentence_end[c.cue], c.cue + _NEAR_WORDS)
            named = any(scan.tags[j].startswith("cdoc") for j in range(begin, end))
            same = any(begin <= j < end for j in state.documents)
            features += [f"doc{named}{c.rank}", f"docs{same}{named}", f"docs{same}{c.rank}"]
        features.append(f"{e}whole{own <= (context | c.keys)}{size}{tag}")
    if tag.startswith("cdoc") and c.places:
        gap = min(((abs(j - x), x > j) for j in state.documents for x in c.places), default=(99, False))
        far = bucket(gap[0])
        features += [f"{e}doc{far}{gap[1]}", f"doc{far}{gap[1]}", f"{e}docs{bool(state.documents)}"]
    if c.origin not in ("self", "name"):
        bare = strip_article(head)
        features.append(e + "hd" + str(bare == strip_article(forms[c.first])))
        features.append(c.origin + "hd" + str(bare in c.keys) + str(bare in context))
    return features


def _place(scan: Scan, state: _State, c: Candidate, e: str) -> list[str]:
    """How far a name stands from the cue, and whether the last sentence before it that names him begins so."""
    at = state.draft.reading.cue.first
    features = [e + "d" + bucket(abs(at - c.first) // 8) + ("<" if c.first < at else ">")]
    before = max((place for place in c.places if place < at), default=-1)
    if before < 0:
        return [*features, e + "after"]
    start = scan.sentence_start[before]
    here = (
        "0"
        if start == scan.sentence_start[at]
        else ("1" if scan.sentence_end[before] + 1 >= scan.sentence_start[at] else "2")
    )
    lead = "0" if before - start <= 1 else ("1" if before - start <= 4 else "2")
    line = scan.paragraph_end[before] == scan.paragraph_end[at]
    return [
        *features,
        f"{e}near{bucket((at - before) // 8)}",
        f"{e}sal{here}{lead}",
        f"{e}sal{here}{lead}{line}{state.where}",
        f"{e}times{min(len(c.places), 3)}",
        f"{e}bp={scan.groups[before - 1]}",
    ]


def _in_order(scan: Scan, state: _State, c: Candidate, e: str) -> list[str]:
    """Which of the names of its sentence a candidate's last one is, and behind which word its phrase begins."""
    at = state.draft.reading.cue.first
    start, cue = scan.sentence_start[at], state.draft.reading.cue
    fresh = bool(state.begins) and state.begins[0] - start <= _FRONT
    out = []
    if c.origin == "prior" and c.cue >= 0:
        same = scan.sentence_start[c.cue] == start
        out += [f"{e}cue{bucket((at - c.cue) // 8)}", f"fresh{state.explicit}{fresh}{same}{c.rank}{state.where}"]
    begin = max((place for place in c.begins if place < at), default=-1)
    if begin < 0:
        return out
    before = scan.sentence_start[begin]
    link = f"{scan.shapes[begin][0]}{cue.form.agree}"
    here = "0" if before == start else ("1" if scan.sentence_end[begin] + 1 >= start else "2")
    out += [
        f"{e}pk{here}{scan.coarse[begin - 1]}",
        f"pK{state.explicit}{here}{scan.fine[begin - 1]}",
        f"pk{state.explicit}{here}{scan.coarse[begin - 1]}{scan.shapes[begin - 1][-1]}{cue.form.agree}",
        f"jh{state.explicit}{here}{link}",
        f"fin{state.explicit}{here}{begin - 1 in scan.finite}{cue.form.morph}",
        f"{e}fin{here}{begin - 1 in scan.finite}",
        f"front{state.explicit}{here}{begin - before <= _FRONT}{state.where}",
        f"{e}front{here}{begin - before <= _FRONT}{cue.form.morph}",
    ]
    if here == "0":
        order = state.begins.index(begin)
        last = len(state.begins) - 1 - order
        out += [
            f"{e}ord{min(order, 3)}{min(last, 3)}",
            f"ord{state.explicit}{min(order, 3)}{min(last, 3)}{cue.form.morph}",
            f"ordp{state.explicit}{min(order, 2)}{scan.coarse[begin - 1]}",
        ]
    return out


def _phrase(scan: Scan, state: _State, c: Candidate, e: str) -> list[str]:
    """How another phrase with the head of the source stands to the source."""
    source = state.draft.source
    assert source is not None
    before, definite = c.first < source.first, scan.shapes[c.first][0] in "ABKWL"
    own = scan.shapes[source.first][0] in "AL"
    size, mine = min(c.last - c.first, 4), min(source.last - source.first, 4)
    tag = scan.tags[source.first]
    shared = len({form[:_STEM] for form in c.keys} & {form[:_STEM] for form in state.own})
    title = c.first < scan.title_end
    return [
        f"{e}ph{c.rank}{before}{definite}{own}",
        f"{e}ph{before}{title}{min(size, 2)}{mine}",
        f"{e}phs{shared >= len(state.own)}{min(shared, 3)}{mine}",
        f"{e}pht{tag}{before}{own}",
        f"{e}phk{scan.coarse[source.first]}{before}",
        f"{e}phg{bucket(abs(source.first - c.first) // 8)}{before}",
        f"{e}phn{scan.coarse[c.last]}",
        f"{e}phl{mine}{size}{own}{definite}",
    ]


def _antecedent(scan: Scan, state: _State, c: Candidate, e: str) -> list[str]:
    """How far a candidate's name stands before the relative pronoun, and whether the pronoun agrees with it."""
    end = state.antecedent
    gap = min((end - place for place in (c.first, *c.places) if end - place >= 0), default=99)
    pronoun = next((f for f in scan.words.forms[end + 1 : end + 3] if f != ","), "-")
    ends = c.last == end
    return [
        f"{e}ante{bucket(gap)}{ends}",
        f"ante{bucket(gap)}{ends}",
        f"ante{pronoun}{c.gender}{scan.shapes[c.first][-1]}",
    ]


def _echo(state: _State, c: Candidate, echoes: list[Echo], e: str) -> list[str]:
    """How much a statement whose source names the candidate says the same."""
    best, later = 0.0, False
    for echo in echoes:
        source = echo.draft.source
        assert source is not None
        if echo.share > best and (echo.names((c.first, *c.places)) and c.origin not in ("self", "name", "body")):
            best, later = echo.share, echo.later
    if not best:
        return [e + "echo0" + str(bool(echoes))]
    return [f"{e}echo{int(best * 4)}{later}", f"echo{state.explicit}{int(best * 4)}{later}"]


def _voiced(state: _State, c: Candidate, voices: list[Voice], e: str) -> list[str]:
    """How often the article writes the candidate as a source before and after, and whether it does so next."""
    at = state.draft.reading.cue.first
    words = c.keys | c.context
    before = after = 0
    following = ""
    for voice in voices:
        if voice.cue == at:
            continue
        same = voice.keys <= words or any(voice.first <= place <= voice.last for place in (c.first, *c.places))
        if voice.cue < at:
            before += same
            continue
        after += same
        following = following or ("next" if same else "other")
    later = f"{min(after, 2)}{following}"
    return [
        f"{e}vb{min(before, 3)}",
        f"{e}va{later}",
        f"v{state.explicit}{min(before, 2)}{later}",
        f"v{state.where}{min(before, 1)}{later}",
    ]


def _rival(scan: Scan, state: _State, c: Candidate, e: str) -> list[str]:
    """Another noun phrase of the sentence: by how much it fell short as the source, and its neighbours."""
    at = state.draft.reading.cue.first
    gap = str(min(int(c.margin), 6))
    return [
        f"{state.explicit}near{gap}",
        f"{state.explicit}near{gap}{state.where}",
        f"{state.explicit}near{gap}{state.draft.reading.cue.form.morph}",
        f"{e}tag{scan.tags[c.first]}",
        e + "p=" + kind_of(scan, c.first - 1),
        e + "a=" + kind_of(scan, c.first),
        e + "n=" + kind_of(scan, c.last + 1),
        e + "L" + bucket(c.last - c.first),
        e + "kp=" + scan.coarse[c.first - 1],
        e + "kn=" + scan.coarse[c.last + 1],
        e + "d" + bucket(abs(at - c.last)),
    ]
