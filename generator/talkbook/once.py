"""What is made of a value once, where several ask for it one after the other."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

_T = TypeVar("_T")
_R = TypeVar("_R")


def once(make: Callable[[_T], _R]) -> Callable[[_T], _R]:
    """`make`, which gives its last result again where it is given the very same object again.

    To look for an equal one, as functools.lru_cache does, would take longer than most of what is made of
    a transcript.
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
