"""How much is tried: a sample in every run of the tests, everything with ``QALA_FAULTS=many`` (``make faults``)."""

import os

MANY = os.environ.get("QALA_FAULTS") == "many"


def pick(few: int, many: int) -> int:
    """Return how many of something are tried."""
    return many if MANY else few
