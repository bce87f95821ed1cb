"""Which terms stand in which units of a whole index, joined from its parts."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from talkbook.search import parts
from talkbook.search.parts import Numbers, Part

_GATHERED = 400_000  # postings that are gathered from the parts at once
_LIMITS = 1 << 7 * np.arange(1, 5)  # numbers from which on one more byte is needed


Group = Sequence[tuple[str, int, bytes]]


def steps(every: Sequence[Part]) -> int:
    """How many groups join() gives at most."""
    return sum(len(part.values) for part in every) // _GATHERED + 1


def join(every: Sequence[Part]) -> Iterator[Group]:
    """Each term, the number of its units and its postings, in order and in groups.

    Units are numbered through all parts. A posting is a number of seven bits a byte, lowest first, the eighth
    bit set on all bytes but its last: the unit less the one before, times 4, plus a weight of 0 to 3.
    """
    terms = parts.ordered({term for part in every for term in part.terms})
    number = {term: at for at, term in enumerate(terms)}
    places = [np.fromiter(map(number.__getitem__, part.terms), np.int64, len(part.terms)) for part in every]
    counts = np.zeros(len(terms), np.int64)
    for part, place in zip(every, places, strict=True):
        counts[place] += np.diff(part.starts)
    first = np.cumsum([0, *(sum(map(len, part.boosts)) for part in every)])
    totals = np.cumsum(counts) // _GATHERED
    for group in np.unique(totals):  # none is empty, though one term may fill several
        low, high = np.searchsorted(totals, (group, group + 1))
        values = np.empty(int(counts[low:high].sum()), np.int64)
        free = np.cumsum(counts[low:high]) - counts[low:high]  # where each term's next posting goes
        for part, place, unit in zip(every, places, first.tolist(), strict=False):
            start, end = np.searchsorted(place, (low, high))
            lengths = np.diff(part.starts[start : end + 1])
            here = place[start:end] - low
            found = part.values[part.starts[start] : part.starts[end]]
            ends = np.cumsum(lengths)
            values[np.repeat(free[here] - ends + lengths, lengths) + np.arange(len(found))] = found + (unit << 2)
            free[here] += lengths
        names = terms[low:high]
        yield list(zip(names, counts[low:high].tolist(), _encoded(values, counts[low:high]), strict=True))


def _encoded(values: Numbers, counts: Numbers) -> Iterator[bytes]:
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
