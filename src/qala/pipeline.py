"""The whole program as ordinary calls in order: text to words, words to drafts, drafts to statements."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path

from qala.extraction.assemble import assemble
from qala.extraction.attribution import find_drafts
from qala.extraction.mentions import tag_words
from qala.extraction.ranker import Rankers, load_rankers
from qala.extraction.scan import Scan, scan
from qala.extraction.times import TimeMention, find_times
from qala.lexicon.actors import load_actors
from qala.lexicon.cues import load_cues
from qala.model import Document, Layout, Reading, RefusedInput, Statement
from qala.reading.documents import read_documents
from qala.resolution.chains import find_chain
from qala.resolution.coreference import choose_speakers, profile_persons
from qala.resolution.dates import resolve_time
from qala.resolution.persons import find_persons
from qala.resolution.speakers import make_speaker
from qala.text.clean import find_debris
from qala.text.quotes import find_quotations
from qala.text.segment import find_layout
from qala.text.words import find_words


def scan_text(text: str) -> tuple[Scan, Layout, list[TimeMention]]:
    """Return the token facts of a text, its layout and its time expressions."""
    words = find_words(text)
    debris = find_debris(words)
    quotations = find_quotations(words, debris)
    times = find_times(words)
    covered = [-1] * len(words)
    for number, mention in enumerate(times):
        covered[mention.first : mention.last + 1] = [number] * (mention.last + 1 - mention.first)
    base = load_actors()
    tags = tag_words(words, base, base.find(words))
    layout = find_layout(words, debris, quotations)
    return scan(words, quotations, debris, covered, tags, load_cues()), layout, times


def extract(document: Document, rankers: Rankers | None = None) -> Reading:
    """Read one document: every attributed statement with its speaker, date, chain and evidence.

    Pure and deterministic: the same document gives the same reading. ``rankers`` are the packaged ones unless
    given (training measures itself so).
    """
    weights = rankers or load_rankers()
    token_facts, layout, times = scan_text(document.text)
    drafts = find_drafts(token_facts, weights)
    attributions = assemble(token_facts, drafts, layout, weights)
    profiles = profile_persons(token_facts, find_persons(token_facts))
    chosen = choose_speakers(token_facts, drafts, profiles, weights.speaker)
    published = document.published.date() if isinstance(document.published, datetime) else document.published
    base = load_actors()
    speakers = {
        attribution.id: make_speaker(token_facts, draft, candidate, profiles, base, published) if candidate else None
        for attribution, draft, candidate in zip(attributions, drafts, chosen, strict=True)
    }
    by_id = {attribution.id: attribution for attribution in attributions}
    dated = {mention.span: mention for mention in times}
    statements = []
    for attribution in attributions:
        mention = dated.get(attribution.when) if attribution.when else None
        resolved = resolve_time(mention.value, published) if mention else None
        statements.append(
            Statement(
                attribution,
                speakers[attribution.id],
                resolved.iso if resolved else None,
                find_chain(attribution, speakers, by_id, document, layout),
            )
        )
    return Reading(document, layout, tuple(statements))


def read(
    *paths: str | Path, published: date | datetime | None = None, encoding: str | None = None
) -> Iterator[Reading | RefusedInput]:
    """Read files, folders or ``-`` for standard input, one reading an article; what cannot be read says why."""
    inputs: Iterable[Document | RefusedInput] = read_documents(paths, published=published, encoding=encoding)
    for document in inputs:
        yield extract(document) if isinstance(document, Document) else document
