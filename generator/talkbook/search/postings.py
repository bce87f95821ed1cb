"""Merge the postings of segments: in which units of the whole index each term occurs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from talkbook.search.index_terms import Longs, ordered
from talkbook.search.segments import Segment

_GATHERED = 400_000  # postings in a group
_LIMITS = [1 << 7 * size for size in range(1, 5)]  # the smallest numbers that need two, three, four and five bytes


@dataclass(frozen=True, slots=True)
class MergePlan:
    """How to merge segments into an index.

    parts: the segments.
    terms: all terms, sorted.
    counts: the number of units in which each occurs.
    places: for each segment, the indices of its terms in `terms`.
    first: the number of each segment's first unit, as units are numbered across segments.
    groups: (first, end) of terms that are merged together; each group can be merged in any process.
    """

    parts: Sequence[Segment]
    terms: Sequence[str]
    counts: Longs
    places: Sequence[Longs]
    first: Sequence[int]
    groups: Sequence[tuple[int, int]]


def plan(every: Sequence[Segment]) -> MergePlan:
    """Plan the merge of these segments."""
    terms = [part.terms.splitlines() for part in every]
    every_term = ordered({*chain.from_iterable(terms)})
    number = {term: at for at, term in enumerate(every_term)}
    places = [np.fromiter(map(number.__getitem__, each), np.int64, len(each)) for each in terms]
    counts = np.zeros(len(every_term), np.int64)
    for part, place in zip(every, places, strict=True):
        counts[place] += np.diff(part.starts)  # unsigned, but ascending: no difference is negative
    first = np.cumsum([0, *(sum(map(len, part.kinds)) for part in every)])
    begins = np.flatnonzero(np.diff(np.cumsum(counts) // _GATHERED, prepend=-1))
    groups = [*pairwise([*begins.tolist(), len(every_term)])]
    return MergePlan(every, every_term, counts, places, first.tolist(), groups)


def join(way: MergePlan, group: int) -> Iterator[tuple[str, int, bytes]]:
    """Yield (term, number of its units, its postings) for each term in a group, in order.

    A posting is a variable-length integer: seven bits per byte, lowest first, with the eighth bit set on all bytes but
    the last. Its value is the difference to the previous unit, times 4, plus a weight from 0 to 3.
    """
    low, high = way.groups[group]
    kind = np.min_scalar_type(high - low)
    terms: list[NDArray[Any]] = []
    values: list[NDArray[np.uint32]] = []
    for part, place, unit in zip(way.parts, way.places, way.first, strict=False):
        start, end = np.searchsorted(place, (low, high))
        starts = part.starts[start : end + 1]
        terms.append(np.repeat((place[start:end] - low).astype(kind), np.diff(starts)))
        values.append(part.values[starts[0] : starts[-1]] + np.uint32(unit << 2))
    order = np.argsort(np.concatenate(terms), kind="stable")  # a fast radix sort for 16-bit numbers
    counts = way.counts[low:high]
    encoded = _encoded(np.concatenate(values)[order], counts)
    return zip(way.terms[low:high], counts.tolist(), encoded, strict=True)


def _encoded(values: NDArray[np.uint32], counts: Longs) -> Iterator[bytes]:
    """Yield the encoded postings of each term. counts: how many it has."""
    starts = np.cumsum(counts) - counts
    units = values >> 2
    deltas = np.diff(units, prepend=np.uint32(0))
    deltas[starts] = units[starts]
    left = deltas << 2 | values & 3
    lengths = np.ones(len(left), np.uint8)
    for limit in _LIMITS:
        lengths += left >= limit
    ends = np.cumsum(lengths, dtype=np.int64)
    data = np.empty(int(ends[-1]), np.uint8)
    place = ends - lengths
    while len(left):
        data[place] = left & 127
        more = np.flatnonzero(left > 127)
        place, left = place[more], left[more] >> 7
        data[place] |= 128
        place += 1
    cuts = np.append(0, ends)[np.append(starts, len(values))]
    whole = data.tobytes()
    return (whole[first:last] for first, last in pairwise(cuts.tolist()))
