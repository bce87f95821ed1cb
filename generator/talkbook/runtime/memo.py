"""Caches that reuse a result as long as its inputs are equal."""

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, TypeVar

_T = TypeVar("_T")
_R = TypeVar("_R")


class Memo:
    """The last result for each key, stored with the inputs it was made from."""

    def __init__(self) -> None:
        self._made: dict[Hashable, tuple[tuple[object, ...], Any]] = {}

    def of(self, key: Hashable, things: tuple[object, ...], make: Callable[[], _T]) -> _T:
        """Return the result stored for `key` if its inputs equal `things`; otherwise store and return make().

        things: everything that the result depends on.
        """
        before = self._made.get(key)
        if before is None or before[0] != things:
            before = self._made[key] = (things, make())
        made: _T = before[1]
        return made


def memoize_last(make: Callable[[_T], _R]) -> Callable[[_T], _R]:
    """Wrap `make` so that calling it again with the same object (by identity) returns the last result. Thread-safe.

    functools.lru_cache compares by equality, and hashing and comparing a transcript takes longer than computing most
    results.
    """
    last: tuple[_T, _R] | None = None

    @wraps(make)
    def made(value: _T) -> _R:
        nonlocal last
        held = last  # another thread may replace `last` meanwhile
        if held is None or held[0] is not value:
            last = held = (value, make(value))
        return held[1]

    return made
