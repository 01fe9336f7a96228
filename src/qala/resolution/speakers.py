"""From a chosen candidate to a speaker: name, title, office and affiliation told apart, kind, entity."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from qala.extraction.attribution import Draft
from qala.extraction.scan import Scan
from qala.lexicon.actors import ActorBase
from qala.lexicon.names import load_name_parts
from qala.lexicon.stems import load_stem_rules
from qala.model import Evidence, Span, Speaker, SpeakerKind
from qala.resolution.anonymity import Withheld
from qala.resolution.candidates import Candidate
from qala.resolution.carriers import read_carrier
from qala.resolution.entities import EntityResolution, country_of, name_words, resolve_entity
from qala.resolution.introductions import Introduction, read_title, title_of
from qala.resolution.keys import Keys
from qala.resolution.profiles import Profile
from qala.resolution.source_kinds import KindReading, kind_of
from qala.text.clitics import split_clitics
from qala.text.data import load_clitics
from qala.text.words import MARK

_LONGEST_NAME = 5
_TITLES = frozenset(("thonorific", "tacademic", "tcleric", "troyal", "trank", "toffice", "trole"))
_UNNAMED = frozenset(("anonymous", "group", "person", None))
_AND = "\u0648\u0641"
_LAM, _ARTICLE, _LAM_ARTICLE = "\u0644", "\u0627\u0644", "\u0644\u0644"


class _Facts(NamedTuple):
    """What a name and the title before it say, without the text that they stand in."""

    kind: SpeakerKind | None
    entity: EntityResolution
    introduction: Introduction
    country: str | None
    source_type: str | None
    reason: str


def name_of(scan: Scan, first: int, last: int, joined: bool) -> tuple[str, Span]:
    """Return the name in tokens ``first`` to ``last`` and its span.

    ``joined`` says that a preposition "li" is written on to the first word: it is taken off, and the article
    that it swallowed is restored, so that the name may differ by a letter from the characters of the span. An
    "and" that is written on to it is taken off always.
    """
    words = scan.words
    span = words.span(first, last)
    plain = words.plains[first]
    if _starts_with_and(scan, first):
        span = Span(words.after_letters(first, 1), span.end)
        return span.of(words.text), span
    if joined and plain.startswith(_LAM_ARTICLE) and len(plain) > 3:
        rest = words.text[words.after_letters(first, 2) : span.end]
        return _ARTICLE + rest, span
    if joined and plain.startswith(_LAM) and len(plain) > 3:
        span = Span(words.after_letters(first, 1), span.end)
    return span.of(words.text), span


def _starts_with_and(scan: Scan, token: int) -> bool:
    """Whether an "and" is written on to a word; part of a name that is none without its first letter stays whole."""
    form, parts = scan.words.forms[token], load_name_parts()
    if form in parts and form[1:] not in parts:
        return False
    words = load_clitics().words
    if any(form.endswith(end) and form[: -len(end)] in words for end in load_stem_rules().suffixes):
        return False  # the "and" is a letter of an inflected word
    return form[0] in _AND and not scan.tags[token].endswith("e") and bool(split_clitics(form).proclitics)


def is_joined(scan: Scan, draft: Draft, candidate: Candidate) -> bool:
    """Whether a preposition "li" is written on to a candidate's first word."""
    form = draft.reading.cue.form
    if candidate.origin == "self" and form.joined:
        return True
    if scan.shapes[candidate.first][0] not in "lL" or not split_clitics(scan.words.forms[candidate.first]).proclitics:
        return False
    return candidate.origin != "self" or form.entry.kind != "verb"


def make_speakers(
    scan: Scan,
    drafts: Sequence[Draft],
    chosen: Sequence[Candidate | None],
    profiles: Sequence[Profile],
    base: ActorBase,
    withheld: Sequence[Withheld] = (),
) -> list[Speaker | None]:
    """Return the speaker that each chosen candidate is, with what the article says about it anywhere.

    The title is that of the source itself, else the one beside the fullest form of the name. Why a source is
    not named is said once and holds for all statements of that source.
    """
    people = {profile.keys: profile for profile in profiles}
    titles: dict[Keys, Span | None] = {}
    reasons = _find_reasons(scan, drafts, chosen, withheld, base)
    speakers: list[Speaker | None] = []
    for draft, found in zip(drafts, chosen, strict=True):
        if found is None:
            speakers.append(None)
            continue
        candidate, title = found, None
        profile = people.get(candidate.keys)
        if profile is None:
            candidate, title = _part(scan, candidate)
        else:
            title = _title_in_source(scan, draft, candidate)
            if title is None and candidate.keys not in titles:
                titles[candidate.keys] = title_of(scan, profile)
            title = title or titles.get(candidate.keys)
            candidate, title = _bare(scan, base, candidate, title)
        speaker = _make_speaker(scan, draft, candidate, title, profile is not None or title is not None, base)
        why = reasons.get(found.keys)
        if why and speaker.kind in _UNNAMED and (not why.alone or speaker.kind == "anonymous"):
            speaker = _with_reason(speaker, scan.words.span(why.first, why.last))
        speakers.append(speaker)
    return speakers


