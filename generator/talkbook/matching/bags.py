"""Which words the sentences of one conversation hold, as numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from talkbook import bytewise
from talkbook.bytewise import Numbers
from talkbook.matching import stems
from talkbook.matching.runs import Ints


@dataclass(frozen=True, slots=True)
class Bags:
    """The sentences' stems, each once in a sentence.

    keys: of the stems, in the order in which they first appear, so that nothing but the
    conversation decides on it. sentence, stem: of each entry, sorted by both. meaningful: how
    many words of each sentence carry meaning, the same word again and again included.
    """

    keys: Numbers
    sentence: Ints
    stem: Ints
    meaningful: Ints


def of(sentences: Sequence[str]) -> Bags:
    """The bags of the sentences, which are looked at all at once."""
    whole = stems.BORDER.join(sentences)
    if whole.count(stems.BORDER) >= len(sentences):
        whole = stems.BORDER.join([text.replace(stems.BORDER, " ") for text in sentences])
    text = stems.letters(whole)
    starts, ends = bytewise.borders(text)
    long = ends - starts >= stems.SHORTEST
    starts, ends = starts[long], ends[long]
    words = bytewise.keys(text, starts, ends)
    own, again = bytewise.numbered(words)  # each word once
    stops = stems.cut(text, starts[own], ends[own], words[own])
    full = np.flatnonzero(stops > starts[own])
    keys = bytewise.keys(text, starts[own[full]], stops[full])
    first, stem = bytewise.numbered(keys)
    numbers = np.full(len(own), -1)
    numbers[full] = stem
    found = numbers[again]
    held = found >= 0
    sentence = np.searchsorted(np.flatnonzero(text == ord(stems.BORDER)), starts[held])
    entries = np.sort(sentence * len(first) + found[held])
    entries = entries[np.diff(entries, prepend=-1) > 0]  # what np.unique does in three times as long
    meaningful = np.bincount(sentence, minlength=len(sentences))
    return Bags(keys[first], *np.divmod(entries, max(len(first), 1)), meaningful)
