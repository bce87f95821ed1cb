"""Recognise what is said in several conversations in nearly the same words: openings, goodbyes, sponsors' messages.

Each sentence has a number: the smallest hash of the runs of words that begin in it. Two sentences with nearly the same
runs nearly always have the same number (min-wise hashing of shingles; Broder, 1997).
"""

import numpy as np

from talkbook.matching.ranges import Bools, Ints
from talkbook.matching.tables import Rows
from talkbook.text.tokens import Numbers

NONE = np.uint64((1 << 64) - 1)  # the number of a sentence in which no run begins
_RUN = 6  # words, not counting those of one or two letters
_SEVERAL = 3  # conversations; a sentence in so many of them is a repetition in each
_SPREAD = np.uint64(0x9E3779B97F4A7C15)


def numbers(words: Numbers, sentence: Ints, sentences: int) -> Numbers:
    """Return the number of each sentence.

    words: the keys of all words, in order.
    sentence: for each word, the index of its sentence.
    sentences: how many there are.
    """
    found = np.full(sentences, NONE)
    count = len(words) - _RUN + 1
    if count > 0:
        runs = np.zeros(count, np.uint64)
        for at in range(_RUN):
            runs = (runs ^ words[at : at + count]) * _SPREAD
            runs ^= runs >> np.uint64(29)
        begins = np.flatnonzero(np.diff(sentence[:count], prepend=-1))
        found[sentence[begins]] = np.minimum.reduceat(runs, begins)
    return found


def repeated(cards: Rows, named: Rows) -> Bools:
    """Return for each card of a topic whether several conversations repeat all its sentences that name the topic.

    If most of a conversation's sentences that name the topic are repeated, it is a copy, or only its sponsor talks
    about the topic. Each of these sentences then still counts in the first conversation that has it.

    named: (transcript, start, end, number) of all sentences that name the topic, in order of place. A card without such
        sentences is not repeated.
    """
    distinct, at, back = np.unique(named["number"], return_index=True, return_inverse=True)
    talks, among = np.unique(named["transcript"], return_inverse=True)
    pairs = np.unique(back * len(talks) + among) // max(len(talks), 1)
    fresh = ((np.bincount(pairs, minlength=len(distinct)) < _SEVERAL) | (distinct == NONE))[back]
    copy = np.bincount(among, fresh) * 2 < np.bincount(among)
    first = named["transcript"] == named["transcript"][at[back]]
    before = np.concatenate([[0], np.cumsum(fresh | (first & copy[among]))])
    start, end = (_at(named, cards["transcript"], cards[side]) for side in ("start", "end"))
    found: Bools = (start < end) & (before[start] == before[end])
    return found


def _at(named: Rows, transcript: Ints, place: Ints) -> Ints:
    """Return for each place how many of the sentences start before it."""
    keys = (named["transcript"].astype(np.int64) << 32) + named["start"]
    return np.searchsorted(keys, (transcript.astype(np.int64) << 32) + place)
