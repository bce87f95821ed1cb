"""What is said again in other conversations, word for word or nearly: openings, goodbyes, and what a sponsor pays for.

Each sentence has one number: the least of those of all runs of words that begin in it, so that two which have nearly
all runs in common nearly always have the same (min-wise hashing of shingles; Broder, 1997).
"""

import numpy as np

from talkbook.matching.ranges import Bools, Ints
from talkbook.matching.tables import Rows
from talkbook.text.tokens import Numbers

NONE = np.uint64((1 << 64) - 1)  # the number of a sentence in which no run begins
_RUN = 6  # words, without those of one or two letters
_SEVERAL = 3  # conversations that say the same, from which it belongs to none of them
_SPREAD = np.uint64(0x9E3779B97F4A7C15)


def numbers(words: Numbers, sentence: Ints, sentences: int) -> Numbers:
    """The number of each of so many sentences. words: the keys of all words, in order; sentence: that of each word."""
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
    """Of each of the cards of a topic, whether all its sentences that name the topic are said in several conversations.

    Where that is so of most that a conversation says on the topic, it is a copy, or has the topic from its sponsor:
    then the first such conversation keeps its cards. named: (transcript, start, end, number) of all those sentences,
    by place. A card that has none is not repeated.
    """
    own, at, back = np.unique(named["number"], return_index=True, return_inverse=True)
    talks, among = np.unique(named["transcript"], return_inverse=True)
    pairs = np.unique(back * len(talks) + among) // max(len(talks), 1)
    fresh = ((np.bincount(pairs, minlength=len(own)) < _SEVERAL) | (own == NONE))[back]
    copy = np.bincount(among, fresh) * 2 < np.bincount(among)
    first = named["transcript"] == named["transcript"][at[back]]
    before = np.concatenate([[0], np.cumsum(fresh | (first & copy[among]))])
    start, end = (_at(named, cards["transcript"], cards[side]) for side in ("start", "end"))
    found: Bools = (start < end) & (before[start] == before[end])
    return found


def _at(named: Rows, transcript: Ints, place: Ints) -> Ints:
    """How many of the sentences begin before each of the places."""
    keys = (named["transcript"].astype(np.int64) << 32) + named["start"]
    return np.searchsorted(keys, (transcript.astype(np.int64) << 32) + place)
