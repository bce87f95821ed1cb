"""What is found in a transcript, as rows of numbers kept topic by topic: an archive has too many for an object each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from talkbook.matching import ranges
from talkbook.matching.ranges import Floats, Ints
from talkbook.text.tokens import Numbers

Rows = npt.NDArray[np.void]  # with a name for each of their fields


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Rows by topic, in the topics' order. topics: those that have any. sizes: how many rows each of them has."""

    topics: Sequence[str] = ()
    sizes: Ints = field(default_factory=lambda: np.array([], np.intp))
    rows: Rows = field(default_factory=lambda: np.array([], np.void))

    def each(self) -> Iterator[tuple[str, Rows]]:
        """Each topic and its rows."""
        for topic, (start, end) in zip(self.topics, pairwise(ranges.offsets(self.sizes).tolist()), strict=True):
            yield topic, self.rows[start:end]

    def __eq__(self, other: object) -> bool:
        """Whether both hold the same rows of the same topics."""
        if not isinstance(other, Table) or self.topics != other.topics:
            return False
        return np.array_equal(self.sizes, other.sizes) and self.rows.tobytes() == other.rows.tobytes()

    def __hash__(self) -> int:
        return hash((self.topics, self.rows.tobytes()))


def build(kind: np.dtype[np.void], slugs: Sequence[str], topic: Ints, *columns: Ints | Floats | Numbers) -> Table:
    """The table of so many rows as there are numbers of topics. columns: one for each field of the kind."""
    order = np.argsort(topic, kind="stable")
    counts = np.bincount(topic, minlength=len(slugs))
    held = np.flatnonzero(counts)
    return Table(tuple(slugs[at] for at in held.tolist()), counts[held], rows(kind, *columns)[order])


def rows(kind: np.dtype[np.void], *columns: Ints | Floats | Numbers) -> Rows:
    """Rows of these columns, one for each field of the kind."""
    made = np.empty(len(columns[0]), kind)
    for name, column in zip(kind.names or (), columns, strict=True):
        made[name] = column
    return made
