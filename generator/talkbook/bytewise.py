"""Text looked at as bytes, all of it at once, where a look at each word would take ten times as long."""

import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.intp]

_ASCII = bytes(range(128))
_FIRST = np.array([(1 << 8 * size) - 1 for size in range(9)], "<u8")  # what is kept of eight bytes, by their number


def beyond(text: str) -> set[str]:
    """The characters in `text` that are not ASCII."""
    return set() if text.isascii() else {*text.encode("utf-8", "ignore").translate(None, _ASCII).decode()}


def of(text: str, table: bytes) -> Bytes:
    """One byte for each character: what the table has for it, and for "?" if it is not ASCII."""
    return np.frombuffer(text.encode("ascii", "replace").translate(table), np.uint8)


def words(text: Bytes) -> tuple[Ints, npt.NDArray[np.uint64]]:
    """(start, first eight bytes as one number) of each of the words, between which are white space or control bytes."""
    padded = np.concatenate([np.full(1, 32, np.uint8), text, np.full(8, 32, np.uint8)])
    space = padded <= ord(" ")
    borders = np.flatnonzero(space[1:] != space[:-1])
    starts, ends = borders[::2], borders[1::2]
    eight = np.ndarray(len(text), "<u8", padded, offset=1, strides=(1,))  # a byte and seven more as one number
    return starts, eight[starts] & _FIRST[np.minimum(ends - starts, 8)]


def number(word: str) -> int:
    """The number that `words` has for a word of at most eight bytes."""
    return int.from_bytes(word.encode(), "little")
