"""What the words of a topic's page say about which sentences are on the topic.

A sentence that never names the topic can still be about it; the page's own explanation
holds the words such sentences use. Each topic's page is a vector of words weighted by
tf-idf (Spärck Jones, 1972); a sentence is compared with it by the cosine.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping

from talkbook.model import Topic

_WORD = re.compile(r"[^\W\d_]{3,}")
_COMMON = frozenset(
    "the and that this with for from they them their there then than what when where which while who whom whose why how "
    "are was were been being have has had does did doing not but you your yours our ours his her its him she can could "
    "would should will may might must shall about above after again all also any because before below between both each "
    "few more most other some such only own same too very just into over under out off one two three first second third "
    "much many lot lots really actually kind sort thing things way ways get got make makes made say says said like well "
    "yes yeah think know want going come goes went good better best new now still even ever never always often quite "
    "need use used using these those here let something anything everything people".split()
)


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

    __slots__ = ("_rarity", "_weights")

    def __init__(self, topics: Iterable[Topic]) -> None:
        counts = {
            topic.slug: Counter(
                stems(f"{' '.join([*topic.names, *topic.hidden_labels])} {topic.summary} {topic.summary} {topic.body}")
            )
            for topic in topics
        }
        frequency = Counter(stem for count in counts.values() for stem in count)
        self._rarity = {stem: math.log(1 + len(counts) / number) for stem, number in frequency.items()}
        self._weights: Mapping[str, Mapping[str, float]] = {
            slug: _unit({stem: math.sqrt(number) * self._rarity[stem] for stem, number in count.items()})
            for slug, count in counts.items()
        }

    def vector(self, text: str) -> Mapping[str, float]:
        """The text's own vector, of length 1; words that no topic uses weigh as the rarest."""
        rarest = max(self._rarity.values(), default=1.0)
        return _unit({stem: self._rarity.get(stem, rarest) for stem in set(stems(text))})

    def likeness(self, vector: Mapping[str, float], slug: str) -> float:
        """0 for no word in common with the topic's page to 1 for the same words in the same measure."""
        weights = self._weights.get(slug, {})
        return sum(weight * weights.get(stem, 0.0) for stem, weight in vector.items())


def _unit(vector: dict[str, float]) -> dict[str, float]:
    length = math.sqrt(sum(weight * weight for weight in vector.values()))
    return {stem: weight / length for stem, weight in vector.items()} if length else vector
