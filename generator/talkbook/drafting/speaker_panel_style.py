"""Tell more than two speakers apart by their words in one conversation, learnt from what is decoded of it so far."""

import numpy as np

from talkbook.drafting.speaker_crf import Bools, Floats, Ints
from talkbook.drafting.speaker_style import SpeakerStyle

_SMOOTHING = 30.0  # traits of the whole conversation that are added to each speaker's
_LARGEST = 1.0  # limit of the weight of one trait
_NEAR = 2  # turns on either side that are ignored, as they share a subject, whoever speaks
_UNSEEN = 0.5  # occurrences that are added to each trait


class PanelStyle:
    """A naive Bayes classifier of turns by their traits, which learns from all turns except those nearby.

    All arrays have an entry for each pair of a trait and a turn that has it, sorted by trait.
    """

    def __init__(self, style: SpeakerStyle, turns: Ints) -> None:
        """style: the traits of the sentences. turns: shape (sentences,); the index of each sentence's turn."""
        sentences, traits, sizes = style.occurrences()
        count = int(turns[-1]) + 1
        pairs, inverse, times = np.unique(traits * count + turns[sentences], return_inverse=True, return_counts=True)
        lengths = np.sqrt(np.bincount(turns))
        weights = np.bincount(inverse, 1 / sizes[sentences], len(pairs)) / lengths[pairs % count]
        far = _far(pairs, count)
        pairs, self._times, self._weights = pairs[far], times[far].astype(np.float64), weights[far]
        trait, self._turns = np.divmod(pairs, count)
        places = trait * (count + 2 * _NEAR + 1) + self._turns  # sorted, with gaps between different traits
        self._near = np.searchsorted(places, places - _NEAR), np.searchsorted(places, places + _NEAR, "right")
        self._same = np.searchsorted(trait, trait), np.searchsorted(trait, trait, "right")
        self._totals = np.bincount(self._turns, self._times, count)
        at = np.arange(count)
        self._around = np.maximum(at - _NEAR, 0), np.minimum(at + _NEAR + 1, count)
        self._order = np.argsort(self._turns, kind="stable")
        self._ends = np.searchsorted(self._turns[self._order], at, "right")
        times, total = self._elsewhere(np.ones((count, 1)))
        self._usual = (times + _UNSEEN) / (total + _UNSEEN * len(np.unique(trait)))

    def scores(self, likely: Floats) -> Floats:
        """Return how much the traits of each turn are each person's in other turns, in the shape of `likely`.

        likely: shape (turns, people, chains); the probability that each person says each turn.
        """
        return np.stack([self._scores(chain) for chain in likely.transpose(2, 0, 1)], axis=2)

    def _scores(self, likely: Floats) -> Floats:
        times, total = self._elsewhere(likely)
        weights = np.log((times + _SMOOTHING * self._usual) / ((total + _SMOOTHING) * self._usual))
        sums = _sums(np.clip(weights, -_LARGEST, _LARGEST)[self._order] * self._weights[self._order, None])
        found: Floats = np.diff(sums[np.append(0, self._ends)], axis=0)
        return found

    def _elsewhere(self, likely: Floats) -> tuple[Floats, Floats]:
        """Return how often people use the trait of each pair far from its turn, and how many traits they use there.

        likely: shape (turns, columns), a column for each person.
        """
        times = _sums(self._times[:, None] * likely[self._turns])
        total = _sums(self._totals[:, None] * likely)
        far = times[self._same[1]] - times[self._same[0]] - times[self._near[1]] + times[self._near[0]]
        rest = total[-1] - total[self._around[1]] + total[self._around[0]]
        return np.maximum(far, 0.0), np.maximum(rest, 0.0)[self._turns]


def _far(pairs: Ints, count: int) -> Bools:
    """Return for which pairs the trait also occurs in a turn that isn't nearby; the others tell nothing.

    pairs: trait * count + turn, sorted.
    """
    trait, turn = np.divmod(pairs, count)
    first, last = np.searchsorted(trait, trait), np.searchsorted(trait, trait, "right") - 1
    found: Bools = (turn - turn[first] > _NEAR) | (turn[last] - turn > _NEAR)
    return found


def _sums(values: Floats) -> Floats:
    """Return the cumulative sums of the rows, starting with 0."""
    return np.concatenate([np.zeros((1, values.shape[1])), np.cumsum(values, axis=0)])
