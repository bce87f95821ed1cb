"""Results kept: what is made of equal things is not made again."""

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, TypeVar

_T = TypeVar("_T")
_R = TypeVar("_R")


class Memo:
    """A memo: the last result for each key, with the things that it was made of."""

    def __init__(self) -> None:
        self._made: dict[Hashable, tuple[tuple[object, ...], Any]] = {}

    def of(self, key: Hashable, things: tuple[object, ...], make: Callable[[], _T]) -> _T:
        """The result kept for this key, where it was made of equal things; else what `make` gives, which is kept.

        things: all that the result depends on.
        """
        before = self._made.get(key)
        if before is None or before[0] != things:
            before = self._made[key] = (things, make())
        made: _T = before[1]
        return made


def memoize_last(make: Callable[[_T], _R]) -> Callable[[_T], _R]:
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
