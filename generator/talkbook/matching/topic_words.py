"""Compare what is said with what a topic's page says: a sentence that doesn't name a topic can still be about it.

The similarity of two texts is based on the stems that they share, weighted by their rarity in the conversation (inverse
document frequency; Spärck Jones, 1972).
"""

import re
from collections.abc import Iterable, Sequence
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

NEAR = 2  # sentences on either side that are compared with each, as one of a few words says little on its own
MOST = 48  # distinct words of a summary that count
_SUMMARY = 80  # words of an explanation that replace a missing summary
_ADDRESS = re.compile(r"\]\([^()]*\)|https?://\S+")  # addresses of links in Markdown, which are no words


class TopicWords:
    """The words in the names and summaries of all topics, and the number of each topic.

    slugs: the topics' slugs, in the order of their numbers.
    column: slug -> number.
    """

    __slots__ = ("_names", "_pages", "column", "slugs")

    def __init__(self, topics: Iterable[Topic]) -> None:
        known = list(topics)
        self.slugs: Sequence[str] = tuple(topic.slug for topic in known)
        self.column = {slug: number for number, slug in enumerate(self.slugs)}
        self._names = [_keys(" ".join([*labels(topic), *topic.hidden_labels])) for topic in known]
        pages = (_keys(summary(topic)) for topic in known)
        self._pages = [page[~np.isin(page, names)][:MOST] for page, names in zip(pages, self._names, strict=True)]

    def contained(self, topics: Sequence[int], vocabulary: Numbers) -> tuple[Bools, Bools]:
        """Return which words of the vocabulary are in each topic's names, and which only in its summary.

        Both arrays have a row for each topic and a column for each word.

        topics: their numbers.
        vocabulary: the keys of stems.
        """
        words = [keys[topic] for keys in (self._names, self._pages) for topic in topics]
        owner, _, place = _places(words, vocabulary)
        contained = np.zeros((len(words), len(vocabulary)), bool)
        contained[owner[place >= 0], place[place >= 0]] = True
        return contained[: len(topics)], contained[len(topics) :]

    def summaries(self, topics: Sequence[int], vocabulary: Numbers) -> tuple[Ints, Ints, Ints, Ints]:
        """Return the number of words in each topic's summary, and three arrays about all these words.

        The arrays are: the index of the word's topic in `topics`, the word's index in the summary, and its index in the
        vocabulary (-1 if it isn't there). Words that are in the topic's names are left out.
        """
        pages = [self._pages[topic] for topic in topics]
        return np.array([len(page) for page in pages]), *_places(pages, vocabulary)


def _keys(text: str) -> Numbers:
    return stemming.keys(" ".join(dict.fromkeys(stemming.content_stems(text))))


def summary(topic: Topic) -> str:
    """Return the topic's summary or, if it has none, the beginning of its explanation."""
    return topic.summary or " ".join(islice(_ADDRESS.sub(" ", topic.body).split(), _SUMMARY))


def _places(keys: Sequence[Numbers], vocabulary: Numbers) -> tuple[Ints, Ints, Ints]:
    """Return for each key the index of its sequence, its index there, and its index in the vocabulary (-1 for none)."""
    sizes = np.array([len(each) for each in keys], np.intp)
    wanted = np.concatenate([*keys, np.array([], np.uint64)])
    owner, index = np.repeat(np.arange(len(keys)), sizes), ranges.expand(np.zeros_like(sizes), sizes)
    if not len(vocabulary):
        return owner, index, np.full(len(wanted), -1)
    order = np.argsort(vocabulary)
    at = order[np.minimum(np.searchsorted(vocabulary, wanted, sorter=order), len(vocabulary) - 1)]
    return owner, index, np.where(vocabulary[at] == wanted, at, -1)


def likeness(words: TopicWords, bags: Bags, named: Named, cells: Cells, sizes: Ints) -> Floats:
    """Return how similar each cell, together with the sentences beside it, is to its topic.

    bags, sizes: the stems and the number of words of each sentence.

    Returns two rows: the similarity to the topic's summary, and to its names, not counting sentences that contain one.
    """
    count, width = len(bags.meaningful), len(bags.keys)
    wide = nearby.widened(cells, count, NEAR)
    topics, row = np.unique(wide.topic, return_inverse=True)
    names, pages = words.contained(topics.tolist(), bags.keys)
    rarity = np.log1p(count / np.bincount(bags.stem, minlength=width))
    length = np.sqrt(np.bincount(bags.sentence, rarity[bags.stem] ** 2, count))
    begins = np.searchsorted(bags.sentence, np.arange(count + 1))
    counts = np.diff(begins)[wide.sentence]
    cell = np.repeat(np.arange(len(wide.keys)), counts)
    word = bags.stem[ranges.expand(begins[wide.sentence], counts)]
    weight = rarity[word] ** 2 / length[wide.sentence[cell]]
    place = row[cell] * width + word

    def similarity(contained: Bools) -> Floats:
        return np.bincount(cell, np.where(contained.ravel()[place], weight, 0.0), len(wide.keys)).astype(np.float64)

    parts = similarity(names)
    parts[wide.find(named.topic, named.sentence)] = 0.0
    weights = np.sqrt(sizes)
    return nearby.smoothed(np.stack([similarity(pages), parts]), wide, cells, weights, NEAR)
