"""A linear-chain conditional random field (Lafferty, McCallum and Pereira 2001) over sentences, with two speakers.

Sums over all sequences of speakers are computed by the forward-backward algorithm, for many chains of the same length
at once, which are the columns of arrays.
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
    """The log potentials of one or more chains. An array with a single column applies to all of them.

    first: shape (sentences, chains); for the first person, relative to the second, as the speaker of each sentence.
    leaves: shape (sentences - 1, chains); for the first person handing over to the second between two sentences,
        relative to nobody handing over.
    returns: the same for the second person handing over to the first.
    """

    first: Floats
    leaves: Floats
    returns: Floats

    def columns(self, chosen: slice) -> "Scores":
        """Return some of the chains."""
        return Scores(
            *(each[:, chosen] if each.shape[1] > 1 else each for each in (self.first, self.leaves, self.returns))
        )

    def tempered(self, trust: float) -> "Scores":
        """Return all scores multiplied by `trust`, which evens out the probabilities if it is below 1."""
        return Scores(self.first * trust, self.leaves * trust, self.returns * trust)


def marginals(scores: Scores) -> tuple[Floats, Floats, Floats, Floats]:
    """Return the log partition function of each chain, and three arrays of marginal probabilities.

    These are the probabilities that the first person says each sentence, shape (sentences, chains), and that the first
    or the second person hands over after it, both of shape (sentences - 1, chains).
    """
    ahead, behind = _forward(scores), _backward(scores)
    total = np.logaddexp(ahead[0][-1], ahead[1][-1])
    first = np.exp(ahead[0] + behind[0] - total)
    leaves = np.exp(ahead[0][:-1] + scores.leaves + behind[1][1:] - total)
    returns = np.exp(ahead[1][:-1] + scores.returns + scores.first[1:] + behind[0][1:] - total)
    return total, first, leaves, returns


def log_partition(scores: Scores) -> Floats:
    """Return the log partition function of each chain: the log of the sum over all sequences of speakers."""
    ahead = _forward(scores)
    found: Floats = np.logaddexp(ahead[0][-1], ahead[1][-1])
    return found


def clamped(scores: Scores, sentences: Sequence[int]) -> tuple[Floats, Floats, Floats]:
    """Return the probabilities that the first person says each sentence, in general and on two conditions.

    The first array, of shape (sentences, chains), has the general ones. The others, of shape (sentences, chains,
    len(sentences)), have them if the first person says each of `sentences`, and if the second person does.
    """
    size = scores.first.shape[1]
    first = np.tile(scores.first, 2 * len(sentences) + 1)  # the chains in general, and on each condition
    for at, sentence in enumerate(sentences):
        first[sentence, (2 * at + 1) * size : (2 * at + 2) * size] += CERTAIN
        first[sentence, (2 * at + 2) * size : (2 * at + 3) * size] -= CERTAIN
    wide = Scores(first, *(np.tile(each, 2 * len(sentences) + 1) for each in (scores.leaves, scores.returns)))
    every = marginals(wide)[1].reshape(len(scores.first), -1, size).transpose(0, 2, 1)
    return every[:, :, 0], every[:, :, 1::2], every[:, :, 2::2]


def _forward(scores: Scores) -> tuple[Floats, Floats]:
    """Return for either person the log of the sum over all sequences up to each sentence, if they say it."""
    one, other = np.empty_like(scores.first), np.zeros_like(scores.first)
    one[0] = scores.first[0]
    for at in range(1, len(one)):
        one[at] = np.logaddexp(one[at - 1], other[at - 1] + scores.returns[at - 1]) + scores.first[at]
        other[at] = np.logaddexp(other[at - 1], one[at - 1] + scores.leaves[at - 1])
    return one, other


def _backward(scores: Scores) -> tuple[Floats, Floats]:
    """Return the same for all sequences after each sentence."""
    one, other = np.zeros_like(scores.first), np.zeros_like(scores.first)
    for at in range(len(one) - 2, -1, -1):
        onward = one[at + 1] + scores.first[at + 1]
        one[at] = np.logaddexp(onward, other[at + 1] + scores.leaves[at])
        other[at] = np.logaddexp(other[at + 1], onward + scores.returns[at])
    return one, other
