"""Pairs of a turn and a topic that may have to do with each other."""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from talkbook.matching import ranges
from talkbook.matching.conversation import Conversation
from talkbook.matching.ranges import Ints

_T = TypeVar("_T", bound=np.generic)


@dataclass(frozen=True, slots=True)
class Pairs:
    """The pairs, by turn, and for each pair the cells of the turn's sentences, one pair's after the other's.

    turn, topic: of each pair. begins: where each pair's cells begin, and how many there
    are. shift: for each pair, what takes a sentence of its turn to its cell. sentence: of
    each cell.
    """

    turn: Ints
    topic: Ints
    begins: Ints
    shift: Ints
    sentence: Ints

    def cells(self, values: npt.NDArray[_T]) -> npt.NDArray[_T]:
        """For each cell what `values` holds for its pair."""
        return np.repeat(values, np.diff(self.begins))


def of(conversation: Conversation, turn: Ints, topic: Ints) -> Pairs:
    """The pairs of these turns, by their place in the conversation, and of the topic beside each, by its number."""
    first = conversation.begins[turn]
    sizes = np.diff(conversation.begins)[turn]
    begins = ranges.offsets(sizes)
    return Pairs(turn, topic, begins, begins[:-1] - first, ranges.of(first, sizes))
