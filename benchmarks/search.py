"""How well and how fast a ledger is searched: recall over spellings and joined particles, latency at a million.

``python benchmarks/search.py`` builds a ledger of ``--statements`` (1,000,000) statements out of the sentences of
``../shared/data/news`` (generated ones where that is not there), in SQLite or at ``--postgres URL``, and measures

* recall: 126 words that are planted in every spelling and with every particle and pronoun, three times each, under
  an outlet of their own; the share of hits there that are another word's; and how many hits all words have in
  the whole ledger, by which the breadths can be compared;
* latency: ``--clients`` (8) processes that search without a pause for ``--seconds`` each, newest first and ranked.

Prints tables and writes ``out/search.json``.
"""

import argparse
import gc
import gzip
import json
import multiprocessing
import random
import re
import tempfile
import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from functools import cache
from itertools import chain, cycle, islice, product
from pathlib import Path
from typing import NamedTuple

from qala.errors import SearchError
from qala.ledger.ledger import Ledger
from qala.ledger.rows import PreparedReading, prepare_reading
from qala.ledger.search import ORDERS, Search, find_engine, find_statements, open_vocabulary, tidy_index
from qala.ledger.search_filters import SearchFilters
from qala.ledger.search_query import parse_query
from qala.ledger.search_terms import resolve_terms
from qala.ledger.search_words import BREADTHS, Breadth
from qala.model import ACTS, Attribution, Document, Hop, Layout, Reading, Span, Speaker, Statement

ROOT = Path(__file__).resolve().parents[1]
NEWS = ROOT.parent / "shared" / "data" / "news"
OUT = ROOT / "out" / "search.json"
TIMES = 3
SEED = 20230905

NOUNS = """
كتاب رئيس وزير قرار اتفاق مشروع خبير جيش هجوم صاروخ برنامج نظام حزب شعب مجلس بيان تقرير موقف اقتصاد سلاح
ملف حوار سفير قائد مطار ميناء مستشفى مستوى مبنى منحى مصنع مكتب مرشح مقترح نائب ناطق نشاط هدف وفد يوم
إعلان إنتاج إجراء أسلوب أمن أمر أثر آراء آلية مسؤول رؤية شؤون مؤتمر
حكومة دولة وزارة مدرسة جامعة مؤسسة منظمة لجنة قضية أزمة عملية سياسة مدينة عاصمة محكمة شركة خطة قمة صحيفة قوة
أصدقاء علماء زعماء خبراء نداء أعضاء لقاء أنباء بناء عطاء غذاء وزراء شركاء حلفاء
"""
VERBS = """
قال أعلن أكد نفى رفض طالب حذر انتقد يعلن يؤكد ينفي يرفض يطالب يحذر ينتقد تعلن تؤكد نعلن
"""

ARTICLES = ("ال", "وال", "فال", "بال", "كال", "لل", "ولل", "فلل", "وبال")
PARTICLES = ("و", "ف", "ب", "ل", "ك", "وب", "ول")
OF_VERBS = ("و", "ف", "ل")
FUTURE = ("س", "وس", "فس")
PRONOUNS = ("ه", "ها", "هم", "هن", "هما", "ك", "كم", "نا", "ي")
OBJECTS = ("ه", "ها", "هم", "هما", "كم", "نا", "ني")


class Planted(NamedTuple):
    """One way to write a word: what class of spelling it is, the word, and how it is written."""

    kind: str
    lemma: str
    written: str


@cache
def shapes() -> dict[str, list[str]]:
    """Return the presentation forms of each letter: isolated, final, initial, medial, where they exist."""
    found: dict[str, list[str]] = defaultdict(list)
    for code in range(0xFE80, 0xFEFD):
        letter = unicodedata.normalize("NFKC", chr(code))
        if len(letter) == 1:
            found[letter].append(chr(code))
    return found


