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
from qala.resolution.anonymity import find_withheld, without_withheld
from qala.resolution.carriers import page_hops
from qala.resolution.cast import find_cast
from qala.resolution.chains import Transmission, find_chain, find_channels
from qala.resolution.coreference import choose_speakers
from qala.resolution.publication import read_publication
from qala.resolution.speakers import make_speakers
from qala.resolution.times_of import date_of, find_figures, quantities_in, times_in
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
    for phrase in find_withheld(words):
        tags[phrase.first : phrase.last + 1] = [""] * (phrase.last + 1 - phrase.first)  # no carrier stands there
    layout = find_layout(words, debris, quotations)
    return scan(words, quotations, debris, covered, tags, load_cues()), layout, times


def extract(document: Document, rankers: Rankers | None = None) -> Reading:
    """Read one document: every attributed statement with its speaker, date, chain and evidence.

    Pure and deterministic: the same document gives the same reading. ``rankers`` are the packaged ones unless
    given (training measures itself so).
    """
    weights = rankers or load_rankers()
    token_facts, layout, times = scan_text(document.text)
    withheld = find_withheld(token_facts.words)
    drafts = without_withheld(find_drafts(token_facts, weights), withheld, token_facts.classes)
    attributions = assemble(token_facts, drafts, layout, weights)
    base = load_actors()
    cast = find_cast(token_facts, base, drafts)
    chosen = choose_speakers(token_facts, drafts, cast, weights.speaker)
    found = make_speakers(token_facts, drafts, chosen, cast.persons, base, withheld)
    speakers = {attribution.id: speaker for attribution, speaker in zip(attributions, found, strict=True)}
    sent = Transmission(
        scan=token_facts,
        base=base,
        attributions={attribution.id: attribution for attribution in attributions},
        speakers=speakers,
        channels=find_channels(token_facts, attributions, speakers),
        page=page_hops(document, layout.debris, base),
    )
    published = document.published.date() if isinstance(document.published, datetime) else document.published
    figures = find_figures(token_facts, times)
    statements = tuple(
        Statement(
            attribution,
            speakers[attribution.id],
            date_of(attribution.when, token_facts, times, published),
            find_chain(attribution, sent),
            times_in(token_facts, attribution, figures, published),
            quantities_in(attribution, figures),
        )
        for attribution in attributions
    )
    return Reading(document, layout, statements, read_publication(document, layout, times))


def read(
    *paths: str | Path, published: date | datetime | None = None, encoding: str | None = None
) -> Iterator[Reading | RefusedInput]:
    """Read files, folders or ``-`` (standard input), one reading an article; what cannot be read says why."""
    inputs: Iterable[Document | RefusedInput] = read_documents(paths, published=published, encoding=encoding)
    for document in inputs:
        yield extract(document) if isinstance(document, Document) else document
