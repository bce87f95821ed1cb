"""What was made before, kept while somebody edits: of the very same things it is not made again."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

_T = TypeVar("_T")


class Known:
    """Results by key, each with the things that it was made of."""

    def __init__(self) -> None:
        self._made: dict[Hashable, tuple[tuple[object, ...], Any]] = {}

    def of(self, key: Hashable, things: tuple[object, ...], make: Callable[[], _T]) -> _T:
        """What `make` gives; what it gave for this key before, where the things are the same as then."""
        before = self._made.get(key)
        if before is None or before[0] != things:
            before = self._made[key] = (things, make())
        made: _T = before[1]
        return made