def respell(word: str, rng: random.Random) -> Iterator[tuple[str, str]]:
    """Yield kind and spelling for every way in which the letters of ``word`` are written differently."""
    yield "as it is", word
    yield "diacritics", "".join(letter + rng.choice(("\u064e", "\u064f", "\u0650", "\u0652", "")) for letter in word)
    yield "diacritics", word[:2] + "\u0651\u064e" + word[2:] + "\u064d"
    at = rng.randrange(1, len(word))
    yield "tatweel", word[:at] + "\u0640" * rng.choice((1, 3, 40)) + word[at:]
    yield "zero-width", word[:at] + rng.choice(("\u200b", "\u200c", "\u200d", "\ufeff", "\u00ad")) + word[at:]
    yield (
        "bidi marks",
        "\u202b" + word[:at] + rng.choice(("\u200f", "\u200e", "\u061c", "\u2067")) + word[at:] + "\u202c",
    )
    yield "presentation forms", "".join(rng.choice(shapes().get(letter) or [letter]) for letter in word)
    for kind, pairs in (
        ("hamza", ("أا", "إا", "آا", "اأ", "ؤو", "ئي")),
        ("taa marbuta", ("ةه",)),
        ("alef maqsura", ("ىي", "يى")),
        ("hamza on another seat", ("ؤو ئو",)),
        ("Persian letters", ("يی", "كک", "هہ", "هھ", "ىی")),
    ):
        for pair in pairs:
            if kind == "alef maqsura" and word.endswith(pair[0]):
                yield kind, word[:-1] + pair[1]
            elif kind == "hamza on another seat" and pair[:2] in word:
                yield kind, word.replace(pair[:2], pair[3:])
            elif len(pair) == 2 and kind != "alef maqsura" and pair[0] in word:
                yield kind, word.replace(pair[0], pair[1])


def join(word: str, *, verb: bool) -> Iterator[tuple[str, str]]:
    """Yield kind and form for ``word`` with particles before and pronouns behind it, as grammar writes them."""
    for particle in OF_VERBS if verb else PARTICLES:
        yield "particle", particle + word
    if not verb:
        for article in ARTICLES:
            yield "article", (article[:-1] if article.endswith("لل") and word[0] == "ل" else article) + word
    elif word[0] in "يتن":
        for particle in FUTURE:
            yield "particle", particle + word
    for pronoun in OBJECTS if verb else PRONOUNS:
        for stem in bear(word, pronoun):
            yield "pronoun", stem + pronoun
            yield "particle and pronoun", "و" + stem + pronoun
            if not verb:
                yield "particle and pronoun", "ب" + stem + pronoun


def bear(word: str, pronoun: str) -> list[str]:
    """Return what a word becomes before a pronoun."""
    if word.endswith("ة"):
        return [word[:-1] + "ت"]
    if word.endswith("ى"):
        return [word[:-1] + "ا"]
    if word.endswith("اء"):
        return [word, word[:-1] + "ئ"] if pronoun == "ي" else [word, word[:-1] + "ئ", word[:-1] + "ؤ"]
    return [word]


def plant(words: Iterable[str] = (), seed: int = SEED) -> Iterator[Planted]:
    """Yield every way to write each of ``words`` (of all, unless given)."""
    rng = random.Random(seed)
    verbs = set(VERBS.split())
    for lemma in words or (NOUNS + VERBS).split():
        for kind, written in dict.fromkeys((*respell(lemma, rng), *join(lemma, verb=lemma in verbs))):
            yield Planted(kind, lemma, written)


def make_reading(contents: list[str], name: str, published: datetime, outlet: str, rng: random.Random) -> Reading:
    """Return a document whose statements have ``contents``, with invented speakers and acts."""
    text, found = "", []
    for place, content in enumerate(contents, 1):
        speaker, entity = rng.choice(SPEAKERS)
        start = len(text)
        text += f"قال {speaker} إن {content}\n"
        source = Span(start + 4, start + 4 + len(speaker))
        body = Span(source.end + 4, source.end + 4 + len(content))
        hops = [Hop("speaker", "named", speaker, source, entity)]
        if rng.random() < 0.3:
            hops.append(Hop("agency", "named", *rng.choice(AGENCIES)))
        act = rng.choices(ACTS, ACT_WEIGHTS)[0]
        attribution = Attribution(f"s{place}", (Span(start, start + 3),), (body,), "indirect", act, source)
        found.append(Statement(attribution, Speaker(speaker, source, entity=entity), None, tuple(hops)))
    document = Document(name, text, published, outlet, f"https://example.org/{name}", contents[0][:80])
    return Reading(document, Layout((), (), (), (), ()), tuple(found))


FIRSTS, LASTS = "أحمد محمد خالد سعيد ليلى مريم يوسف جون", "الحسن السالم المصري الشامي العلي الكريم سميث براون"
SPEAKERS = [
    (f"{first} {last}", f"person-{at}") for at, (first, last) in enumerate(product(FIRSTS.split(), LASTS.split()))
]
AGENCIES = [("وكالة رويترز", None, "reuters"), ("وكالة فرانس برس", None, "afp"), ("واس", None, "spa")]
PLANTED = "planted"
OUTLETS = ("الجزيرة", "BBC", "france24", "الصحيفة", "الوطن")
ACT_WEIGHTS = [60 if act == "assert" else 4 for act in ACTS]


