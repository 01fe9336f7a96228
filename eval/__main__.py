"""Measure Qala: ``python -m eval`` (``make eval``).

Prints every figure with the one that landed last and the change, writes the error report ``out/errors.md``,
and exits with 1 where a figure is under its floor (``eval/floors.json``) or a floor was lowered without a
reason. Where the annotated articles are not beside the checkout, it says so and exits with 0.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections import defaultdict
from typing import TYPE_CHECKING

from training.gold import SHARED, Article, load_articles

from eval import floors as floor_file
from eval.error_report import render_report
from eval.error_rows import make_rows
from eval.gaps import UNSEEN, cross_validate_outlets, gap_figure_lines, gap_figures, gap_lines
from eval.gold_scorer import Figures, Statement, flatten, load_scorer, score_articles
from eval.matching import Match, match_article
from eval.predictions import ROOT, cross_validated, determining_files, fitting, load_predictions, newer_files
from eval.seed import SeedResult, read_seed
from eval.tables import figure_lines

if TYPE_CHECKING:
    from types import ModuleType

SETS = ("dev", "events", "own")
REPORT = ROOT / "out" / "errors.md"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m eval", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--floors", action="store_true", help="land these figures: keep them, raise the floors")
    parser.add_argument("--lower", nargs=2, metavar=("NAME", "VALUE"), help="lower one floor; needs --reason")
    parser.add_argument("--reason", default="", help="why a floor is lowered; kept in the file")
    parser.add_argument("--as-is", action="store_true", help="take the last cross-validation, however old")
    parser.add_argument("--unseen", action="store_true", help="also cross-validate by whole outlets (minutes)")
    parser.add_argument("--no-times", action="store_true", help="leave out the third-party suites of times")
    options = parser.parse_args()
    if options.floors and options.as_is:
        parser.error("--floors lands fresh figures only; leave out --as-is")
    return options


def lower(name: str, value: str, reason: str) -> int:
    """Lower one floor in the file; returns the exit status."""
    try:
        floor_file.write_floors(floor_file.lower_floor(floor_file.load_floors(), name, float(value), reason))
    except ValueError as error:
        print(f"refused: {error}", file=sys.stderr)
        return 1
    print(f"{name}: floor lowered to {value}; the reason is kept in {floor_file.FILE.name}")
    return 0


def score_sets(
    scorer: ModuleType, articles: list[Article], predictions: dict[str, list[Statement]]
) -> tuple[Figures, list[Match]]:
    """Return the figures of every set and the pairs of all."""
    figures: Figures = {}
    for name in SETS:
        mine = [article for article in articles if article.name == name]
        if mine:
            figures |= flatten(name, score_articles(scorer, mine, predictions))
    matches = [m for a in articles for m in match_article(scorer, a, predictions[a.document.id])]
    return figures, matches


def _unseen(scorer: ModuleType, everything: list[Article], floors: floor_file.Floors, *, anew: bool) -> Figures:
    """Print and return the figures for outlets that no training article is of, where they are fresh."""
    articles = [article for article in everything if article.name in SETS and article.document.outlet]
    if anew:
        print("cross-validating by whole outlets (minutes)", flush=True)
        rows = cross_validate_outlets(everything)
    elif UNSEEN.is_file() and not newer_files(UNSEEN, determining_files()):
        rows = load_predictions(UNSEEN)
    else:
        print("by unseen outlets: not measured since something changed; say --unseen")
        return {}
    found = fitting(rows, articles)
    if found is None:
        print("by unseen outlets: other articles; say --unseen")
        return {}
    figures, matches = score_sets(scorer, articles, found)
    figures = {f"unseen.{name}": value for name, value in figures.items()}
    print("by outlets that no training article is of:")
    for name in SETS:
        if f"unseen.{name}.gold" in figures:
            print("\n".join(figure_lines(f"unseen.{name}", figures, floors)), end="\n\n")
    print("\n".join(gap_lines(articles, matches)), end="\n\n")
    return figures


def _print_figures(figures: Figures, seeds: list[SeedResult], floors: floor_file.Floors) -> None:
    for name in SETS:
        if f"{name}.gold" in figures:
            print("\n".join(figure_lines(name, figures, floors)), end="\n\n")
    for seed in seeds:
        landed = [floors.landed.get(f"{seed.name}.{key}") for key in ("found", "speakers")]
        was = f" (landed: {landed[0]:.0f}, {landed[1]:.0f})" if landed[0] is not None and landed[1] is not None else ""
        total = seed.scores["gold"]
        found = f"{seed.found} of {total} found, {seed.speakers} with the right speaker"
        print(f"{seed.name}, shipped models: {found}{was}")
        print("\n".join(figure_lines(seed.name, figures, floors)), end="\n\n")


def _write_report(matches: list[Match], seeds: list[SeedResult]) -> None:
    by_set: defaultdict[bool, list[Match]] = defaultdict(list)
    for match in matches:
        by_set[match.article.name == "own"].append(match)
    seed = [row for found in seeds[:1] for row in make_rows(found.matches)]
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(render_report(make_rows(by_set[False]), make_rows(by_set[True]), seed), encoding="utf-8")
    print(f"error report: {REPORT.relative_to(ROOT)}")


def _measure(options: argparse.Namespace) -> Figures:
    """Print everything and return the figures."""
    floors = floor_file.load_floors()
    scorer = load_scorer(SHARED / "gold" / "score.py")
    everything = load_articles()
    articles = [article for article in everything if article.name in SETS]
    predictions = cross_validated(articles, as_is=options.as_is)
    figures, matches = score_sets(scorer, articles, predictions)
    seeds = read_seed(scorer)
    for seed in seeds:
        figures |= seed.figures()
    _print_figures(figures, seeds, floors)
    print("\n".join(gap_lines(articles, matches)), end="\n\n")
    figures |= _unseen(scorer, everything, floors, anew=options.unseen)
    figures |= gap_figures(figures)
    print("\n".join(gap_figure_lines(figures, floors.landed)), end="\n\n")
    _write_report(matches, seeds)
    return figures


def _times() -> int:
    print(flush=True)
    return subprocess.run([sys.executable, "-m", "eval.time_suites"], cwd=ROOT, check=False).returncode


def main() -> int:
    """Run the command; returns the exit status."""
    options = _arguments()
    if options.lower:
        name, value = options.lower
        return lower(name, value, options.reason)
    faults = floor_file.faults_against_head()
    if not (SHARED / "gold" / "score.py").is_file() or not (SHARED / "gold" / "dev.jsonl").is_file():
        print("the annotated articles are not here (../shared/gold); nothing measured")
    else:
        figures = _measure(options)
        faults += floor_file.broken_floors(floor_file.load_floors(), figures)
        if not options.no_times and _times():
            faults.append("a suite of times is under its floor")
        if options.floors and not faults:
            floor_file.write_floors(floor_file.raise_floors(floor_file.load_floors(), figures))
            print(f"landed: {floor_file.FILE.relative_to(ROOT)}")
    for fault in faults:
        print(f"FAULT: {fault}", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
