"""What a piece of work takes, without a clock: the calls that it makes."""

import sys
from collections.abc import Callable
from types import FrameType


def calls(work: Callable[[], object], weight: Callable[[object], int] = lambda _: 1) -> int:
    """Calls of functions, Python's and C's, that the work makes. weight: what a call counts, by C's function."""
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