def read_sentences() -> Iterator[str]:
    """Yield sentences of the news for ever, of generated words where there is no news."""
    files = sorted(NEWS.glob("*.jsonl.gz"))
    if not files:
        rng = random.Random(SEED)
        letters = "ابتجحدرسصعفقكلمنهوي"
        words = ["".join(rng.choices(letters, k=rng.randint(2, 7))) for _ in range(60_000)]
        while True:
            yield " ".join(rng.choices(words, weights=[1 / (at + 1) for at in range(len(words))], k=25))
    while True:
        for file in files:
            with gzip.open(file, "rt", encoding="utf-8") as lines:
                for line in lines:
                    for sentence in re.split(r"[.\n]+", json.loads(line)["text"]):
                        if len(sentence) > 60:
                            yield sentence.strip()[:400]


def _prepare(work: tuple[int, str, list[list[str]]]) -> list[PreparedReading]:
    first, outlet, documents = work
    rng = random.Random(first)
    start = datetime(2015, 1, 1)
    return [
        prepare_reading(
            make_reading(
                contents,
                f"{outlet}{first + at}",
                start + timedelta(minutes=rng.randrange(5_000_000)),
                outlet or rng.choice(OUTLETS),
                rng,
            )
        )
        for at, contents in enumerate(documents)
    ]


def _batches(outlet: str, contents: Iterator[str]) -> Iterator[tuple[int, str, list[list[str]]]]:
    number = 0
    while documents := [some for _ in range(2_000) if (some := list(islice(contents, 10)))]:
        yield number, outlet, documents
        number += len(documents)


def build(place: str, statements: int, planted: list[Planted]) -> float:
    """Fill the ledger at ``place`` with sentences and, under an outlet of their own, the planted statements."""
    extra = (f"ظهر هنا {each.written} أمس" for each in planted for _ in range(TIMES))
    filler = islice(read_sentences(), max(0, statements - TIMES * len(planted)))
    work = chain(_batches(PLANTED, extra), _batches("", filler))
    begun = time.perf_counter()
    with Ledger.open(place) as ledger, multiprocessing.get_context("spawn").Pool(2) as pool:
        for prepared in pool.imap(_prepare, work):
            ledger.append(prepared)
        tidy_index(ledger.store)
    return time.perf_counter() - begun


def measure_recall(ledger: Ledger, planted: list[Planted], breadth: Breadth) -> tuple[dict[str, float], float]:
    """Return recall by kind, and the share of hits among the planted statements that are another word's."""
    wanted: dict[str, dict[str, str]] = defaultdict(dict)
    for kind, lemma, written in planted:
        wanted[lemma].setdefault(written, kind)
    found: dict[str, int] = defaultdict(int)
    asked: dict[str, int] = defaultdict(int)
    hits = strangers = 0
    for lemma, spellings in wanted.items():
        seen = Counter(find_planted(ledger, lemma, breadth))
        hits += seen.total()
        strangers += sum(count for written, count in seen.items() if written not in spellings)
        for written, kind in spellings.items():
            asked[kind] += TIMES
            found[kind] += min(seen[written], TIMES)
    return {kind: found[kind] / asked[kind] for kind in asked}, strangers / max(hits, 1)


def find_planted(ledger: Ledger, text: str, breadth: Breadth) -> Iterator[str]:
    """Yield the planted words that a search finds, as they are written."""
    after = None
    while True:
        filters = SearchFilters(outlet=PLANTED)
        search = Search(text, filters, breadth=breadth, within="content", limit=1_000, after=after, seconds=60)
        page = find_statements(ledger.store, search)
        for hit in page.hits:
            yield hit.record.statement.attribution.content[0].of(hit.record.document.text).split(" ")[2]
        after = page.next
        if after is None:
            return


def count_hits(ledger: Ledger, breadth: Breadth) -> int:
    """Return how many statements of the whole ledger all words find, at most 100,000 each."""
    total = 0
    for lemma in (NOUNS + VERBS).split():
        terms = resolve_terms(parse_query(lemma), open_vocabulary(ledger.store), breadth, "content")
        total += len(find_engine(ledger.store).find_keys(ledger.store, terms, 0, 1 << 62, 100_000))
    return total


