"""Whose words a sentence has, within one conversation: learnt from the course found so far, not from other shows."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from talkbook.drafting import sentence_features
from talkbook.drafting.speaker_crf import Floats, Ints

_OFTEN, _MOST = 2, 0.6  # sentences that a trait must be met in; share of them above which it tells nothing
_SMOOTHING = 30.0  # traits of the whole conversation with which each speaker's are mixed
_LARGEST = 1.0  # weight of one trait
_NEAR = 8  # sentences on either side of one that are no judges of it: what they share is a subject, whoever speaks


@dataclass(frozen=True, slots=True)
class _Judge:
    """Some of the traits: the numbers of sentence and trait of each time that one is met, trait by trait.

    totals: of each trait, how often. sizes: of each sentence, the square root of its traits. begin, end: which of the
    times that the same trait is met are near.
    """

    sentences: Ints
    traits: Ints
    totals: Floats
    sizes: Floats
    begin: Ints
    end: Ints


class SpeakerStyle:
    """The traits of a conversation's sentences: the i-th pair is a sentence's and a trait's number.

    A naive Bayes classifier of sentences, which learns from all others than the one in question and those around it.
    There are three: one knows all traits; two know half of them each and nothing of each other's, and may agree or not.
    """

    def __init__(self, tokens: Sequence[Sequence[str]], asking: Sequence[bool]) -> None:
        """tokens, asking: of the sentences, as sentence_features has them."""
        traits = [sorted(found) for found in sentence_features.of_style(tokens, asking)]
        counts = Counter(trait for found in traits for trait in found)
        most = _MOST * len(traits)
        numbers = {trait: at for at, trait in enumerate(t for t in sorted(counts) if _OFTEN <= counts[t] <= most)}
        pairs = [(at, numbers[trait]) for at, found in enumerate(traits) for trait in found if trait in numbers]
        table = np.array(sorted(pairs, key=lambda pair: pair[::-1]), np.intp).reshape(-1, 2)
        half = np.random.default_rng(3).random(len(numbers)) < 0.5  # the same each time
        self._count, self._size = len(traits), len(numbers)
        self._judges: dict[bool | None, _Judge] = {None: self._judge(table)}
        self._judges |= {side: self._judge(table[half[table[:, 1]] == side]) for side in (False, True)}

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
        judge = self._judges[half]
        sentences, traits, totals = judge.sentences, judge.traits, judge.totals
        within = turns[sentences]
        _, pair, often = np.unique(within * self._size + traits, return_inverse=True, return_counts=True)
        own, own_total = often[pair], np.bincount(within, minlength=len(likely))[within]
        prior = (_SMOOTHING * totals / max(totals.sum(), 1))[traits]
        usual = np.log((totals[traits] - own + prior) / (totals.sum() - own_total + _SMOOTHING))
        sizes = judge.sizes[sentences]
        found = np.empty_like(likely)
        for person, share in enumerate(likely.T):
            says = share[within]
            counts = np.bincount(traits, says, self._size)
            theirs = np.log((counts[traits] - own * says + prior) / (counts.sum() - own_total * says + _SMOOTHING))
            found[:, person] = np.bincount(within, np.clip(theirs - usual, -_LARGEST, _LARGEST) / sizes, len(likely))
        return found

    def _judge(self, table: Ints) -> _Judge:
        sentences, traits = table[:, 0], table[:, 1]
        places = traits * (self._count + 2 * _NEAR) + sentences  # in order, and those of other traits far away
        sizes = np.bincount(sentences, minlength=self._count)
        return _Judge(
            sentences,
            traits,
            np.bincount(traits, minlength=self._size).astype(np.float64),
            np.sqrt(np.maximum(sizes, 1)),
            np.searchsorted(places, places - _NEAR, "left"),
            np.searchsorted(places, places + _NEAR, "right"),
        )

    def _score(self, first: Floats, half: bool | None) -> Floats:
        judge = self._judges[half]
        sentences, traits = judge.sentences, judge.traits
        own = first[sentences]
        sums = np.concatenate([[0.0], np.cumsum(own)])
        near = sums[judge.end] - sums[judge.begin]
        ones = np.bincount(traits, own, self._size)[traits]
        prior = _SMOOTHING * judge.totals[traits] / max(len(traits), 1)
        one = (np.maximum(ones - near, 0) + prior) / (own.sum() + _SMOOTHING)
        far = judge.totals[traits] - ones - (judge.end - judge.begin - near)
        other = (np.maximum(far, 0) + prior) / (len(traits) - own.sum() + _SMOOTHING)
        weights = np.clip(np.log(one / other), -_LARGEST, _LARGEST)
        found: Floats = np.bincount(sentences, weights, self._count) / judge.sizes
        return found
