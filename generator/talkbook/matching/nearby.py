"""The sentences near the names of each topic: only there can anything be about it."""

from dataclasses import dataclass

import numpy as np

from talkbook.matching import ranges
from talkbook.matching.conversation import ConversationText
from talkbook.matching.name_hits import Named
from talkbook.matching.ranges import Bools, Floats, Ints

BEFORE, AFTER = 15, 40  # sentences before a name, in its turn, and after it
TURNS = 2  # that a stretch may go on for after the turn with the name: say a question and its answer


@dataclass(frozen=True, slots=True)
class Cells:
    """Pairs of a topic and a sentence near one of its names, by topic and then by sentence.

    keys: one number for each of the pairs. stride: what is between the keys of two topics, which leaves them apart by
    more sentences than anything looks back or ahead.
    """

    topic: Ints
    sentence: Ints
    keys: Ints
    stride: int

    def select(self, which: Bools) -> "Cells":
        """Those that `which` says."""
        return Cells(self.topic[which], self.sentence[which], self.keys[which], self.stride)

    def find(self, topic: Ints, sentence: Ints) -> Ints:
        """Where each of the pairs stands among the cells, -1 if it does not."""
        return self._find(topic * self.stride + sentence)

    def _find(self, keys: Ints) -> Ints:
        at = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return np.where(self.keys[at] == keys, at, -1)


def cells(conversation: ConversationText, named: Named) -> Cells:
    """The cells near all that is named."""
    turn = conversation.turn[named.sentence]
    first = np.maximum(conversation.begins[turn], named.sentence - BEFORE)
    last = conversation.begins[np.minimum(turn + TURNS + 1, len(conversation.turns))]
    stride = len(conversation.sentences) + 2 * (BEFORE + AFTER)
    key = named.topic * stride
    return _cells(key + first, key + np.minimum(last, named.sentence + AFTER + 1), stride)


def widened(cells: Cells, sentences: int, by: int) -> Cells:
    """The cells and those of so many sentences before and after each. sentences: of the whole conversation."""
    begins = np.flatnonzero(np.diff(cells.keys, prepend=-2) != 1)
    ends = np.append(begins[1:], len(cells.keys)) - 1
    first = cells.keys[begins] - np.minimum(cells.sentence[begins], by)
    last = cells.keys[ends] + np.minimum(sentences - 1 - cells.sentence[ends], by)
    return _cells(first, last + 1, cells.stride)


def _cells(first: Ints, end: Ints, stride: int) -> Cells:
    """The cells with the keys of all stretches [first, end); both come in order."""
    reached = np.maximum.accumulate(end)
    begins = np.flatnonzero(first > np.concatenate([[-1], reached[:-1]]))
    last = np.append(begins[1:], len(first)) - 1
    keys = ranges.expand(first[begins], reached[last] - first[begins])
    return Cells(*np.divmod(keys, stride), keys, stride)


def smoothed(values: Floats, wide: Cells, cells: Cells, weights: Floats, by: int) -> Floats:
    """For each of the cells the means of the values at most so many sentences away; the near ones count more.

    values: rows of values of `wide`, the cells widened. weights: of each sentence of the conversation.
    """
    total, every = np.zeros((len(values), len(cells.keys))), np.zeros(len(cells.keys))
    middle = wide.find(cells.topic, cells.sentence)
    last = len(wide.keys) - 1
    for distance in range(-by, by + 1):
        at = np.clip(middle + distance, 0, last)
        beside = wide.keys[at] == cells.keys + distance
        weight = np.where(beside, np.exp(-abs(distance)) * weights[wide.sentence[at]], 0.0)
        total += weight * values[:, at]
        every += weight
    means: Floats = total / every
    return means
