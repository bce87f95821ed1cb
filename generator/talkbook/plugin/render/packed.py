"""What search finds on a page, kept small until it is asked for: an archive's are as long as all it says."""

import pickle
import zlib
from collections.abc import Iterator, Sequence
from typing import Any, overload

from talkbook.pages.page import SearchEntry


class Packed(Sequence[SearchEntry]):
    """The entries of a page, unpacked anew each time that they are gone through."""

    __slots__ = ("_data", "_length")

    def __init__(self, entries: Sequence[SearchEntry]) -> None:
        rows = [*map(tuple, entries)]
        self._data = zlib.compress(pickle.dumps(rows, pickle.HIGHEST_PROTOCOL), 1) if rows else b""
        self._length = len(rows)

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[SearchEntry]:
        rows = pickle.loads(zlib.decompress(self._data)) if self._data else ()
        return (SearchEntry(*row) for row in rows)

    @overload
    def __getitem__(self, at: int) -> SearchEntry: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[SearchEntry]: ...
    def __getitem__(self, at: Any) -> Any:
        return [*self][at]


def pack(entries: Sequence[SearchEntry]) -> Packed:
    """The entries packed, if they are not yet."""
    return entries if isinstance(entries, Packed) else Packed(entries)
