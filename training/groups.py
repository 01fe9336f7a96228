"""From annotated articles to decisions: what the rankers learn, aligned with the candidates of the package."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from qala.extraction.act import act_features
from qala.extraction.attribution import Draft, settle
from qala.extraction.circumstances import Phrase, find_channels, find_whens, phrase_features
from qala.extraction.contents import find_ends
from qala.extraction.end_features import Accepted, end_features
from qala.extraction.ranker import Weights, choose
from qala.extraction.reading_features import reading_features
from qala.extraction.readings import Reading, find_readings
from qala.extraction.scan import Scan
from qala.extraction.source_features import source_features
from qala.extraction.sources import SourceSpan, find_sources
from qala.extraction.titles import title_candidates, title_features
from qala.lexicon.actors import load_actors
from qala.lexicon.words import load_classes
from qala.model import ACTS
from qala.resolution.candidates import Candidate
from qala.resolution.cast import find_cast
from qala.resolution.coreference import heard
from qala.resolution.echoes import find_echoes
from qala.resolution.keys import without_article
from qala.resolution.scenes import scene_of
from qala.resolution.speaker_features import candidate_features
from qala.resolution.speakers import is_joined, name_of
from qala.text.words import MARK, find_words
from training.gold import Article
from training.maxent import Group

Statement = dict[str, Any]


class Decision(NamedTuple):
    """One cue with its candidate readings; ``statement`` is the annotated one that it belongs to, if any."""

    readings: list[Reading]
    group: Group
    statement: Statement | None


_SLACK = 8  # code points by which a content that is given whole may differ at either end


def _starts_at(scan: Scan, reading: Reading, offset: int) -> bool:
    """Whether a reading's content begins at ``offset``, complementisers and marks aside."""
    words = scan.words
    one, other = sorted((reading.start, words.first_in(offset)))
    between = range(one, other)
    leads = load_classes()["answer"]
    return other - one <= 2 and all(
        scan.classes[j] == "that" or words.kinds[j] == MARK or words.forms[j] in leads or j == reading.particle
        for j in between
    )


def _is_right(scan: Scan, reading: Reading, statement: Statement) -> bool:
    words, content = scan.words, statement["content"]
    start, end = content[0][0], content[-1][1]
    if reading.end < 0:
        return reading.start > reading.cue.first and _starts_at(scan, reading, start)
    return bool(abs(words.starts[reading.start] - start) <= _SLACK and abs(words.ends[reading.end] - end) <= _SLACK)


def _touches(scan: Scan, first: int, last: int, statement: Statement) -> bool:
    start, end = scan.words.starts[first], scan.words.ends[last]
    return any(start < cue_end and end > cue_start for cue_start, cue_end in statement["cue"])


def reading_decisions(article: Article) -> list[Decision]:
    """Return every cue of an article with its candidates and the right ones among them."""
    scan = article.scan
    out: list[Decision] = []
    for reading in title_candidates(scan):
        found = next((s for s in article.statements if _is_colon(article, s, reading.cue.first)), None)
        group = Group([title_features(scan, reading)], frozenset((0,)) if found else frozenset())
        out.append(Decision([reading], group, found))
    for cues in scan.cue_at.values():
        readings = [reading for cue in cues for reading in find_readings(scan, cue)]
        if not readings:
            continue
        mine = [s for s in article.statements if any(_touches(scan, c.first, c.last, s) for c in cues)]
        right = {i for i, r in enumerate(readings) if any(_is_right(scan, r, s) for s in mine)}
        starts = {s["content"][0][0] for s in mine}
        exact = {i for i in right if readings[i].end < 0 and scan.words.starts[readings[i].start] in starts}
        if exact:
            right = exact | {i for i in right if readings[i].end >= 0}
        if mine and not right:
            continue  # the content is out of reach: neither a statement nor none
        features = [reading_features(scan, reading) for reading in readings]
        statement = None
        if right:
            begin = scan.words.starts[readings[min(right)].start]
            statement = min(mine, key=lambda s: abs(begin - int(s["content"][0][0])))
        out.append(Decision(readings, Group(features, frozenset(right)), statement))
    return out


def _is_colon(article: Article, statement: Statement, token: int) -> bool:
    start, end = statement["cue"][0]
    return article.document.text[start:end].strip() == ":" and abs(start - article.scan.words.starts[token]) <= 1


class Example(NamedTuple):
    """An annotated statement as the package would draft it, in the order of the cues."""

    draft: Draft
    statement: Statement
    reading: Reading


def _span_of(scan: Scan, span: list[int]) -> tuple[int, int]:
    return scan.words.first_in(span[0]), scan.words.end_before(span[1]) - 1


def examples(article: Article, decisions: list[Decision]) -> list[Example]:
    """Return the annotated statements that a candidate reading reaches, each once."""
    scan = article.scan
    out: dict[str, Example] = {}
    for decision in decisions:
        statement = decision.statement
        if statement is None or statement["id"] in out:
            continue
        reading = decision.readings[min(decision.group.right)]
        source = None
        if statement["source"]:
            first, last = _span_of(scan, statement["source"])
            if last < first:
                continue
            source = SourceSpan(first, last, "post" if first > reading.cue.first else "pre", 0)
        end = reading.end if reading.end >= 0 else max(reading.start, _span_of(scan, statement["content"][0])[1])
        out[statement["id"]] = Example(Draft(reading, 0.0, end, source, (reading.cue,)), statement, reading)
    return sorted(out.values(), key=lambda e: (e.reading.cue.first, e.reading.start))


