"""What the ranker of speakers looks at: a candidate's origin, its words against the source's, its distance.

Memos (:mod:`qala.resolution.speaker_memos`) tell what the facts of a candidate are worth: weights, or to training
names.
"""

from collections.abc import Sequence

from qala.extraction.ranker import Memo, Memos, Weights, Worth, memos_of, spelling
from qala.extraction.reading_features import bucket, kind_of
from qala.extraction.scan import Scan
from qala.resolution.candidates import Candidate, first_within
from qala.resolution.echoes import STEM, Echo
from qala.resolution.holders import relation
from qala.resolution.keys import BARE, Keys
from qala.resolution.scenes import Scene
from qala.resolution.speaker_facts import (
    Frame,
    Heard,
    Written,
    echoed,
    frame_of,
    heard_as,
    last_before,
    relation_of,
    sentences_back,
)
from qala.resolution.speaker_memos import Against, Itself, Known, Ordered, Origin, of_cue, of_source, origin_memos

_FRONT = 3  # tokens of a sentence within which its subject stands
_NEAR_WORDS = 60  # tokens around a cue in which a document may be named
_DECIMALS = 6  # weights have three: rounded, equal sums are equal in whatever order they were added
_NO_KEYS: Keys = frozenset()


def _worths(scan: Scan, scene: Scene, memos: Memos[Worth]) -> list[Worth]:
    """Return what each candidate speaker of a scene is worth."""
    frame, cue = frame_of(scan, scene), scene.draft.reading.cue
    form, written = cue.form, frame.written
    level = 0  # priors of this statement's own level that were passed, nearest first
    by_origin = _by_origin(scan, frame, memos)
    shared: dict[str, tuple[Origin[Worth], Worth]] = {}
    out: list[Worth] = []
    for c in scene.candidates:
        origin = c.origin
        ranked = origin in ("prior", "near", "name") or (origin in ("person", "unit", "later") and c.rank == 0)
        e = f"{frame.explicit}{origin}{c.rank}|" if ranked else f"{frame.explicit}{origin}|"
        if e not in shared:
            names = Known(frame.explicit, origin, e, form.morph, form.agree)
            known: Origin[Worth] = memos.once(origin_memos, names)
            shared[e] = known, _of_origin(scan, frame, e, by_origin, memos)
        known, total = shared[e]
        voiced = heard_as(frame.voices, c)
        total += _itself(scan, frame, c, voiced, scene.echoes, known.itself)
        if origin == "prior":
            relation = relation_of(frame, scene.drafts, c)
            total += known.itself.level[relation, min(level, 2), frame.where, cue.proclitics]
            level += relation == "same"
        if written is not None:
            total += _against_source(scan, frame, written, c, voiced, known.against)
            if written.tag.startswith("cdoc"):
                total += memos.worth(_document(scan, frame, written, c, e))
        if origin in ("person", "prior", "unit"):
            total += _place(scan, frame, c, known.itself)
            total = _in_order(scan, frame, c, known.ordered, total)
        elif origin == "near":
            total = _in_order(scan, frame, c, known.ordered, total) + memos.worth(_rival(scan, frame, c, e))
        elif origin == "phrase" and written is not None:
            total += memos.worth(_phrase(scan, frame, written, c, e))
        elif origin == "name":
            total += memos.worth(_inside(scan, frame, c, e))
        if frame.antecedent >= 0:
            total += memos.worth(_antecedent(scan, frame, c, e))
        out.append(total)
    return out


def candidate_features(scan: Scan, scene: Scene) -> list[list[str]]:
    """Return the features of each candidate speaker of a scene."""
    return [list(features) for features in _worths(scan, scene, spelling())]


def score_candidates(scan: Scan, scene: Scene, weights: Weights) -> list[float]:
    """Return the score of each candidate speaker of a scene."""
    return [round(value, _DECIMALS) for value in _worths(scan, scene, memos_of(weights))]


def _by_origin(scan: Scan, frame: Frame, memos: Memos[Worth]) -> list[Memo[Worth]]:
    """Return what the cue and the source are worth by the origin of a candidate."""
    cue, source = frame.draft.reading.cue, frame.draft.source
    form, before = cue.form, kind_of(scan, cue.first - 1)
    out = of_cue(memos, frame.where, cue.proclitics, form.pronoun, form.morph, form.entry.id, before)
    if source is not None and frame.written is not None:
        first, last = source.first, source.last
        begin = scan.shapes[first], scan.coarse[first], scan.fine[first]
        out += of_source(memos, len(frame.written.own), begin, (scan.shapes[last], scan.coarse[last], scan.tags[last]))
    return out


