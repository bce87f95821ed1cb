"""Which terms stand in which units of a whole index, joined from its parts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from talkbook.search.parts import Part
from talkbook.search.terms import Longs, ordered

_GATHERED = 400_000  # postings of a group
_LIMITS = 1 << 7 * np.arange(1, 5)  # numbers from which on one more byte is needed


@dataclass(frozen=True, slots=True)
class Plan:
    """How the parts of an index are joined.

    terms: all, in order. counts: in how many units each stands. places: of each part, its terms by their index in
    `terms`. first: the number of its first unit, for units are numbered through all parts. groups: (first, end) of
    terms that are joined at once; groups can be joined each on its own, in any process.
    """

    parts: Sequence[Part]
    terms: Sequence[str]
    counts: Longs
    places: Sequence[Longs]
    first: Sequence[int]
    groups: Sequence[tuple[int, int]]


def plan(every: Sequence[Part]) -> Plan:
    """How these parts are joined."""
    every_term = ordered({term for part in every for term in part.terms.splitlines()})
    number = {term: at for at, term in enumerate(every_term)}
    places = [np.array([*map(number.__getitem__, part.terms.splitlines())], np.int64) for part in every]
    counts = np.zeros(len(every_term), np.int64)
    for part, place in zip(every, places, strict=True):
        counts[place] += np.diff(part.starts)  # ascending, so no difference is below zero
    first = np.cumsum([0, *(sum(map(len, part.boosts)) for part in every)])
    begins = np.flatnonzero(np.diff(np.cumsum(counts) // _GATHERED, prepend=-1))
    groups = [*pairwise([*begins.tolist(), len(every_term)])]
    return Plan(every, every_term, counts, places, first.tolist(), groups)


def join(way: Plan, group: int) -> Iterator[tuple[str, int, bytes]]:
    """Each term of a group, the number of its units and its postings, in order.

    A posting is a number of seven bits a byte, lowest first, the eighth bit set on all bytes but its last: the unit
    less the one before, times 4, plus a weight of 0 to 3.
    """
    low, high = way.groups[group]
    counts = way.counts[low:high]
    values = np.empty(int(counts.sum()), np.int64)
    free = np.cumsum(counts) - counts  # where each term's next posting goes
    for part, place, unit in zip(way.parts, way.places, way.first, strict=False):
        start, end = np.searchsorted(place, (low, high))
        starts: Longs = part.starts[start : end + 1].astype(np.int64)
        lengths: Longs = np.diff(starts)
        here = place[start:end] - low
        found = part.values[starts[0] : starts[-1]]
        ends = np.cumsum(lengths)
        values[np.repeat(free[here] - ends + lengths, lengths) + np.arange(len(found))] = found + (unit << 2)
        free[here] += lengths
    return zip(way.terms[low:high], counts.tolist(), _encoded(values, counts), strict=True)


def _encoded(values: Longs, counts: Longs) -> Iterator[bytes]:
    """The postings of each term. counts: how many it has."""
    starts = np.cumsum(counts) - counts
    units = values >> 2
    deltas = np.diff(units, prepend=0)
    deltas[starts] = units[starts]
    numbers = deltas << 2 | values & 3
    lengths = np.searchsorted(_LIMITS, numbers, side="right") + 1
    ends = np.cumsum(lengths)
    data: NDArray[np.uint8] = np.zeros(int(ends[-1]), np.uint8)
    for each in range(int(lengths.max())):
        here = lengths > each
        more = (lengths[here] > each + 1).astype(np.int64) << 7
        data[(ends - lengths)[here] + each] = numbers[here] >> 7 * each & 127 | more
    cuts = np.append(0, ends)[np.append(starts, len(values))]
    whole = data.tobytes()
    return (whole[first:last] for first, last in pairwise(cuts.tolist()))
