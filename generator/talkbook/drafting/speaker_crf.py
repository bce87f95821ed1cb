"""A chain of sentences, each said by one of two people: how probable each course is, given scores and marks.

A conditional random field (Lafferty, McCallum and Pereira 2001) of two states, whose sums over all courses are made
by the forward-backward algorithm in one pass each way. Many chains of one length are summed at once, as columns.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.intp]

CERTAIN = 50.0  # a score that leaves no doubt


@dataclass(frozen=True, slots=True)
class Scores:
    """Logarithms of how much the words speak for a course. A row a sentence; a column a chain, where there are several.

    first: for the first person, against the second, as the speaker of each sentence. leaves: at each border between
    two sentences, for the first person handing over to the second, against nobody handing over; returns: the reverse.
    """

    first: Floats
    leaves: Floats
    returns: Floats

    def columns(self, chosen: slice) -> "Scores":
        """Some of the chains. What is one column wide is the same for all."""
        return Scores(
            *(each[:, chosen] if each.shape[1] > 1 else each for each in (self.first, self.leaves, self.returns))
        )

    def tempered(self, trust: float) -> "Scores":
        """The same with all scores multiplied, so that courses are nearer to each other."""
        return Scores(self.first * trust, self.leaves * trust, self.returns * trust)


def marginals(scores: Scores) -> tuple[Floats, Floats, Floats, Floats]:
    """(logarithm of the sum over all courses, probability of the first person at each sentence, and at each border of
    the first person handing over and of the second), the scores being of shape (sentences, chains)."""
    ahead, behind = _ahead(scores), _behind(scores)
    total = np.logaddexp(ahead[0][-1], ahead[1][-1])
    first = np.exp(ahead[0] + behind[0] - total)
    leaves = np.exp(ahead[0][:-1] + scores.leaves + behind[1][1:] - total)
    returns = np.exp(ahead[1][:-1] + scores.returns + scores.first[1:] + behind[0][1:] - total)
    return total, first, leaves, returns


def log_partition(scores: Scores) -> Floats:
    """The logarithm of the sum over all courses of each of the chains."""
    ahead = _ahead(scores)
    found: Floats = np.logaddexp(ahead[0][-1], ahead[1][-1])
    return found


def clamped(scores: Scores, sentences: Sequence[int]) -> tuple[Floats, Floats, Floats]:
    """How probable the first person is at each sentence: as it is, if the first says one of `sentences`, if the second.

    The last two are of shape (sentences, chains, len(sentences)).
    """
    size = scores.first.shape[1]
    first = np.tile(scores.first, 2 * len(sentences) + 1)  # the chains as they are, and with each sentence settled
    for at, sentence in enumerate(sentences):
        first[sentence, (2 * at + 1) * size : (2 * at + 2) * size] += CERTAIN
        first[sentence, (2 * at + 2) * size : (2 * at + 3) * size] -= CERTAIN
    wide = Scores(first, *(np.tile(each, 2 * len(sentences) + 1) for each in (scores.leaves, scores.returns)))
    every = marginals(wide)[1].reshape(len(scores.first), -1, size).transpose(0, 2, 1)
    return every[:, :, 0], every[:, :, 1::2], every[:, :, 2::2]


def _ahead(scores: Scores) -> tuple[Floats, Floats]:
    """For the first and the second person: the logarithm of the sum over all courses up to each sentence."""
    one, other = np.empty_like(scores.first), np.zeros_like(scores.first)
    one[0] = scores.first[0]
    for at in range(1, len(one)):
        one[at] = np.logaddexp(one[at - 1], other[at - 1] + scores.returns[at - 1]) + scores.first[at]
        other[at] = np.logaddexp(other[at - 1], one[at - 1] + scores.leaves[at - 1])
    return one, other


def _behind(scores: Scores) -> tuple[Floats, Floats]:
    """The same over all courses after each sentence."""
    one, other = np.zeros_like(scores.first), np.zeros_like(scores.first)
    for at in range(len(one) - 2, -1, -1):
        onward = one[at + 1] + scores.first[at + 1]
        one[at] = np.logaddexp(onward, other[at + 1] + scores.leaves[at])
        other[at] = np.logaddexp(other[at + 1], onward + scores.returns[at])
    return one, other
