"""Results kept while somebody edits: what is made of equal things is not made again."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

_T = TypeVar("_T")


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
