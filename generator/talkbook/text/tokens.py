"""Text looked at as bytes, all of it at once: to look at each word on its own takes several times as long."""

from hashlib import blake2b

import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.intp]
Numbers = npt.NDArray[np.uint64]

_ASCII = bytes(range(128))
_FIRST = np.array([(1 << 8 * size) - 1 for size in range(9)], "<u8")  # what is kept of eight bytes, by their number
_LONG = 32  # bytes of a word up to which it is compared eight at a time
_ODD = np.uint64(0x9E3779B97F4A7C15)  # spreads what differs in a few bits over all, as Knuth's multiplicative hashing


def non_ascii(text: str) -> set[str]:
    """The characters in `text` that are not ASCII."""
    return set() if text.isascii() else {*text.encode("utf-8", "ignore").translate(None, _ASCII).decode()}


def encode(text: str, table: bytes) -> Bytes:
    """One byte for each character: the table's for it, or the table's for "?" where it is not ASCII."""
    return np.frombuffer(text.encode("ascii", "replace").translate(table), np.uint8)


def word_bounds(text: Bytes) -> tuple[Ints, Ints]:
    """(start, end) of each of the words, between which are white space or control bytes."""
    space = np.concatenate([[True], text <= ord(" "), [True]])
    bounds = np.flatnonzero(space[1:] != space[:-1])
    return bounds[::2], bounds[1::2]


def prefixes(text: Bytes, starts: Ints, ends: Ints) -> Numbers:
    """The first eight bytes of each of the words as one number."""
    result: Numbers = _eights(text)[starts] & _FIRST[np.minimum(ends - starts, 8)]
    return result


def keys(text: Bytes, starts: Ints, ends: Ints) -> Numbers:
    """A number for each of the words: the same for the same word, and for another one by a chance of 2**-64."""
    result = prefixes(text, starts, ends)
    eights, sizes = _eights(text), ends - starts
    for at in range(8, min(sizes.max(initial=0), _LONG), 8):
        more = np.flatnonzero(sizes > at)
        result[more] = result[more] * _ODD ^ eights[starts[more] + at] & _FIRST[np.minimum(sizes[more] - at, 8)]
    for at in np.flatnonzero(sizes > _LONG).tolist():
        word = text[starts[at] : ends[at]].tobytes()
        result[at] = int.from_bytes(blake2b(word, digest_size=8).digest(), "big")  # the same in every process
    return result


def slots(keys: Numbers, bits: int) -> Ints:
    """For each of the keys its slot in a table of 2**bits: the same for the same key."""
    return (keys * _ODD >> np.uint64(64 - bits)).astype(np.intp)


def first_equal(keys: Numbers) -> Ints:
    """For each of the keys the index of the first that equals it, by hashing: sorting takes four times as long."""
    bits = max(14, len(keys).bit_length())
    slot = slots(keys, bits)
    place = np.empty(1 << bits, np.intp)
    first = np.empty(len(keys), np.intp)
    left = np.arange(len(keys))
    while len(left):
        place[slot[left[::-1]]] = left[::-1]  # of several in one slot the last one written stays
        first[left] = place[slot[left]]
        left = left[keys[first[left]] != keys[left]]
    return first


def unique(keys: Numbers) -> tuple[Ints, Ints]:
    """(indices of the keys that no earlier one equals; for each key the place of its own among those)."""
    first = first_equal(keys)
    own = np.flatnonzero(first == np.arange(len(keys)))
    place = np.empty(len(keys), np.intp)
    place[own] = np.arange(len(own))
    return own, place[first]


def _eights(text: Bytes) -> Numbers:
    """From each byte on eight as one number, of which the first is the lowest."""
    padded = np.append(text, np.zeros(8, np.uint8))
    return np.ndarray(len(text), "<u8", padded, strides=(1,))


def prefix(word: str) -> int:
    """The number that `prefixes` has for a word of at most eight bytes."""
    return int.from_bytes(word.encode(), "little")
