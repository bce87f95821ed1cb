"""Which word stems occur in which sentences of a conversation, as arrays of numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from talkbook.matching import repeats, stemming
from talkbook.matching.ranges import Ints
from talkbook.text import tokens
from talkbook.text.tokens import Numbers


@dataclass(frozen=True, slots=True)
class Bags:
    """The distinct stems of each sentence in a conversation.

    keys: the key of each stem, in order of first appearance, so that the order depends on nothing but the conversation.
    sentence, stem: one entry for each sentence and stem in it: the index of the sentence and that of the stem in
        `keys`; sorted.
    meaningful: the number of content words in each sentence, including repetitions.
    number: the number by which each sentence is recognised if other conversations repeat it; see `repeats`.
    """

    keys: Numbers
    sentence: Ints
    stem: Ints
    meaningful: Ints
    number: Numbers


def count(sentences: Sequence[str]) -> Bags:
    """Return the bags of the sentences. They are tokenised together, as one text."""
    whole = stemming.SEPARATOR.join(sentences)
    if whole.count(stemming.SEPARATOR) >= len(sentences):
        whole = stemming.SEPARATOR.join([text.replace(stemming.SEPARATOR, " ") for text in sentences])
    text = stemming.letters(whole)
    starts, ends = tokens.word_bounds(text)
    long = ends - starts >= stemming.SHORTEST
    starts, ends = starts[long], ends[long]
    words = tokens.keys(text, starts, ends)
    stems = stemming.stems(text, starts, ends, words)
    content = np.flatnonzero(stems != stemming.COMMON)
    stems = stems[content]
    first, stem = tokens.unique(stems)
    borders = np.searchsorted(starts, np.flatnonzero(text == ord(stemming.SEPARATOR)))
    sentence_of = np.repeat(np.arange(len(sentences)), np.diff(borders, prepend=0, append=len(starts)))
    sentence = sentence_of[content]
    entries = np.sort(sentence * len(first) + stem)
    entries = entries[np.diff(entries, prepend=-1) > 0]  # as np.unique does, in a third of the time
    meaningful = np.bincount(sentence, minlength=len(sentences))
    number = repeats.numbers(words, sentence_of, len(sentences))
    return Bags(stems[first], *np.divmod(entries, max(len(first), 1)), meaningful, number)
