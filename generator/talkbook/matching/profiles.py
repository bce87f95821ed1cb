"""What the words of a topic's page say about which sentences are on the topic.

A sentence that never names the topic can still be about it; the page's own explanation
holds the words such sentences use. Each topic's page is a vector of words weighted by
tf-idf (Spärck Jones, 1972); a sentence is compared with it by the cosine.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain

import numpy as np
import numpy.typing as npt

from talkbook.model import Topic

_WORD = re.compile(r"[^\W\d_]{3,}")
_ADDRESS = re.compile(r"\]\([^)]*\)|https?://\S+")  # of a link in Markdown: not words of the explanation
_COMMON_WORDS = (
    "the and that this with for from they them their there then than what when where which while who whom whose why "
    "how are was were been being have has had does did doing not but you your yours our ours his her its him she can "
    "could would should will may might must shall about above after again all also any because before below between "
    "both each few more most other some such only own same too very just into over under out off one two three first "
    "second third much many lot lots really actually kind sort thing things way ways get got make makes made say says "
    "said like well yes yeah think know want going come goes went good better best new now still even ever never "
    "always often quite need use used using these those here let something anything everything people"
)
_COMMON = frozenset(_COMMON_WORDS.split())


def stems(text: str) -> list[str]:
    """The words of `text` that carry meaning, lower case, cut to a stem by the commonest endings."""
    return [stem for stem in map(_stem, _WORD.findall(text.lower())) if stem]


@lru_cache(maxsize=100_000)  # most words of a conversation are the same few thousand
def _stem(word: str) -> str:
    """The stem, "" of a word that carries no meaning."""
    if word in _COMMON:
        return ""
    for ending in ("ations", "ation", "ings", "ing", "ers", "er", "ies", "ed", "es", "s", "ly", "al"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word.removesuffix("e") if len(word) > 4 else word


Matrix = npt.NDArray[np.float64]


class Profiles:
    """The word vectors of all topics, as one matrix of which only what is not 0 is kept, word by word."""

    __slots__ = ("_columns", "_rarest", "_rarity", "_rows", "_starts", "_weights", "slugs")

    def __init__(self, topics: Iterable[Topic]) -> None:
        counts = {topic.slug: Counter(stems(_page(topic))) for topic in topics}
        frequency = Counter(stem for count in counts.values() for stem in count)
        # The root: a word on half of the pages still says something, and small sites have few pages.
        self._rarity = {stem: math.sqrt(math.log(1 + len(counts) / number)) for stem, number in frequency.items()}
        self._rarest = max(self._rarity.values(), default=1.0)
        holders: dict[str, list[tuple[int, float]]] = {stem: [] for stem in sorted(frequency)}
        for column, count in enumerate(counts.values()):
            vector = _unit({stem: math.sqrt(number) * self._rarity[stem] for stem, number in count.items()})
            for stem, weight in vector.items():
                holders[stem].append((column, weight))
        self.slugs = tuple(counts)  # of the topics, in the order of columns
        self._rows = {stem: row for row, stem in enumerate(holders)}
        self._starts = np.cumsum([0, *map(len, holders.values())])
        self._columns = np.array([column for held in holders.values() for column, _ in held], dtype=np.intp)
        self._weights = np.array([weight for held in holders.values() for _, weight in held])

    def likeness(self, texts: Sequence[str]) -> Matrix:
        """For each of the sentences of one conversation (rows) its likeness to each topic (columns, as in `slugs`).

        0 for no word in common with the topic's page to 1 for the same words in the same
        measure. A word that the conversation uses everywhere counts little.
        """
        bags = [{*map(_stem, _WORD.findall(text.lower()))} for text in texts]
        frequency = Counter(chain.from_iterable(bags))
        del frequency[""]
        rare = {number: math.log(1 + len(bags) / number) for number in {*frequency.values()}}
        weights = {stem: rare[number] * self._rarity.get(stem, self._rarest) for stem, number in frequency.items()}
        squares = {"": 0.0, **{stem: weight * weight for stem, weight in weights.items()}}
        shared = {stem: self._rows[stem] for stem in weights.keys() & self._rows.keys()}
        sentences: list[int] = []
        rows: list[int] = []
        values: list[float] = []
        for at, bag in enumerate(bags):
            # Sums of floats depend on the order, and a set's order on the process.
            held = sorted([stem for stem in bag if stem in shared])
            if held:
                length = math.sqrt(math.fsum([squares[stem] for stem in bag]))
                sentences += [at] * len(held)
                rows += [shared[stem] for stem in held]
                values += [weights[stem] / length for stem in held]
        return self._product(len(texts), sentences, rows, values)

    def _product(self, count: int, sentences: list[int], rows: list[int], values: list[float]) -> Matrix:
        """Sentences by topics: what each word of a sentence adds to the topics that hold it."""
        width = len(self.slugs)
        if not rows:
            return np.zeros((count, width))
        starts, ends = self._starts[rows], self._starts[np.array(rows) + 1]
        sizes = ends - starts
        held = np.repeat(ends - np.cumsum(sizes), sizes) + np.arange(sizes.sum())
        cells = np.repeat(sentences, sizes) * width + self._columns[held]
        parts = np.repeat(values, sizes) * self._weights[held]
        sums: Matrix = np.bincount(cells, parts, minlength=count * width).astype(np.float64, copy=False)
        return sums.reshape(count, width)


def _page(topic: Topic) -> str:
    names = " ".join([*topic.names, *topic.hidden_labels])
    return f"{names} {topic.summary} {topic.summary} {_ADDRESS.sub(' ', topic.body)}"


def _unit(vector: Mapping[str, float]) -> Mapping[str, float]:
    length = math.sqrt(math.fsum(weight * weight for weight in vector.values()))
    return {stem: weight / length for stem, weight in vector.items()} if length else vector
