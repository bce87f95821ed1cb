"""Which terms stand in which units of a whole index, joined from its parts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from talkbook.search.index_terms import Longs, ordered
from talkbook.search.segments import Segment

_GATHERED = 400_000  # postings of a group
_LIMITS = [1 << 7 * size for size in range(1, 5)]  # numbers from which on one more byte is needed


@dataclass(frozen=True, slots=True)
class MergePlan:
    """How the parts of an index are joined.

    terms: all, in order. counts: in how many units each stands. places: of each part, its terms by their index in
    `terms`. first: the number of its first unit, for units are numbered through all parts. groups: (first, end) of
    terms that are joined at once; groups can be joined each on its own, in any process.
    """

    parts: Sequence[Segment]
    terms: Sequence[str]
    counts: Longs
    places: Sequence[Longs]
    first: Sequence[int]
    groups: Sequence[tuple[int, int]]


def plan(every: Sequence[Segment]) -> MergePlan:
    """How these parts are joined."""
    terms = [part.terms.splitlines() for part in every]
    every_term = ordered({*chain.from_iterable(terms)})
    number = {term: at for at, term in enumerate(every_term)}
    places = [np.fromiter(map(number.__getitem__, each), np.int64, len(each)) for each in terms]
    counts = np.zeros(len(every_term), np.int64)
    for part, place in zip(every, places, strict=True):
        counts[place] += np.diff(part.starts)  # ascending, so no difference is below zero
    first = np.cumsum([0, *(sum(map(len, part.kinds)) for part in every)])
    begins = np.flatnonzero(np.diff(np.cumsum(counts) // _GATHERED, prepend=-1))
    groups = [*pairwise([*begins.tolist(), len(every_term)])]
    return MergePlan(every, every_term, counts, places, first.tolist(), groups)


def join(way: MergePlan, group: int) -> Iterator[tuple[str, int, bytes]]:
    """Each term of a group, the number of its units and its postings, in order.

    A posting is a number of seven bits a byte, lowest first, the eighth bit set on all bytes but its last: the unit
    less the one before, times 4, plus a weight of 0 to 3.
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
    order = np.argsort(np.concatenate(terms), kind="stable")  # which takes little time for numbers of 16 bits
    counts = way.counts[low:high]
    encoded = _encoded(np.concatenate(values)[order], counts)
    return zip(way.terms[low:high], counts.tolist(), encoded, strict=True)


def _encoded(values: NDArray[np.uint32], counts: Longs) -> Iterator[bytes]:
    """The postings of each term. counts: how many it has."""
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
