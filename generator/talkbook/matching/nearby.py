"""The sentences near the names of each topic: only these can be about it."""

from dataclasses import dataclass

import numpy as np

from talkbook.matching import ranges
from talkbook.matching.conversation import ConversationText
from talkbook.matching.name_hits import Named
from talkbook.matching.ranges import Bools, Floats, Ints

BEFORE, AFTER = 15, 40  # sentences before a name, within its turn, and after it
TURNS = 2  # turns after that of the name that may still be about it, such as a question and its answer


@dataclass(frozen=True, slots=True)
class Cells:
    """Pairs of a topic and a sentence near one of its names, sorted by topic and then by sentence.

    topic: the number of the topic; see TopicWords.
    sentence: the index of the sentence.
    keys: topic * stride + sentence.
    stride: so large that no window around a sentence reaches the keys of another topic.
    """

    topic: Ints
    sentence: Ints
    keys: Ints
    stride: int

    def select(self, which: Bools) -> "Cells":
        """Return the cells for which `which` is true."""
        return Cells(self.topic[which], self.sentence[which], self.keys[which], self.stride)

    def find(self, topic: Ints, sentence: Ints) -> Ints:
        """Return the index of each pair among the cells, -1 if it is not one of them."""
        return self._find(topic * self.stride + sentence)

    def _find(self, keys: Ints) -> Ints:
        at = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return np.where(self.keys[at] == keys, at, -1)


def cells(conversation: ConversationText, named: Named) -> Cells:
    """Return the cells near everything that is named."""
    turn = conversation.turn[named.sentence]
    first = np.maximum(conversation.begins[turn], named.sentence - BEFORE)
    last = conversation.begins[np.minimum(turn + TURNS + 1, len(conversation.turns))]
    stride = len(conversation.sentences) + 2 * (BEFORE + AFTER)
    key = named.topic * stride
    return _cells(key + first, key + np.minimum(last, named.sentence + AFTER + 1), stride)


def widened(cells: Cells, sentences: int, by: int) -> Cells:
    """Return the cells with up to `by` sentences before and after each added.

    sentences: the number of sentences in the conversation.
    """
    begins = np.flatnonzero(np.diff(cells.keys, prepend=-2) != 1)
    ends = np.append(begins[1:], len(cells.keys)) - 1
    first = cells.keys[begins] - np.minimum(cells.sentence[begins], by)
    last = cells.keys[ends] + np.minimum(sentences - 1 - cells.sentence[ends], by)
    return _cells(first, last + 1, cells.stride)


def _cells(first: Ints, end: Ints, stride: int) -> Cells:
    """Return the cells with all keys in the ranges [first, end), which must be sorted but may overlap."""
    reached = np.maximum.accumulate(end)
    begins = np.flatnonzero(first > np.concatenate([[-1], reached[:-1]]))
    last = np.append(begins[1:], len(first)) - 1
    keys = ranges.expand(first[begins], reached[last] - first[begins])
    return Cells(*np.divmod(keys, stride), keys, stride)


def smoothed(values: Floats, wide: Cells, cells: Cells, weights: Floats, by: int) -> Floats:
    """Return for each cell the weighted mean of the values at most `by` sentences away; nearer ones weigh more.

    values: rows with a value for each cell of `wide`.
    wide: the cells, widened by `by`.
    weights: the weight of each sentence in the conversation.
    """
    total, total_weight = np.zeros((len(values), len(cells.keys))), np.zeros(len(cells.keys))
    middle = wide.find(cells.topic, cells.sentence)
    last = len(wide.keys) - 1
    for distance in range(-by, by + 1):
        at = np.clip(middle + distance, 0, last)
        beside = wide.keys[at] == cells.keys + distance
        weight = np.where(beside, np.exp(-abs(distance)) * weights[wide.sentence[at]], 0.0)
        total += weight * values[:, at]
        total_weight += weight
    means: Floats = total / total_weight
    return means
