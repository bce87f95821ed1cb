"""Measure the cost of work without a clock, by counting function calls."""

import sys
from collections.abc import Callable
from types import FrameType


def calls(work: Callable[[], object], weight: Callable[[object], int] = lambda _: 1) -> int:
    """Count the calls of Python and C functions that the work makes. weight: C function -> what its call counts."""
    count = 0

    def note(_frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        if event in ("call", "c_call"):
            count += weight(argument)

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count