def end_group(scan: Scan, example: Example, accepted: Accepted) -> Group | None:
    """Return the decision where the content of an example ends."""
    reading = example.reading
    if reading.end >= 0:
        return None
    ends = find_ends(scan, reading)
    target = int(example.statement["content"][0][1])
    words = scan.words
    right = {i for i, end in enumerate(ends) if words.ends[end] == target}
    right = right or {i for i, end in enumerate(ends) if abs(words.ends[end] - target) <= 2}
    return Group(end_features(scan, reading, ends, accepted), frozenset(right), none=False) if right else None


def source_group(scan: Scan, example: Example) -> Group | None:
    """Return the decision which words are the source of an example."""
    if example.reading.kind == "title":
        return None
    spans = find_sources(scan, example.reading)
    source = example.statement["source"]
    if not spans:
        return None
    right = {len(spans)}
    if source:
        words = scan.words
        right = {
            i
            for i, span in enumerate(spans)
            if abs(words.starts[span.first] - source[0]) <= 1 and abs(words.ends[span.last] - source[1]) <= 1
        }
    if not right:
        return None
    return Group(source_features(scan, example.reading, spans), frozenset(right), none=False)


def act_group(scan: Scan, example: Example) -> Group:
    """Return the decision which act an example is."""
    features = act_features(scan, example.draft)
    candidates = [[f"{act}|{feature}" for feature in features] for act in ACTS]
    return Group(candidates, frozenset((ACTS.index(example.statement["act"]),)), none=False)


def phrase_group(scan: Scan, example: Example, key: str) -> Group | None:
    """Return the decision which phrase is the ``when`` or the ``channel`` of an example."""
    phrases: list[Phrase] = (find_whens if key == "when" else find_channels)(scan, example.draft)
    if not phrases:
        return None
    target = example.statement[key]
    right: set[int] = set()
    if target:
        words = scan.words
        right = {
            i
            for i, phrase in enumerate(phrases)
            if abs(words.starts[phrase.first] - target[0]) <= 2 and abs(words.ends[phrase.last] - target[1]) <= 1
        }
        if not right:
            return None
    return Group(phrase_features(scan, example.draft, phrases), frozenset(right))


def name_keys(name: str | None) -> frozenset[str]:
    """Return the words under which the scorer compares two names.

    An annotated name is a piece of the article, so that its first word may keep a joined "li": it is left out too.
    """
    forms = [form for form in find_words(name or "").forms if form[:1].isalnum()]
    return frozenset(without_article(form) for form in forms)


def align(article: Article, drafts: list[Draft]) -> list[Statement | None]:
    """Return for each draft the annotated statement whose content it shares by half or more, if any."""
    words = article.scan.words
    gold = []
    for statement in article.statements:
        tokens: set[int] = set()
        for start, end in statement["content"]:
            tokens.update(range(words.first_in(start), words.end_before(end)))
        gold.append(tokens)
    pairs = []
    for i, draft in enumerate(drafts):
        mine = set(range(draft.reading.start, draft.end + 1))
        for j, tokens in enumerate(gold):
            overlap = len(mine & tokens) / len(mine | tokens) if mine or tokens else 0.0
            if overlap >= 0.5:
                pairs.append((overlap, i, j))
    out: list[Statement | None] = [None] * len(drafts)
    taken: set[int] = set()
    for _, i, j in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if out[i] is None and j not in taken:
            out[i] = article.statements[j]
            taken.add(j)
    return out


def speaker_groups(article: Article, drafts: list[Draft], weights: Weights | None = None) -> list[Group]:
    """Return the decisions who speaks in drafts as an unseen article would have them.

    Each decision sees the right speakers of the statements before it or, given ``weights``, those that a ranker
    with them chooses, so that a later one learns to live with mistakes (Ross, Gordon and Bagnell 2011). A draft
    that is no annotated statement speaks for itself and teaches nothing.
    """
    scan = article.scan
    cast, echoes = find_cast(scan, load_actors(), drafts), find_echoes(scan, drafts)
    priors: list[Candidate] = []
    out: list[Group] = []
    for number, (draft, statement) in enumerate(zip(drafts, align(article, drafts), strict=True)):
        scene = scene_of(scan, drafts, number, priors, cast, echoes)
        candidates = scene.candidates
        features: list[list[str]] = []
        if statement is not None or weights is not None:
            features = candidate_features(scan, scene)
        right = _right_speakers(scan, draft, candidates, statement) if statement is not None else frozenset()
        if right:
            out.append(Group(features, right, none=False))
        speaker = next((c for c in candidates if c.origin in ("self", "prior")), None)
        if weights is not None:
            index = choose(weights, features, none=False).index
            speaker = candidates[index] if index >= 0 else None
        elif right:
            speaker = candidates[min(right)]
        priors.append(heard(scan, draft, speaker, cast.spelt))
    return out


def _right_speakers(scan: Scan, draft: Draft, candidates: Sequence[Candidate], statement: Statement) -> frozenset[int]:
    """Return the candidates that bear the annotated speaker's name; those that bear a part of it, where none does."""
    gold = name_keys(statement["speaker"])
    keys = [name_keys(name_of(scan, c.first, c.last, is_joined(scan, draft, c))[0]) for c in candidates]
    same = frozenset(i for i, key in enumerate(keys) if key == gold)
    return same or frozenset(i for i, key in enumerate(keys) if gold and key and (gold <= key or key <= gold))


def accepted_of(readings: list[tuple[Reading, float]]) -> Accepted:
    """Return readings as the package passes them to the choice of ends."""
    return Accepted.of([reading for reading, _, _ in settle(readings)])
