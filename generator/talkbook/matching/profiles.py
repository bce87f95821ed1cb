"""What the words of a topic's page say about which sentences are on the topic.

A sentence that never names the topic can still be about it; the page's own explanation
holds the words such sentences use. Each topic's page is a vector of words weighted by
tf-idf (Spärck Jones, 1972); a sentence is compared with it by the cosine.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

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
    return [_stem(word) for word in _WORD.findall(text.lower()) if word not in _COMMON]


def _stem(word: str) -> str:
    for ending in ("ations", "ation", "ings", "ing", "ers", "er", "ies", "ed", "es", "s", "ly", "al"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word.removesuffix("e") if len(word) > 4 else word


class Profiles:
    """The word vectors of all topics."""

    __slots__ = ("_holders", "_rarity")

    def __init__(self, topics: Iterable[Topic]) -> None:
        counts = {topic.slug: Counter(stems(_page(topic))) for topic in topics}
        frequency = Counter(stem for count in counts.values() for stem in count)
        # The root: a word on half of the pages still says something, and small sites have few pages.
        self._rarity = {stem: math.sqrt(math.log(1 + len(counts) / number)) for stem, number in frequency.items()}
        self._holders: dict[str, list[tuple[str, float]]] = {}  # for each word the topics whose pages hold it
        for slug, count in counts.items():
            vector = _unit({stem: math.sqrt(number) * self._rarity[stem] for stem, number in count.items()})
            for stem, weight in vector.items():
                self._holders.setdefault(stem, []).append((slug, weight))

    def likeness(self, texts: Sequence[str]) -> list[dict[str, float]]:
        """For each of the sentences of one conversation its likeness to the topics, without those of 0.

        0 for no word in common with the topic's page to 1 for the same words in the same
        measure. A word that the conversation uses everywhere counts little.
        """
        bags = [set(stems(text)) for text in texts]
        frequency = Counter(stem for bag in bags for stem in bag)
        rarest = max(self._rarity.values(), default=1.0)
        weights = {
            stem: math.log(1 + len(bags) / number) * self._rarity.get(stem, rarest)
            for stem, number in frequency.items()
        }
        return [self._compare(_unit({stem: weights[stem] for stem in bag})) for bag in bags]

    def _compare(self, vector: Mapping[str, float]) -> dict[str, float]:
        likeness: dict[str, float] = {}
        for stem in sorted(vector):  # sums of floats depend on the order, and a set's order on the process
            for slug, weight in self._holders.get(stem, ()):
                likeness[slug] = likeness.get(slug, 0.0) + vector[stem] * weight
        return likeness


def _page(topic: Topic) -> str:
    names = " ".join([*topic.names, *topic.hidden_labels])
    return f"{names} {topic.summary} {topic.summary} {_ADDRESS.sub(' ', topic.body)}"


def _unit(vector: Mapping[str, float]) -> Mapping[str, float]:
    length = math.sqrt(math.fsum(weight * weight for weight in vector.values()))
    return {stem: weight / length for stem, weight in vector.items()} if length else vector
