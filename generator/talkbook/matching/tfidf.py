"""What the words of a topic's page say about which sentences are on the topic.

A sentence that never names the topic can still be about it; the page's own explanation
holds the words such sentences use. Each topic's page is a vector of words weighted by
tf-idf (Spärck Jones, 1972); a sentence is compared with it by the cosine.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from talkbook.matching import ranges, stemming
from talkbook.matching.bag_of_words import Bags
from talkbook.matching.ranges import Floats, Ints
from talkbook.model import Topic
from talkbook.text.tokens import Numbers

_ADDRESS = re.compile(r"\]\([^)]*\)|https?://\S+")  # of a link in Markdown: not words of the explanation


@dataclass(frozen=True, slots=True)
class Vectors:
    """What is not 0 in the vectors of sentences: the sentence, the word's row in the profiles, its weight."""

    sentence: Ints
    row: Ints
    weight: Floats


class Profiles:
    """The word vectors of all topics, as one matrix of which only what is not 0 is kept, word by word."""

    __slots__ = ("_columns", "_keys", "_order", "_rarity", "_starts", "_weights", "column", "slugs")

    def __init__(self, topics: Iterable[Topic]) -> None:
        counts = {topic.slug: Counter(stemming.of(_page(topic))) for topic in topics}
        frequency = Counter(stem for count in counts.values() for stem in count)
        # The root: a word on half of the pages still says something, and small sites have few pages.
        rarity = {stem: math.sqrt(math.log(1 + len(counts) / number)) for stem, number in frequency.items()}
        holders: dict[str, list[tuple[int, float]]] = {stem: [] for stem in sorted(frequency)}
        for column, count in enumerate(counts.values()):
            vector = _unit({stem: math.sqrt(number) * rarity[stem] for stem, number in count.items()})
            for stem, weight in vector.items():
                holders[stem].append((column, weight))
        self.slugs = tuple(counts)  # of the topics, in the order of columns
        self.column = {slug: column for column, slug in enumerate(self.slugs)}
        keys = stemming.keys(" ".join(holders))
        order = np.argsort(keys)
        self._keys, self._order = keys[order], np.append(order, -1)
        self._rarity = np.array([*(rarity[stem] for stem in holders), max(rarity.values(), default=1.0)])
        self._starts = np.cumsum([0, *map(len, holders.values())])
        self._columns = np.array([column for held in holders.values() for column, _ in held], dtype=np.intp)
        self._weights = np.array([weight for held in holders.values() for _, weight in held])

    def vectors(self, bags: Bags) -> Vectors:
        """The sentences of one conversation as vectors of length 1, of which only words on topics' pages are given.

        A word that the conversation uses everywhere counts little.
        """
        row = self._row(bags.keys)
        frequency = np.bincount(bags.stem, minlength=len(row))
        weights = np.log(1 + len(bags.meaningful) / np.maximum(frequency, 1)) * self._rarity[row]
        weight, row = weights[bags.stem], row[bags.stem]
        length = np.sqrt(np.bincount(bags.sentence, weight * weight))[bags.sentence]
        held = row >= 0
        return Vectors(bags.sentence[held], row[held], (weight / length)[held])

    def _row(self, keys: Numbers) -> Ints:
        """The row of each of the stems; -1, where the rarest are, of those that are on no page."""
        first = np.searchsorted(self._keys, keys)
        return self._order[np.where(first < np.searchsorted(self._keys, keys, "right"), first, -1)]

    def likeness(self, vectors: Vectors, shares: Sequence[Floats]) -> Floats:
        """For each sentence (rows), together with its neighbours, its likeness to each topic (columns, as in `slugs`).

        0 for no word in common with the topic's page to 1 for the same words in the same
        measure. Each word adds to those topics alone that hold it. shares: see `neighbours`.
        """
        width, count = len(self.slugs), len(shares[0])
        starts = self._starts[vectors.row]
        sizes = self._starts[vectors.row + 1] - starts
        held = ranges.of(starts, sizes)
        cells = np.repeat(vectors.sentence * width, sizes) + self._columns[held]  # of the sentence before
        every = cells + width * np.arange(len(shares))[:, None]
        parts = np.repeat(vectors.weight * np.stack(shares)[:, vectors.sentence], sizes, axis=1)
        parts *= self._weights[held]
        sums = np.bincount(every.ravel(), parts.ravel(), minlength=(count + 2) * width)[width:-width]
        # Where there is nothing to add, NumPy counts in whole numbers.
        return sums.astype(np.float64, copy=False).reshape(count, width)


def _page(topic: Topic) -> str:
    names = " ".join([*topic.names, *topic.hidden_labels])
    return f"{names} {topic.summary} {topic.summary} {_ADDRESS.sub(' ', topic.body)}"


def _unit(vector: Mapping[str, float]) -> Mapping[str, float]:
    length = math.sqrt(math.fsum(weight * weight for weight in vector.values()))
    return {stem: weight / length for stem, weight in vector.items()} if length else vector
