"""How like what is said is to what a topic's page says: a sentence that never names a topic can still be about it.

Two texts are alike by the stems that they have in common, each weighted by how rare it is in the conversation (inverse
document frequency; Spärck Jones, 1972).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from talkbook.matching import nearby, ranges, stemming
from talkbook.matching.bag_of_words import Bags
from talkbook.matching.name_hits import Named
from talkbook.matching.nearby import Cells
from talkbook.matching.ranges import Bools, Floats, Ints
from talkbook.matching.topic_names import labels
from talkbook.model import Topic
from talkbook.text.tokens import Numbers

NEAR = 2  # sentences on either side that are taken together with each: one of a few words says little on its own
_SUMMARY = 80  # words of an explanation that stand in for a summary where there is none
_ADDRESS = re.compile(r"\]\([^)]*\)|https?://\S+")  # of a link in Markdown: not words of the explanation


class TopicWords:
    """The words of all topics' names and summaries, by the numbers of the topics.

    slugs: of the topics, in the order of their numbers. column: the number of each, by its slug.
    """

    __slots__ = ("_names", "_pages", "column", "slugs")

    def __init__(self, topics: Iterable[Topic]) -> None:
        every = list(topics)
        self.slugs: Sequence[str] = tuple(topic.slug for topic in every)
        self.column = {slug: number for number, slug in enumerate(self.slugs)}
        self._names = [_keys(" ".join([*labels(topic), *topic.hidden_labels])) for topic in every]
        self._pages = [_keys(topic.summary or _beginning(topic.body)) for topic in every]

    def held(self, topics: Sequence[int], vocabulary: Numbers) -> tuple[Bools, Bools]:
        """Which words of the vocabulary (columns) are in each topic's names (rows), and which in its summary alone."""
        names = _held([self._names[topic] for topic in topics], vocabulary)
        return names, _held([self._pages[topic] for topic in topics], vocabulary) & ~names


def _keys(text: str) -> Numbers:
    return stemming.keys(" ".join(dict.fromkeys(stemming.of(text))))


def _beginning(body: str) -> str:
    return " ".join(islice(_ADDRESS.sub(" ", body).split(), _SUMMARY))


def _held(keys: Sequence[Numbers], vocabulary: Numbers) -> Bools:
    held = np.zeros((len(keys), len(vocabulary)), bool)
    if len(vocabulary):
        order = np.argsort(vocabulary)
        every = np.concatenate(keys)
        row = np.repeat(np.arange(len(keys)), [len(each) for each in keys])
        at = order[np.minimum(np.searchsorted(vocabulary, every, sorter=order), len(vocabulary) - 1)]
        found = vocabulary[at] == every
        held[row[found], at[found]] = True
    return held


@dataclass(frozen=True, slots=True)
class Likeness:
    """Of each cell, together with the sentences beside it.

    page: to the topic's summary. parts: to its names, where it is not named.
    """

    page: Floats
    parts: Floats


def likeness(words: TopicWords, bags: Bags, named: Named, cells: Cells, sizes: Ints) -> Likeness:
    """The likeness of each of the cells. bags, sizes: the stems and the number of words of each sentence."""
    count, width = len(bags.meaningful), len(bags.keys)
    wide = nearby.widened(cells, count, NEAR)
    topics, row = np.unique(wide.topic, return_inverse=True)
    names, pages = words.held(topics.tolist(), bags.keys)
    rarity = np.log1p(count / np.bincount(bags.stem, minlength=width))
    length = np.sqrt(np.bincount(bags.sentence, rarity[bags.stem] ** 2, count))
    begins = np.searchsorted(bags.sentence, np.arange(count + 1))
    held = np.diff(begins)[wide.sentence]
    cell = np.repeat(np.arange(len(wide.keys)), held)
    word = bags.stem[ranges.of(begins[wide.sentence], held)]
    weight = rarity[word] ** 2 / length[wide.sentence[cell]]
    place = row[cell] * width + word

    def like(held: Bools) -> Floats:
        return np.bincount(cell, np.where(held.ravel()[place], weight, 0.0), len(wide.keys)).astype(np.float64)

    parts = like(names)
    parts[wide.find(named.topic, named.sentence)] = 0.0
    weights = np.sqrt(sizes)
    return Likeness(*(nearby.smoothed(each, wide, cells, weights, NEAR) for each in (like(pages), parts)))
