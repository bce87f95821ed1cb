"""Whose words a sentence has, within one conversation: learnt from the course found so far, not from other shows."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from talkbook.drafting import sentence_features
from talkbook.drafting.speaker_crf import Bools, Floats, Ints

_OFTEN, _MOST = 2, 0.6  # sentences that a trait must be met in; share of them above which it tells nothing
_SMOOTHING = 30.0  # traits of the whole conversation with which each speaker's are mixed
_LARGEST = 1.0  # weight of one trait


class SpeakerStyle:
    """The traits of a conversation's sentences: the i-th pair is a sentence's and a trait's number.

    A naive Bayes classifier of sentences, which learns from all others than the one in question. The traits are divided
    into two halves that know nothing of each other, so that two judges are there who may agree or not.
    """

    def __init__(self, tokens: Sequence[Sequence[str]], asking: Sequence[bool]) -> None:
        """tokens, asking: of the sentences, as sentence_features has them."""
        traits = [sorted(found) for found in sentence_features.of_style(tokens, asking)]
        counts = Counter(trait for found in traits for trait in found)
        most = _MOST * len(traits)
        numbers = {trait: at for at, trait in enumerate(t for t in sorted(counts) if _OFTEN <= counts[t] <= most)}
        pairs = [(at, numbers[trait]) for at, found in enumerate(traits) for trait in found if trait in numbers]
        table = np.array(pairs, np.intp).reshape(-1, 2)
        self._sentences, self._traits = table[:, 0], table[:, 1]
        self._totals = np.bincount(self._traits, minlength=len(numbers)).astype(np.float64)
        self._count = len(traits)
        self._half = np.random.default_rng(3).random(len(numbers)) < 0.5  # the same each time

    def scores(self, first: Floats, half: Sequence[bool | None]) -> Floats:
        """How much the traits of each sentence are the first person's.

        first: of shape (sentences, chains), how probable it is that the first person says it. half: for each chain, the
        half of the traits that it learns from; None for all. Returns scores of the same shape.
        """
        return np.stack([self._score(first[:, at], side) for at, side in enumerate(half)], axis=1)

    def agreement(self, first: Floats) -> float:
        """How much the traits of a sentence speak for whoever probably says it, on average.

        first: of each sentence, how probable it is that the first person says it.
        """
        return float((self.scores(first[:, None], [None])[:, 0] * np.sign(first - 0.5)).mean())

    def among(self, likely: Floats, turns: Ints, half: bool) -> Floats:
        """How much the traits of each turn are each person's, learnt from all other turns; of the shape of `likely`.

        likely: of shape (turns, people), how probable it is that somebody says a turn. turns: of each sentence, the
        number of its turn. half: the half of the traits that it is learnt from.
        """
        chosen = self._half[self._traits] == half
        sentences, traits = self._sentences[chosen], self._traits[chosen]
        within = turns[sentences]
        _, pair, often = np.unique(within * len(self._totals) + traits, return_inverse=True, return_counts=True)
        own, own_total = often[pair], np.bincount(within, minlength=len(likely))[within]
        totals = np.bincount(traits, minlength=len(self._totals))
        prior = (_SMOOTHING * totals / max(totals.sum(), 1))[traits]
        usual = np.log((totals[traits] - own + prior) / (totals.sum() - own_total + _SMOOTHING))
        sizes = np.sqrt(np.maximum(np.bincount(sentences, minlength=self._count), 1))[sentences]
        found = np.empty_like(likely)
        for person, share in enumerate(likely.T):
            says = share[within]
            counts = np.bincount(traits, says, len(self._totals))
            theirs = np.log((counts[traits] - own * says + prior) / (counts.sum() - own_total * says + _SMOOTHING))
            found[:, person] = np.bincount(within, np.clip(theirs - usual, -_LARGEST, _LARGEST) / sizes, len(likely))
        return found

    def _score(self, first: Floats, half: bool | None) -> Floats:
        chosen: Bools = np.ones(len(self._traits), np.bool_) if half is None else self._half[self._traits] == half
        sentences, traits = self._sentences[chosen], self._traits[chosen]
        own = first[sentences]
        ones = np.bincount(traits, own, len(self._totals))
        totals = np.bincount(traits, minlength=len(self._totals))
        prior = (_SMOOTHING * totals / max(totals.sum(), 1))[traits]
        one = (ones[traits] - own + prior) / (ones.sum() + _SMOOTHING)
        other = (totals[traits] - ones[traits] - (1 - own) + prior) / (totals.sum() - ones.sum() + _SMOOTHING)
        weights = np.clip(np.log(one / other), -_LARGEST, _LARGEST)
        sizes = np.bincount(sentences, minlength=self._count)
        found: Floats = np.bincount(sentences, weights, self._count) / np.sqrt(np.maximum(sizes, 1))
        return found
