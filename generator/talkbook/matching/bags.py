"""Which words the sentences of one conversation hold, as numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count

import numpy as np

from talkbook.matching import stems
from talkbook.matching.runs import Ints

_BORDER = "A"  # between two sentences; it is upper case and so no word of theirs

_MOST = 200_000  # words whose stems' numbers are kept


@dataclass(frozen=True, slots=True)
class Bags:
    """The sentences' stems, each once in a sentence.

    stems: in the order in which they first appear, so that nothing but the conversation
    decides on it. sentence, stem: of each entry, sorted by both. meaningful: how many
    words of each sentence carry meaning, the same word again and again included.
    """

    stems: Sequence[str]
    sentence: Ints
    stem: Ints
    meaningful: Ints


class _Numbers(dict[bytes, int]):
    """The number of each word's stem: 0 of a word that carries no meaning, -1 of the border. stems: by number.

    They are given once for all conversations, most of whose words are the same; by several threads, if need be.
    """

    def __init__(self) -> None:
        super().__init__({_BORDER.encode(): -1})
        self.stems = {0: ""}
        self._given = {"": 0}
        self._next = count(1)

    def __missing__(self, word: bytes) -> int:
        stem, number = stems.of(word), next(self._next)
        self.stems[number] = stem
        self[word] = number = self._given.setdefault(stem, number)
        return number


@lru_cache(maxsize=1)
def _numbers() -> _Numbers:
    return _Numbers()


def of(sentences: Sequence[str]) -> Bags:
    """The bags of the sentences, which are split all at once."""
    words = stems.split(f" {_BORDER} ".join([text.lower() for text in sentences]))
    numbers = _numbers()
    if len(numbers) > _MOST:
        _numbers.cache_clear()
    found = np.fromiter(map(numbers.__getitem__, words), np.intp, len(words))
    held = found > 0
    sentence = np.cumsum(found < 0)[held]
    stem, own = _ranked(found[held])
    entries = np.sort(sentence * (len(own) + 1) + stem)
    entries = entries[np.diff(entries, prepend=-1) > 0]  # what np.unique does in three times as long
    meaningful = np.bincount(sentence, minlength=len(sentences))
    kept = ["", *map(numbers.stems.__getitem__, own.tolist())]
    return Bags(kept, *np.divmod(entries, len(kept)), meaningful)


def _ranked(numbers: Ints) -> tuple[Ints, Ints]:
    """(for each of the numbers its rank by first appearance, from 1 on; the numbers by rank)."""
    order = np.arange(len(numbers))
    place = np.empty(numbers.max(initial=0) + 1, np.intp)
    place[numbers[::-1]] = order[::-1]  # where a number stands more than once, the last place written is the first
    own = numbers[place[numbers] == order]
    place[own] = np.arange(1, len(own) + 1)
    return place[numbers], own