def _of_origin(scan: Scan, frame: Frame, e: str, by_origin: list[Memo[Worth]], memos: Memos[Worth]) -> Worth:
    """Return what the cue and the source are worth for all candidates of one origin."""
    names: list[str] = []
    if frame.draft.source is not None and frame.written is not None:  # a word is seldom met twice
        head = f"{e}head={scan.words.forms[frame.draft.source.first]}"
        names = [head, f"{head}{min(len(frame.written.own), 3)}"]
    total = memos.worth(names)
    for memo in by_origin:
        total += memo[e]
    return total


def _itself(
    scan: Scan, frame: Frame, c: Candidate, voiced: Heard, echoes: Sequence[Echo], known: Itself[Worth]
) -> Worth:
    """Return what a candidate's words, its gender and how often it spoke are worth."""
    first, keys = c.first, c.keys
    share, later = echoed(c, echoes)
    silent = "" if share else str(bool(echoes))
    total = (
        known.habit[min(frame.counts.get(keys, 0), 3), min(len(keys), 5), silent]
        + known.gender[c.gender]
        + known.shape[scan.shapes[first]]
        + known.tag[scan.tags[first]]
        + known.cluster[scan.coarse[first]]
        + known.fine[scan.fine[first]]
        + known.last[scan.coarse[c.last]]
        + known.voiced[(frame.where, *voiced)]
    )
    return total + known.echo[int(share * 4), later] if share else total


def _against_source(
    scan: Scan, frame: Frame, written: Written, c: Candidate, voiced: Heard, known: Against[Worth]
) -> Worth:
    """Return what a candidate's name and titles are worth against the words of the source."""
    source, own, forms, keys = frame.draft.source, written.own, scan.words.forms, c.keys
    assert source is not None
    context = c.context or frame.contexts.get(keys, _NO_KEYS)
    common, shared, words = len(own & keys), len(own & context), len(own)
    whole, same_last = shared == words, forms[source.last] == forms[c.last]
    total = (
        known.shared[common, common == len(keys), shared, words, written.definite, written.title, same_last]
        + known.tag[written.tag, min(words, 3), min(shared, 2), whole]
        + known.cluster[written.coarse, whole, min(common, 1)]
        + known.clusters[written.coarse, scan.coarse[c.first]]
    )
    if frame.voices.keys:
        kind = written.tag, written.definite, written.title, min(words, 3)
        total += known.voiced[kind, voiced, bool(c.places) and c.places[0] > frame.at]
    if c.origin == "prior":
        total += known.whole[own <= (context | keys), min(words, 3), written.tag]
    if written.office is not None and (held := relation(written.office, c.known)):
        total += known.held[held, bool(written.office.id)]
    if c.origin not in ("self", "name"):
        head = written.head
        total += known.same_head[head == BARE[forms[c.first]], head in keys, head in context]
    return total


def _document(scan: Scan, frame: Frame, written: Written, c: Candidate, e: str) -> list[str]:
    """How near a candidate is named to the document that is the source, or was heard to one."""
    out = []
    if c.origin == "prior":
        begin = max(scan.sentence_start[c.cue], c.cue - _NEAR_WORDS)
        end = min(scan.sentence_end[c.cue], c.cue + _NEAR_WORDS)
        named = any(scan.tags[j].startswith("cdoc") for j in range(begin, end))
        same = any(begin <= j < end for j in written.documents)
        out += [f"doc{named}{c.rank}", f"docs{same}{named}", f"docs{same}{c.rank}"]
    if c.places:
        gaps = [(abs(j - x), x > j) for j in written.documents for x in c.places]
        gap, behind = min(gaps, default=(99, False))
        far = bucket(gap)
        out += [f"{e}doc{far}{behind}", f"doc{far}{behind}", f"{e}docs{bool(written.documents)}"]
    return out


