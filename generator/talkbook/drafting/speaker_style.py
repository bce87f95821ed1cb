"""Tell speakers apart by their words within one conversation, learnt from what has been decoded of it so far."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from talkbook.drafting import sentence_features
from talkbook.drafting.speaker_crf import Floats, Ints

_OFTEN, _MOST = 2, 0.6  # minimum number, and maximum share, of sentences with a trait
_SMOOTHING = 30.0  # traits of the whole conversation that are added to each speaker's
_LARGEST = 1.0  # limit of the weight of one trait
_NEAR = 8  # sentences on either side that are ignored, as they share a subject, whoever speaks


@dataclass(frozen=True, slots=True)
class _Traits:
    """The occurrences of some of the traits, sorted by trait.

    sentences, traits: the index of each occurrence's sentence, and of its trait.
    totals: the number of each trait's occurrences.
    sizes: the square root of each sentence's number of traits.
    begin, end: for each occurrence, the range of the same trait's occurrences in sentences nearby.
    """

    sentences: Ints
    traits: Ints
    totals: Floats
    sizes: Floats
    begin: Ints
    end: Ints


class SpeakerStyle:
    """A naive Bayes classifier that tells speakers by their traits: words, pairs of words and openings.

    It learns from all sentences except the one in question and those nearby. There are three versions: one uses all
    traits, the others half of them each, so that two independent results can be compared.
    """

    def __init__(self, tokens: Sequence[Sequence[str]], asking: Sequence[bool]) -> None:
        """tokens, asking: see sentence_features.of_style()."""
        traits = [sorted(found) for found in sentence_features.of_style(tokens, asking)]
        counts = Counter(trait for found in traits for trait in found)
        most = _MOST * len(traits)
        numbers = {trait: at for at, trait in enumerate(t for t in sorted(counts) if _OFTEN <= counts[t] <= most)}
        pairs = [(at, numbers[trait]) for at, found in enumerate(traits) for trait in found if trait in numbers]
        table = np.array(sorted(pairs, key=lambda pair: pair[::-1]), np.intp).reshape(-1, 2)
        half = np.random.default_rng(3).random(len(numbers)) < 0.5  # seeded, so the halves never change
        self._count, self._size = len(traits), len(numbers)
        self._judges: dict[bool | None, _Traits] = {None: self._judge(table)}
        self._judges |= {side: self._judge(table[half[table[:, 1]] == side]) for side in (False, True)}

    def scores(self, first: Floats, half: Sequence[bool | None]) -> Floats:
        """Return how much the traits of each sentence are the first person's, as scores of the shape of `first`.

        first: shape (sentences, chains); the probability that the first person says each sentence.
        half: for each chain, the half of the traits to use; None for all.
        """
        return np.stack([self._score(first[:, at], side) for at, side in enumerate(half)], axis=1)

    def agreement(self, first: Floats) -> float:
        """Return how much the traits of a sentence support its more probable speaker, on average.

        first: shape (sentences,); the probability that the first person says each sentence.
        """
        return float((self.scores(first[:, None], [None])[:, 0] * np.sign(first - 0.5)).mean())

    def occurrences(self) -> tuple[Ints, Ints, Floats]:
        """Return each occurrence's sentence and trait, and the root of the number of each sentence's traits."""
        judge = self._judges[None]
        return judge.sentences, judge.traits, judge.sizes

    def _judge(self, table: Ints) -> _Traits:
        sentences, traits = table[:, 0], table[:, 1]
        places = traits * (self._count + 2 * _NEAR) + sentences  # sorted, with gaps between different traits
        sizes = np.bincount(sentences, minlength=self._count)
        return _Traits(
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
