"""What was found in a transcript, as rows of numbers grouped by topic: too many to be objects in a large archive."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from talkbook.matching import ranges
from talkbook.matching.ranges import Floats, Ints
from talkbook.text.tokens import Numbers

Rows = npt.NDArray[np.void]  # a structured array


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Rows grouped by topic.

    topics: the slugs of the topics that have rows, in the order of their numbers.
    sizes: the number of rows for each.
    """

    topics: Sequence[str] = ()
    sizes: Ints = field(default_factory=lambda: np.array([], np.intp))
    rows: Rows = field(default_factory=lambda: np.array([], np.void))

    def by_topic(self) -> dict[str, Rows]:
        """Return slug of a topic -> its rows."""
        spans = pairwise(ranges.offsets(self.sizes).tolist())
        return {topic: self.rows[start:end] for topic, (start, end) in zip(self.topics, spans, strict=True)}

    def __eq__(self, other: object) -> bool:
        """Return whether both have the same rows for the same topics."""
        if not isinstance(other, Table) or self.topics != other.topics:
            return False
        return np.array_equal(self.sizes, other.sizes) and self.rows.tobytes() == other.rows.tobytes()

    def __hash__(self) -> int:
        return hash((self.topics, self.rows.tobytes()))


def build(kind: np.dtype[np.void], slugs: Sequence[str], topic: Ints, *columns: Ints | Floats | Numbers) -> Table:
    """Return a table with a row for each element of `topic`.

    kind: the type of the rows.
    slugs: the slugs of all topics, in the order of their numbers.
    topic: the number of each row's topic.
    columns: the values of each field of `kind`.
    """
    order = np.argsort(topic, kind="stable")
    counts = np.bincount(topic, minlength=len(slugs))
    present = np.flatnonzero(counts)
    return Table(tuple(slugs[at] for at in present.tolist()), counts[present], rows(kind, *columns)[order])


def rows(kind: np.dtype[np.void], *columns: Ints | Floats | Numbers) -> Rows:
    """Return rows with these columns, one for each field of `kind`."""
    made = np.empty(len(columns[0]), kind)
    for name, column in zip(kind.names or (), columns, strict=True):
        made[name] = column
    return made