def _place(scan: Scan, frame: Frame, c: Candidate, known: Itself[Worth]) -> Worth:
    """Return what it is worth how far a name stands from the cue, and how in the last sentence before it."""
    at, first = frame.at, c.first
    far = bucket((at - first) // 8) + "<" if first < at else bucket((first - at) // 8) + ">"
    before = last_before(c.places, at)
    if before < 0:
        return known.reach[far, "", 0]
    ahead = before - scan.sentence_start[before]
    lead = "0" if ahead <= 1 else ("1" if ahead <= 4 else "2")
    line = scan.paragraph_end[before] == scan.paragraph_end[at]
    return (
        known.reach[far, bucket((at - before) // 8), min(len(c.places), 3)]
        + known.salient[sentences_back(scan, before, frame.start), lead, line, frame.where]
        + known.preceded[scan.groups[before - 1]]
    )


def _in_order(scan: Scan, frame: Frame, c: Candidate, known: Ordered[Worth], total: Worth) -> Worth:
    """Add to ``total`` which of the names of its sentence a candidate's last one is, and what its phrase follows."""
    at, start, begins = frame.at, frame.start, frame.begins
    if c.origin == "prior" and c.cue >= 0:
        fresh = bool(begins) and begins[0] - start <= _FRONT
        same = scan.sentence_start[c.cue] == start
        total += known.heard[bucket((at - c.cue) // 8), fresh, same, c.rank, frame.where]
    begin = last_before(c.begins, at)
    if begin < 0:
        return total
    here, front, link = sentences_back(scan, begin, start), begin - scan.sentence_start[begin] <= _FRONT, begin - 1
    cluster, order, last = scan.coarse[link], -1, -1
    if here == "0":
        order = begins.index(begin)
        last = min(len(begins) - 1 - order, 3)
        total += known.order[min(order, 2), cluster]
    return (
        total
        + known.cluster[here, cluster, scan.shapes[link][-1]]
        + known.fine[here, scan.fine[link]]
        + known.joined[here, scan.shapes[begin][0]]
        + known.place[here, link in scan.finite, front, frame.where, min(order, 3), last]
    )


def _phrase(scan: Scan, frame: Frame, written: Written, c: Candidate, e: str) -> list[str]:
    """How another phrase with the head of the source stands to the source."""
    source = frame.draft.source
    assert source is not None
    before, definite, own = c.first < source.first, scan.shapes[c.first][0] in "ABKWL", written.definite
    size, mine = min(c.last - c.first, 4), min(source.last - source.first, 4)
    shared = len({form[:STEM] for form in c.keys} & {form[:STEM] for form in written.own})
    title = c.first < scan.title_end
    return [
        f"{e}ph{c.rank}{before}{definite}{own}",
        f"{e}ph{before}{title}{min(size, 2)}{mine}",
        f"{e}phs{shared >= len(written.own)}{min(shared, 3)}{mine}",
        f"{e}pht{written.tag}{before}{own}",
        f"{e}phk{written.coarse}{before}",
        f"{e}phg{bucket(abs(source.first - c.first) // 8)}{before}",
        f"{e}phn{scan.coarse[c.last]}",
        f"{e}phl{mine}{size}{own}{definite}",
    ]


def _inside(scan: Scan, frame: Frame, c: Candidate, e: str) -> list[str]:
    """Where in the source a person is named: at its head, behind a title, behind what belongs to the person."""
    source = frame.draft.source
    assert source is not None
    at = first_within(c.places, source.first, source.last)
    ahead, behind = at - source.first, source.last - at
    before = scan.groups[at - 1] if ahead else "^"
    between = range(source.first, at)
    titles = sum(scan.tags[j][:1] == "t" for j in between)
    joined = any(scan.classes[j] == "preposition" for j in between)
    comma = "," in scan.words.forms[source.first : at]
    head = scan.tags[source.first]
    return [
        f"{e}in{min(ahead, 4)}",
        f"{e}inb={before}{comma}",
        f"{e}inc={scan.coarse[at - 1] if ahead else '^'}{comma}",
        f"inC={scan.fine[at - 1] if ahead else '^'}{comma}",
        f"{e}int{min(titles, 2)}{joined}{comma}",
        f"{e}inh={head}{min(titles, 2)}{joined}{comma}",
        f"inH={scan.fine[source.first]}{comma}{ahead > 1}",
        f"{e}inl{min(behind, 4)}{min(ahead, 2)}{c.last - c.first}",
    ]


def _antecedent(scan: Scan, frame: Frame, c: Candidate, e: str) -> list[str]:
    """How far a candidate's name stands before the relative pronoun, and whether the pronoun agrees with it."""
    end = frame.antecedent
    gap = min((end - place for place in (c.first, *c.places) if end - place >= 0), default=99)
    pronoun = next((f for f in scan.words.forms[end + 1 : end + 3] if f != ","), "-")
    ends = c.last == end
    return [
        f"{e}ante{bucket(gap)}{ends}",
        f"ante{bucket(gap)}{ends}",
        f"ante{pronoun}{c.gender}{scan.shapes[c.first][-1]}",
    ]


def _rival(scan: Scan, frame: Frame, c: Candidate, e: str) -> list[str]:
    """Another noun phrase of the sentence: by how much it fell short as the source, and its neighbours."""
    gap = f"{frame.explicit}near{min(int(c.margin), 6)}"
    return [
        gap,
        gap + frame.where,
        gap + frame.draft.reading.cue.form.morph,
        e + "tag" + scan.tags[c.first],
        e + "p=" + kind_of(scan, c.first - 1),
        e + "a=" + kind_of(scan, c.first),
        e + "n=" + kind_of(scan, c.last + 1),
        e + "L" + bucket(c.last - c.first),
        e + "kp=" + scan.coarse[c.first - 1],
        e + "kn=" + scan.coarse[c.last + 1],
        e + "d" + bucket(abs(frame.at - c.last)),
    ]