def _with_reason(speaker: Speaker, span: Span) -> Speaker:
    return replace(speaker, anonymity=span, evidence=(*speaker.evidence, Evidence("anonymity", (span,))))


def _make_speaker(
    scan: Scan, draft: Draft, candidate: Candidate, title: Span | None, person: bool, base: ActorBase
) -> Speaker:
    name, span = name_of(scan, candidate.first, candidate.last, is_joined(scan, draft, candidate))
    facts = _read(name, title.of(scan.words.text) if title else "", person, base)
    entity, introduction = facts.entity, facts.introduction
    affiliation = introduction.affiliation
    if affiliation is not None:
        at = title.start if title else span.end - len(name)
        affiliation = Span(affiliation.start + at, affiliation.end + at)
    evidence = [Evidence("speaker:" + candidate.origin, (span,)), Evidence("kind:" + facts.reason)]
    if entity.read_as:
        evidence.append(Evidence(entity.rule or "metonym", (span,), entity.read_as))
    return Speaker(
        name=name,
        span=span,
        title=title,
        affiliation=affiliation,
        kind=facts.kind,
        entity=entity.read_as or entity.id,
        candidates=entity.candidates if entity.id is None else (),
        evidence=tuple(evidence),
        office=introduction.office,
        body=introduction.body,
        country=facts.country,
        source_type=facts.source_type,
        said_as=entity.id if entity.read_as else None,
        read_by=entity.rule if entity.read_as else None,
    )


@lru_cache(maxsize=1 << 14)
def _read(name: str, title: str, person: bool, base: ActorBase) -> _Facts:
    """Return what a name and its title say; cached, for a page names the same speaker many times."""
    reading = kind_of(name, base)
    entity = _resolve(name, base, reading, title)
    kind: SpeakerKind | None = "person" if person else (entity.kind or reading.kind)
    introduction = Introduction()
    if title:
        introduction = read_title(title, base, entity.country)
    elif kind == "person" and reading.reason.startswith("title:"):
        introduction = read_title(name, base)
    country = entity.country or introduction.country or reading.country
    source_type = reading.type if kind == "anonymous" else None
    return _Facts(kind, entity, introduction, country, source_type, reading.reason)


def _resolve(name: str, base: ActorBase, reading: KindReading, title: str) -> EntityResolution:
    """Return the actor of a name. An institution of no known country, and a name that is an ordinary word as
    well, are candidates and no more; a demonym before a name ("the Turkish N. N.") is none of its words.
    """
    found = resolve_entity(name, base, country=reading.country, title=title or None)
    if found.id is not None:
        unsure = {"guarded", "weak"} & set(found.reasons) and found.id not in reading.ids
        if unsure or (":" not in found.id and found.reasons[:1] == ("institution",)):
            known = found._replace(id=None, read_as=None, rule=None, candidates=(found.id,))
            return known._replace(kind=reading.kind, country=None) if unsure else known
        return found
    if found.candidates:
        return found
    if reading.kind == "outlet":
        carrier = read_carrier(name, base)
        country = country_of(base, carrier.entity) if carrier.entity else None
        return found._replace(id=carrier.entity, country=country)
    words = name_words(name)
    here = base.demonym_at(words, 0) if len(words) > 2 else None
    if here is None or here.last + 1 >= len(words):
        return found
    rest = name[words.starts[here.last + 1] :]
    states = {demonym.state for demonym in here.demonyms}
    inner = resolve_entity(rest, base, country=states.pop() if len(states) == 1 else None)
    return inner if inner.kind == "person" else found