def make_queries(seed: int) -> Iterator[Search]:
    """Yield searches as people make them: one to three words, some of them phrases, excluded, or with a filter."""
    rng = random.Random(seed)
    words = [word for sentence in islice(read_sentences(), 3_000) for word in sentence.split() if len(word) > 2]
    for number in cycle(range(10)):
        some = rng.sample(words, 3)
        text = {
            0: f'"{some[0]} {some[1]}"',
            1: f"{some[0]} -{some[1]}",
            2: f"{some[0]} {some[1]} {some[2]}",
            3: f"{some[0]} | {some[1]}",
            4: f"{some[0]} {some[1]}",
        }.get(number, some[0])
        filters = SearchFilters()
        if number == 5:
            filters = SearchFilters(speaker=rng.choice(SPEAKERS)[0])
        elif number == 6:
            filters = SearchFilters(act="deny", outlet=rng.choice(OUTLETS))
        elif number == 7:
            filters = SearchFilters(published_from=datetime(2016, 1, 1), published_to=datetime(2016, 6, 30))
        yield Search(text, filters, seconds=5)


def _client(place: str, order: str, seed: int, seconds: float, ready: object, results: object) -> None:
    took: list[float] = []
    spent: list[float] = []
    failed = 0
    with Ledger.open(place, read_only=True) as ledger:
        queries = make_queries(seed)
        for search in islice(queries, 5):
            find_statements(ledger.store, search)
        gc.collect()
        gc.freeze()  # as a server should (docs/ledger.md): a full collection costs a search twenty milliseconds
        ready.wait()  # type: ignore[attr-defined]
        end = time.perf_counter() + seconds
        for search in queries:
            begun, cpu = time.perf_counter(), time.process_time()
            if begun > end:
                break
            try:
                find_statements(ledger.store, Search(search.text, search.filters, order, seconds=5))  # type: ignore[arg-type]
            except SearchError:
                failed += 1
            took.append(time.perf_counter() - begun)
            spent.append(time.process_time() - cpu)
    results.put((took, failed, spent))  # type: ignore[attr-defined]


def measure_latency(place: str, clients: int, seconds: float, order: str) -> dict[str, float]:
    """Return p50, p95, p99 and the worst in milliseconds, and searches a second, of ``clients`` at once.

    "CPU of one" is the mean CPU time of a search in milliseconds, which other work on the machine disturbs least, and
    "CPU p99" that of the 99th of a hundred: what ``clients`` who share fewer processors wait for is a multiple of it.
    """
    context = multiprocessing.get_context("spawn")
    ready, results = context.Barrier(clients), context.Queue()
    processes = [
        context.Process(target=_client, args=(place, order, seed, seconds, ready, results)) for seed in range(clients)
    ]
    for process in processes:
        process.start()
    answers = [results.get() for _ in processes]
    for process in processes:
        process.join()
    took = sorted(1000 * each for some, _, _ in answers for each in some)
    spent = sorted(1000 * each for _, _, some in answers for each in some)
    at = {f"p{share}": took[min(len(took) - 1, len(took) * share // 100)] for share in (50, 95, 99)}
    cpu = {"CPU of one": sum(spent) / len(spent), "CPU p99": spent[min(len(spent) - 1, len(spent) * 99 // 100)]}
    failed = sum(failed for _, failed, _ in answers)
    return {**at, "worst": took[-1], "a second": len(took) / seconds, **cpu, "failed": failed}


def main() -> None:
    """Build, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--statements", type=int, default=1_000_000)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--postgres", metavar="URL", help="an empty schema, instead of a file")
    parser.add_argument("--ledger", help="where the file is made, or lies already")
    arguments = parser.parse_args()
    planted = list(plant())
    with tempfile.TemporaryDirectory() as folder:
        place = arguments.postgres or arguments.ledger or str(Path(folder) / "search.db")
        report = {"statements": arguments.statements, "planted": len(planted) * TIMES}
        if arguments.postgres or not Path(place).exists():
            report["build seconds"] = round(build(place, arguments.statements, planted), 1)
        with Ledger.open(place, read_only=True) as ledger:
            report["bytes a statement"] = round(ledger.store.size() / ledger.stats().statements)
            for breadth in BREADTHS:
                recall, outside = measure_recall(ledger, planted, breadth)
                report[f"recall, {breadth}"] = {kind: round(100 * share, 2) for kind, share in sorted(recall.items())}
                report[f"planted hits of another word, {breadth}"] = round(outside, 4)
                report[f"hits in all, {breadth}"] = count_hits(ledger, breadth)
        for order in ORDERS:
            latency = measure_latency(place, arguments.clients, arguments.seconds, order)
            report[f"{order} first, ms"] = {name: round(value, 1) for name, value in latency.items()}
    print(json.dumps(report, indent=2, ensure_ascii=False))
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
