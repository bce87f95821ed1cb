"""Values that are looked up by a key that any number of them may have."""

from collections.abc import Hashable, Iterable, Sequence
from typing import TypeVar

_K = TypeVar("_K", bound=Hashable)
_V = TypeVar("_V")


class Lists(dict[_K, Sequence[_V]]):
    """Key -> its values; () for a key that has none."""

    def __missing__(self, key: _K) -> Sequence[_V]:
        return ()


def grouped(pairs: Iterable[tuple[_K, _V]]) -> Lists[_K, _V]:
    """Return the values of each key. Keys and values keep their order."""
    lists: dict[_K, list[_V]] = {}
    for key, value in pairs:
        lists.setdefault(key, []).append(value)
    return Lists({key: tuple(values) for key, values in lists.items()})
