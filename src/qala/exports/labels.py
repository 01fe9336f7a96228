"""The Arabic words of the pages that people read, from ``data/ar/interface.yaml``."""

from functools import cache
from importlib.resources import files

import yaml

from qala.errors import LexiconError
from qala.model import PublicationConstraint

_SECTIONS = ("acts", "types", "kinds", "statuses", "source_types", "weekdays", "debris", "fields")


@cache
def load_labels() -> dict[str, dict[str, str]]:
    """Return the labels, section by section; raises ``LexiconError`` where one is not text."""
    place = "interface.yaml"
    loaded = yaml.safe_load(files("qala").joinpath("data", "ar", place).read_text(encoding="utf-8"))
    if not isinstance(loaded, dict) or set(loaded) != set(_SECTIONS):
        raise LexiconError(f"{place}:1: the sections must be {', '.join(_SECTIONS)}")
    labels: dict[str, dict[str, str]] = {}
    for section, entries in loaded.items():
        for key, value in entries.items():
            if not isinstance(value, str):
                raise LexiconError(f"{place}:1: {section}.{key} must be text")
        labels[section] = dict(entries)
    return labels


def label(section: str, key: str) -> str:
    """Return the Arabic word for Qala's name ``key``; the name itself where there is none."""
    return load_labels()[section].get(key, key)


def tell_publication(known: PublicationConstraint) -> str:
    """Return in words what a page tells of its unknown day of publication; empty where it tells nothing."""
    parts = [day.isoformat() for day in sorted(known.days)]
    parts += [label("weekdays", str(weekday + 1)) for weekday in sorted(known.weekdays)]
    parts += [f"--{month:02}-{day:02}" for month, day in sorted(known.month_days)]
    parts += [f"--{month:02}" for month in sorted(known.months)]
    parts += [str(year) for year in sorted(known.years)]
    if known.earliest:
        parts.append(f"{label('fields', 'not_before')} {known.earliest.isoformat()}")
    if not parts:
        return ""
    shown = " \u00b7 ".join(parts)
    said = f"{label('fields', 'allowed')}: {shown}"
    return f"{said} ({label('fields', 'conflicting')})" if known.conflicting else said
