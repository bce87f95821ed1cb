"""A memo of one result, for callers that ask for the same thing one after the other."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

_T = TypeVar("_T")
_R = TypeVar("_R")


def once(make: Callable[[_T], _R]) -> Callable[[_T], _R]:
    """`make` with its last result kept, which is given again for the very same object; threads may share it.

    functools.lru_cache would look for an equal object, and to hash and compare a transcript takes longer than most of
    what is made of it.
    """
    last: tuple[_T, _R] | None = None

    @wraps(make)
    def made(value: _T) -> _R:
        nonlocal last
        held = last  # another thread may put something else there
        if held is None or held[0] is not value:
            last = held = (value, make(value))
        return held[1]

    return made
