"""Vectorised tokenisation: process a whole text as an array of bytes, several times as fast as word by word."""

from hashlib import blake2b

import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.intp]
Numbers = npt.NDArray[np.uint64]

_ASCII = bytes(range(128))
_FIRST = np.array([(1 << 8 * size) - 1 for size in range(9)], "<u8")  # masks that keep the first n of eight bytes
_LONG = 32  # bytes; longer words are hashed as a whole
_ODD = np.uint64(0x9E3779B97F4A7C15)  # Knuth's multiplicative hashing: spreads small differences over all bits


def non_ascii(text: str) -> set[str]:
    """Return the set of characters in `text` that are not ASCII."""
    return set() if text.isascii() else {*text.encode("utf-8", "ignore").translate(None, _ASCII).decode()}


def encode(text: str, table: bytes) -> Bytes:
    """Return one byte per character: its entry in `table`, or that of "?" if the character is not ASCII."""
    return np.frombuffer(text.encode("ascii", "replace").translate(table), np.uint8)


def word_bounds(text: Bytes) -> tuple[Ints, Ints]:
    """Return the starts and the ends of the words, which are separated by white space or control bytes."""
    space = np.concatenate([[True], text <= ord(" "), [True]])
    bounds = np.flatnonzero(space[1:] != space[:-1])
    return bounds[::2], bounds[1::2]


def prefixes(text: Bytes, starts: Ints, ends: Ints) -> Numbers:
    """Return the first eight bytes of each word as a number."""
    result: Numbers = _eights(text)[starts] & _FIRST[np.minimum(ends - starts, 8)]
    return result


def keys(text: Bytes, starts: Ints, ends: Ints) -> Numbers:
    """Return a 64-bit hash of each word; two different words share one with a probability of 2**-64."""
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
    """Return for each key its slot in a hash table of size 2**bits."""
    return (keys * _ODD >> np.uint64(64 - bits)).astype(np.intp)


def first_equal(keys: Numbers) -> Ints:
    """Return for each key the index of the first equal key, by hashing; sorting takes four times as long."""
    bits = max(14, len(keys).bit_length())
    slot = slots(keys, bits)
    place = np.empty(1 << bits, np.intp)
    first = np.empty(len(keys), np.intp)
    left = np.arange(len(keys))
    while len(left):
        place[slot[left[::-1]]] = left[::-1]  # if several share a slot, the last write wins, hence the reversed order
        first[left] = place[slot[left]]
        left = left[keys[first[left]] != keys[left]]
    return first


def unique(keys: Numbers) -> tuple[Ints, Ints]:
    """Return the indices of the distinct keys (first occurrences), and for each key its position among those."""
    first = first_equal(keys)
    own = np.flatnonzero(first == np.arange(len(keys)))
    place = np.empty(len(keys), np.intp)
    place[own] = np.arange(len(own))
    return own, place[first]


def _eights(text: Bytes) -> Numbers:
    """Return for each byte the number formed by it and the seven after it, little-endian."""
    padded = np.append(text, np.zeros(8, np.uint8))
    return np.ndarray(len(text), "<u8", padded, strides=(1,))


def prefix(word: str) -> int:
    """Return the number that prefixes() gives for a word of at most eight bytes."""
    return int.from_bytes(word.encode(), "little")