def _title_in_source(scan: Scan, draft: Draft, candidate: Candidate) -> Span | None:
    """Return the words before (or in apposition behind) a person's name in the source of a statement."""
    source = draft.source
    if source is None or not source.first <= candidate.first <= candidate.last <= source.last:
        return None
    before = source.first < candidate.first
    begin, end = (source.first, candidate.first - 1) if before else (candidate.last + 1, source.last)
    kinds = scan.words.kinds
    while begin <= end and kinds[begin] == MARK and scan.quote_open[begin] != begin:
        begin += 1
    while end >= begin and kinds[end] == MARK and scan.quote_close[end] != end:
        end -= 1
    return scan.words.span(begin, end) if begin <= end else None


def _part(scan: Scan, candidate: Candidate) -> tuple[Candidate, Span | None]:
    """Part a name from its title: before a name of the base, or set off by a comma ("N. N., head of X")."""
    words, tags, first, last = scan.words, scan.tags, candidate.first, candidate.last
    if tags[first][:1] == "t" and tags[last] in ("p1", "pe"):
        name = last
        while tags[name] in ("pi", "pe") and name > first + 1:
            name -= 1
        return candidate._replace(first=name), words.span(first, name - 1)
    commas = [j for j in range(first + 1, last) if words.forms[j] == ","]
    if len(commas) != 1:
        return candidate, None
    comma = commas[0]
    if tags[first][:1] == "t" and _is_name(scan, comma + 1, last):
        return candidate._replace(first=comma + 1), words.span(first, comma - 1)
    if tags[comma + 1][:1] == "t" and _is_name(scan, first, comma - 1):
        return candidate._replace(last=comma - 1), words.span(comma + 1, last)
    return candidate, None


def _bare(scan: Scan, base: ActorBase, candidate: Candidate, title: Span | None) -> tuple[Candidate, Span | None]:
    """Give back to the title the words of one that a name begins with ("the Saudi Prince N. bin N.")."""
    words, first = scan.words, candidate.first
    while candidate.last - first > 1:
        here = base.demonym_at(words, first)
        adjective = here is not None and here.last == first and here.demonyms[0].definite and not here.cut
        titled = scan.tags[first] in _TITLES and words.forms[first].startswith(_ARTICLE)
        if not titled and not adjective:
            break
        first += 1
    if first == candidate.first:
        return candidate, title
    lead = words.span(candidate.first, first - 1)
    whole = Span(title.start, lead.end) if title and 0 <= lead.start - title.end <= 1 else title or lead
    return candidate._replace(first=first), whole


def _is_name(scan: Scan, first: int, last: int) -> bool:
    """Whether the tokens can be nothing but a person's name: two to five words, no article before them."""
    if not 2 <= last - first + 1 <= _LONGEST_NAME:
        return False
    return all(
        scan.words.kinds[j] != MARK
        and not scan.classes[j]
        and scan.tags[j][:1] in ("", "p")
        and (j > first or scan.shapes[j][0] not in "ABKWL")
        for j in range(first, last + 1)
    )


def _find_reasons(
    scan: Scan,
    drafts: Sequence[Draft],
    chosen: Sequence[Candidate | None],
    withheld: Sequence[Withheld],
    base: ActorBase,
) -> dict[Keys, Withheld]:
    """Return for a source the words in which the page says why it is not named.

    They stand outside every content, behind the source in its sentence and before the next source; or in a
    sentence of their own ("the official spoke on condition …"), where they are the last unnamed source's.
    """
    found: dict[Keys, Withheld] = {}
    if not withheld:
        return found
    contents = sorted((draft.reading.start, draft.end) for draft in drafts)
    pairs = zip(drafts, chosen, strict=True)
    sources = sorted(
        ((draft.source.first, candidate) for draft, candidate in pairs if draft.source and candidate),
        key=_place,
    )
    last: tuple[int, Candidate] | None = None  # the last source before the words
    unnamed: Candidate | None = None  # the last unnamed one
    covered, content, source = -1, 0, 0
    for item in withheld:
        while content < len(contents) and contents[content][0] <= item.first:
            covered = max(covered, contents[content][1])
            content += 1
        while source < len(sources) and sources[source][0] <= item.first:
            last = sources[source]
            if base.words.at(scan.words, last[1].first, "anonymous") is not None:
                unnamed = last[1]
            source += 1
        if item.first <= covered or last is None:
            continue
        here = scan.sentence_end[last[0]] == scan.sentence_end[item.first]
        whose = last[1] if here else unnamed
        if whose is not None:
            found.setdefault(whose.keys, item)
    return found


def _place(item: tuple[int, Candidate]) -> int:
    return item[0]
