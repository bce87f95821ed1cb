"""Which words stand in which units, collected in one pass over all units."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

_COMMON = 128  # one more than the words that count as common
_PAIRS = _COMMON * _COMMON  # the numbers below are those of pairs of common words, 0 of no word
_RARE = 1_000  # a common word is at least one in so many
_SEALED = 500_000  # words after which a segment is put in order
_LIMITS = 1 << 7 * np.arange(1, 5)  # numbers from which on one more byte is needed
_GATHERED = 400_000  # postings that are gathered from the segments at once

Numbers = NDArray[np.int64]


class _Vocabulary(dict[str, int]):
    def __missing__(self, word: str) -> int:
        self[word] = number = len(self) + _PAIRS
        return number


@dataclass(frozen=True, slots=True)
class _Segment:
    terms: NDArray[np.uint32]  # each once, ascending
    starts: Numbers  # where in `values` each one's begin, and the end
    values: NDArray[np.uint32]  # unit * 4 + weight


class Postings:
    """Collects the terms of units, which are numbered in the order in which they come.

    The commonest words of the first segment are told apart: two of them in a row are a
    term of their own, " first second", so that a phrase of such words can be found.
    """

    def __init__(self) -> None:
        self.common: list[str] = []
        self._vocabulary = _Vocabulary({"": 0})
        self._rank: NDArray[np.int64] = np.zeros(0, np.int64)
        self._segments: list[_Segment] = []
        self._waiting: list[NDArray[np.uint32]] = []
        self._words = 0
        self._first = self._units = 0  # numbers of the first waiting unit and of the next

    def add(self, terms: Sequence[str]) -> None:
        """The next unit has these terms; "" parts those that do not follow one another."""
        found = np.fromiter(map(self._vocabulary.__getitem__, terms), np.uint32, len(terms))
        self._waiting.append(found)
        self._units += 1
        self._words += len(terms)
        if self._words >= _SEALED:
            self._seal()

    def __iter__(self) -> Iterator[tuple[str, int, bytes]]:
        """Each term, the number of its units and its postings, in the order of UTF-16, as JavaScript compares.

        A posting is a number of seven bits a byte, lowest first, the eighth bit set on all
        bytes but its last: the unit less the one before, times 4, plus a weight of 0 to 3.
        """
        self._seal()
        names = {number: word for word, number in self._vocabulary.items() if number}
        for first, one in enumerate(self.common, 1):
            names |= {first * _COMMON + second: f" {one} {two}" for second, two in enumerate(self.common, 1)}
        counts = np.zeros(len(self._vocabulary) + _PAIRS, np.int64)
        for segment in self._segments:
            counts[segment.terms] += np.diff(segment.starts)
        order = [number for number in sorted(names, key=lambda each: _utf16(names[each])) if counts[number]]
        totals = np.cumsum(counts[order]) // _GATHERED
        for group in np.unique(totals):  # none is empty, though one term may fill several
            low, high = np.searchsorted(totals, (group, group + 1))
            chosen = order[low:high]
            for number, data in zip(chosen, self._gathered(chosen, len(counts)), strict=True):
                yield names[number], int(counts[number]), data

    def _seal(self) -> None:
        """Put what waits in order."""
        if not self._words:
            return
        terms = np.concatenate(self._waiting).astype(np.int64)
        units = np.repeat(np.arange(self._first, self._units), [len(each) for each in self._waiting])
        self._waiting, self._words, self._first = [], 0, self._units
        if not self._segments:
            self._choose(terms)
        rank = np.zeros(len(self._vocabulary) + _PAIRS, np.int64)
        rank[: len(self._rank)] = self._rank
        common = rank[terms]
        both = (common[:-1] > 0) & (common[1:] > 0) & (units[:-1] == units[1:])
        pairs = (common[:-1] * _COMMON + common[1:])[both]
        keys = np.concatenate((terms << 32 | units, pairs << 32 | units[:-1][both]))
        keys, times = np.unique(keys[keys >> 32 > 0], return_counts=True)
        found, starts = np.unique(keys >> 32, return_index=True)
        values = ((keys & 0xFFFFFFFF) << 2 | np.minimum(times, 4) - 1).astype(np.uint32)
        self._segments.append(_Segment(found.astype(np.uint32), np.append(starts, len(values)), values))

    def _choose(self, terms: Numbers) -> None:
        """Settle which words are common, by the first segment."""
        counts = np.bincount(terms, minlength=len(self._vocabulary) + _PAIRS)
        often = [
            (-int(counts[number]), word)
            for word, number in self._vocabulary.items()
            if word[:1] not in ("", ":") and counts[number] * _RARE >= len(terms)
        ]
        self.common = [word for _, word in sorted(often)[: _COMMON - 1]]
        self._rank = np.zeros(len(counts), np.int64)
        self._rank[[self._vocabulary[word] for word in self.common]] = np.arange(1, len(self.common) + 1)

    def _gathered(self, chosen: Sequence[int], size: int) -> Iterator[bytes]:
        place = np.full(size, -1)
        place[chosen] = np.arange(len(chosen))
        places, values = [], []
        for segment in self._segments:
            here = place[segment.terms] >= 0
            lengths = np.diff(segment.starts)[here]
            offsets = segment.starts[:-1][here] - (np.cumsum(lengths) - lengths)
            values.append(segment.values[np.repeat(offsets, lengths) + np.arange(lengths.sum())])
            places.append(np.repeat(place[segment.terms[here]], lengths))
        return _encoded(np.concatenate(places), np.concatenate(values), len(chosen))


def _encoded(places: Numbers, values: NDArray[np.uint32], count: int) -> Iterator[bytes]:
    """The postings of each of `count` terms. places: which of them each value belongs to."""
    order = np.argsort(places, kind="stable")  # segments came in order, so units stay so
    places, values = places[order], values[order].astype(np.int64)
    units = values >> 2
    deltas = np.diff(units, prepend=0)
    starts = np.searchsorted(places, np.arange(count + 1))
    deltas[starts[:-1]] = units[starts[:-1]]
    numbers = deltas << 2 | values & 3
    lengths = np.searchsorted(_LIMITS, numbers, side="right") + 1
    ends = np.cumsum(lengths)
    data = np.zeros(int(ends[-1]), np.uint8)
    for each in range(5):
        here = lengths > each
        more = (lengths[here] > each + 1).astype(np.int64) << 7
        data[(ends - lengths)[here] + each] = numbers[here] >> 7 * each & 127 | more
    cuts = np.append(0, ends)[starts]
    whole = data.tobytes()
    return (whole[first:last] for first, last in pairwise(cuts.tolist()))


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-be")
