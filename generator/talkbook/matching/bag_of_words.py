"""Which words the sentences of one conversation hold, as numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from talkbook.matching import repeats, stemming
from talkbook.matching.ranges import Ints
from talkbook.text import tokens
from talkbook.text.tokens import Numbers


@dataclass(frozen=True, slots=True)
class Bags:
    """The sentences' stems, each once in a sentence.

    keys: of the stems, in the order in which they first appear, so that nothing but the
    conversation decides on it. sentence, stem: of each entry, sorted by both. meaningful: how
    many words of each sentence carry meaning, the same word again and again included. number:
    of each sentence, to find it again in other conversations (see `repeats`).
    """

    keys: Numbers
    sentence: Ints
    stem: Ints
    meaningful: Ints
    number: Numbers


def count(sentences: Sequence[str]) -> Bags:
    """The bags of the sentences, which are looked at all at once."""
    whole = stemming.BORDER.join(sentences)
    if whole.count(stemming.BORDER) >= len(sentences):
        whole = stemming.BORDER.join([text.replace(stemming.BORDER, " ") for text in sentences])
    text = stemming.letters(whole)
    starts, ends = tokens.word_bounds(text)
    long = ends - starts >= stemming.SHORTEST
    starts, ends = starts[long], ends[long]
    words = tokens.keys(text, starts, ends)
    stems = stemming.stems(text, starts, ends, words)
    held = np.flatnonzero(stems != stemming.COMMON)
    stems = stems[held]
    first, stem = tokens.unique(stems)  # each once
    borders = np.searchsorted(starts, np.flatnonzero(text == ord(stemming.BORDER)))
    every = np.repeat(np.arange(len(sentences)), np.diff(borders, prepend=0, append=len(starts)))
    sentence = every[held]
    entries = np.sort(sentence * len(first) + stem)
    entries = entries[np.diff(entries, prepend=-1) > 0]  # what np.unique does in three times as long
    meaningful = np.bincount(sentence, minlength=len(sentences))
    number = repeats.numbers(words, every, len(sentences))
    return Bags(stems[first], *np.divmod(entries, max(len(first), 1)), meaningful, number)
