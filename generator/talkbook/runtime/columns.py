"""Sequences of one frozen dataclass, stored as one column per field: small in memory and quick to send to a process."""

import pickle
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from operator import attrgetter, eq
from typing import Any, Generic, TypeVar, overload

_T = TypeVar("_T")
_AT_HAND = 2_000  # unpacked sequences kept in memory, enough for 1,000 transcripts


class Columns(Sequence[_T], Generic[_T]):
    """A read-only sequence that stores its objects as columns and rebuilds them on access.

    Equal to any other sequence of equal objects.
    """

    __slots__ = ("_data", "_length")

    def __init__(self, rows: Sequence[_T]) -> None:
        """Store `rows`: instances of one dataclass with slots, whose values can be pickled."""
        self._data = fold(rows)
        self._length = len(rows)

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (self._data, self._length)

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[_T]:
        return iter(_at_hand(self._data))

    @overload
    def __getitem__(self, at: int) -> _T: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[_T]: ...
    def __getitem__(self, at: Any) -> Any:
        return _at_hand(self._data)[at]

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Columns) and self._data == other._data:
            return True
        return isinstance(other, Sequence) and len(self) == len(other) and all(map(eq, self, other))

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))


def _again(data: bytes, length: int) -> Columns[Any]:
    made: Columns[Any] = object.__new__(Columns)
    made._data, made._length = data, length
    return made


def opened(rows: Sequence[_T]) -> Sequence[_T]:
    """Return the rows as a tuple, which is faster for repeated access."""
    return _at_hand(rows._data) if isinstance(rows, Columns) else rows


def fold(rows: Sequence[object]) -> bytes:
    """Pack objects of one dataclass into bytes, in a tenth of the time and half the size of pickling each of them."""
    return pickle.dumps(_columns(rows), pickle.HIGHEST_PROTOCOL) if rows else b""


def unfold(data: bytes) -> tuple[Any, ...]:
    """Return the objects that fold() packed."""
    return _made(*pickle.loads(data)) if data else ()


_at_hand = lru_cache(maxsize=_AT_HAND)(unfold)


def _columns(rows: Sequence[Any]) -> tuple[Any, ...]:
    """Return (class, columns). A column of tuples of objects becomes (lengths, their class, their columns)."""
    kind = type(rows[0])
    return kind, [_column([*map(attrgetter(each.name), rows)]) for each in fields(kind)]


def _column(values: list[Any]) -> Any:
    if type(values[0]) is not tuple or not is_dataclass(next((value[0] for value in values if value), None)):
        return values
    return (list(map(len, values)), *_columns([each for value in values for each in value]))


def rows(kind: type[_T], /, **values: Sequence[object]) -> tuple[_T, ...]:
    """Build objects of a frozen dataclass with slots from one sequence of values per field."""
    made = [object.__new__(kind) for _ in next(iter(values.values()))]
    for name, column in values.items():
        # Set the slots directly: the __init__ of a frozen dataclass takes three times as long.
        deque(map(getattr(kind, name).__set__, made, column), maxlen=0)
    return tuple(made)


def _made(kind: type[Any], columns: Sequence[Any]) -> tuple[Any, ...]:
    values = [_values(*each) if type(each) is tuple else each for each in columns]
    return rows(kind, **{field.name: column for field, column in zip(fields(kind), values, strict=True)})


def _values(lengths: Sequence[int], kind: type[Any], columns: Sequence[Any]) -> list[tuple[Any, ...]]:
    made = _made(kind, columns)
    return [made[start:end] for start, end in pairwise(accumulate(lengths, initial=0))]
