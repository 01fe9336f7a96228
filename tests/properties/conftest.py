"""How many examples the properties are tried on: a few by default, ``HYPOTHESIS_PROFILE=many`` for thousands."""

import os

from hypothesis import settings

settings.register_profile("many", max_examples=1500, deadline=None)
if chosen := os.environ.get("HYPOTHESIS_PROFILE"):
    settings.load_profile(chosen)
