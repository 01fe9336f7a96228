"""Bakes what the actor base has from others: states' names of CLDR, and a check against newsmap.

Build time only: ``pip install babel pyyaml`` in an environment of its own, then
``python tools/build_actors.py`` from the repository's root. It writes
``data/ar/actors/states_cldr.tsv`` (names of states and territories; Unicode licence) and, where
``../shared/data/lexicon/newsmap_arabic.yml`` is present (newsmap, MIT), lists what newsmap has and the
base has not, for a person to judge: nothing is taken over unseen.
"""

import sys
import unicodedata
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
ACTORS = ROOT / "src" / "qala" / "data" / "ar" / "actors"
NEWSMAP = ROOT.parent / "shared" / "data" / "lexicon" / "newsmap_arabic.yml"
HEADER = (
    "# Names of states and territories from Unicode CLDR (Unicode licence v3),\n"
    "# made by tools/build_actors.py; not edited by hand.\n"
    "id\tproperty\tvalue\tsource\n"
)
NOT_STATES = frozenset(("EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"))


def territories() -> dict[str, str]:
    """Return CLDR's Arabic names by ISO 3166 code in small letters, NFC, without bracketed remarks."""
    from babel import Locale  # type: ignore[import-not-found,unused-ignore]

    names = Locale("ar").territories
    return {
        code.lower(): unicodedata.normalize("NFC", name.split(" (")[0])
        for code, name in sorted(names.items())
        if len(code) == 2 and code.isalpha() and code not in NOT_STATES
    }


def known_ids() -> set[str]:
    """Return the ids of the states that are written by hand in ``states.tsv``."""
    rows = (ACTORS / "states.tsv").read_text(encoding="utf-8").splitlines()
    return {row.split("\t")[0] for row in rows if "\tkind\tstate\t" in row}


def write_cldr() -> int:
    """Write ``states_cldr.tsv``; return the number of facts."""
    known, rows = known_ids(), []
    handmade = {
        tuple(row.split("\t")[:3:2])
        for row in (ACTORS / "states.tsv").read_text(encoding="utf-8").splitlines()
        if "\t" in row
    }
    for code, name in territories().items():
        if code not in known:
            rows += [
                f"{code}\tkind\tstate\tcldr",
                f"{code}\tcountry\t{code}\tcldr",
                f"{code}\tname\t{name}\tcldr",
            ]
        elif (code, name) not in handmade:
            rows.append(f"{code}\tform\t{name}\tcldr")
    (ACTORS / "states_cldr.tsv").write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")
    return len(rows)


def newsmap_forms(value: Any) -> dict[str, list[str]]:
    """Return newsmap's whole words (no stems) by code, whatever the depth of its regions."""
    found: dict[str, list[str]] = {}
    for key, item in value.items():
        if isinstance(item, dict):
            found.update(newsmap_forms(item))
        else:
            found[str(key)] = [str(form) for form in item if not str(form).endswith("*")]
    return found


def report_newsmap() -> list[str]:
    """Return the words of newsmap that no actor of the same country has."""
    from qala.lexicon.actors import load_actors
    from qala.text.words import find_words

    base, missing = load_actors(), []
    for code, forms in newsmap_forms(yaml.safe_load(NEWSMAP.read_text(encoding="utf-8"))).items():
        for form in forms:
            words = find_words(unicodedata.normalize("NFC", form))
            entries = base.lookup(words, 0, len(words) - 1)
            if not entries and not base.find_demonyms(words):
                missing.append(f"{code}\t{form}")
    return missing


def main() -> int:
    """Write the table, print the report; 0 where all went well."""
    print(f"states_cldr.tsv: {write_cldr()} facts", file=sys.stderr)
    if NEWSMAP.exists():
        print("\n".join(report_newsmap()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
