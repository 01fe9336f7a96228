"""How many examples the properties are tried on (``HYPOTHESIS_PROFILE=many``: thousands), and how work is counted."""

import os
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest
from hypothesis import settings

settings.register_profile("many", max_examples=1500, deadline=None)
if chosen := os.environ.get("HYPOTHESIS_PROFILE"):
    settings.load_profile(chosen)


@pytest.fixture
def work() -> Callable[[Callable[[], Any]], int]:
    """Count the lines of Qala's code that run: no wall time, so that a busy machine changes nothing."""

    def count_lines(function: Callable[[], Any]) -> int:
        count = 0

        def trace(frame: FrameType, event: str, _: object) -> Any:
            nonlocal count
            if "qala" not in frame.f_code.co_filename:
                return None
            count += event == "line"
            return trace

        before = sys.gettrace()
        sys.settrace(trace)
        try:
            function()
        finally:
            sys.settrace(before)
        return count

    return count_lines
