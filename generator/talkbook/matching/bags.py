"""Which words the sentences of one conversation hold, as numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from talkbook.matching import stems
from talkbook.matching.runs import Ints

_BORDER = "A"  # between two sentences; it is upper case and so no word of theirs


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
    """The number of each word's stem: 0 of a word that carries no meaning."""

    def __init__(self) -> None:
        self.stems = {"": 0}

    def __missing__(self, word: bytes) -> int:
        self[word] = number = self.stems.setdefault(stems.of(word), len(self.stems))
        return number


def of(sentences: Sequence[str]) -> Bags:
    """The bags of the sentences, which are split all at once."""
    words = stems.split(f" {_BORDER} ".join([text.lower() for text in sentences]))
    numbers = _Numbers()
    numbers[_BORDER.encode()] = -1
    found = np.fromiter(map(numbers.__getitem__, words), np.intp, len(words))
    held = found > 0
    sentence = np.cumsum(found < 0)[held]
    entries = np.sort(sentence * len(numbers.stems) + found[held])
    entries = entries[np.diff(entries, prepend=-1) > 0]  # what np.unique does in three times as long
    meaningful = np.bincount(sentence, minlength=len(sentences))
    return Bags(list(numbers.stems), *np.divmod(entries, len(numbers.stems)), meaningful)
