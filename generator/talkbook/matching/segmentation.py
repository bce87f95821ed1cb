"""Cutting turns into the stretches of sentences that make the best passages together."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence

import numpy as np

from talkbook.matching import ranges
from talkbook.matching.conversation import Conversation
from talkbook.matching.ranges import Bools, Floats, Ints
from talkbook.matching.turn_topics import Pairs

SHORTEST, LONGEST = 25, 120  # words of a passage; a turn that is shorter may be one as a whole,
SHORTEST_TURN = 15  # if it has this many
ENOUGH = 0.3  # a sentence is worth being in a passage from this value on
BORDER = 5.0  # words of value 1 that a further passage must bring
RAGGED = 25.0  # words of value 1 that it costs to start or end where a sentence was cut for its length
_TIE = 1e-9  # so much more a better choice is worth: else rounding would choose where two passages meet


def divide(conversation: Conversation, pairs: Pairs, values: Floats) -> tuple[Ints, Ints, Ints]:
    """(pair, first, end) of the passages that are worth most together, for each pair of a turn and a topic.

    values: of each cell of the pairs, 0 to 1. Each word of a passage is worth the value of
    its sentence less what is enough, and each passage costs its borders. first, end: of
    the passage's sentences in the conversation, half-open.
    """
    gains = conversation.words[pairs.sentence] * (values - ENOUGH)
    shift = pairs.cells(pairs.shift)
    longest, shortest = _reach(conversation)
    # Few cells can be the last of a passage: those with enough good ones before them. Only there all lengths are tried.
    most = _before(np.maximum(gains, 0))
    last = np.flatnonzero(most[1:] - most[longest[pairs.sentence] + shift] > BORDER)
    sizes = np.maximum(shortest - longest + 1, 0)[pairs.sentence[last]]
    first = -ranges.of(-shortest[pairs.sentence[last]], sizes)
    last = np.repeat(last, sizes)
    end = pairs.sentence[last] + 1
    before, ragged = _before(gains), _ragged(conversation)
    worth = before[last + 1] - before[first + shift[last]] - BORDER - ragged[first - 1] - ragged[end - 1]
    good = np.flatnonzero(worth > 0)
    pair = np.searchsorted(pairs.begins, last[good], "right") - 1
    return bests(pair, first[good], end[good], worth[good])


def bests(pair: Ints, first: Ints, end: Ints, worth: Floats) -> tuple[Ints, Ints, Ints]:
    """(pair, first, end) of each pair's best stretches, of all; both come by pair and end."""
    begins = np.flatnonzero(np.diff(pair, prepend=-1))
    sizes = np.diff(begins, append=len(pair))
    # Nearly everywhere all of them overlap and one is worth more than any other: then there is nothing to weigh.
    top = worth > np.repeat(np.maximum.reduceat(worth, begins) - 2 * _TIE, sizes)
    one = (np.maximum.reduceat(first, begins) < end[begins]) & (np.add.reduceat(top, begins, dtype=np.intp) == 1)
    chosen = [np.flatnonzero(top & np.repeat(one, sizes))]
    for at in np.flatnonzero(~one).tolist():
        own = slice(begins[at], begins[at] + sizes[at])
        several = zip(first[own].tolist(), end[own].tolist(), worth[own].tolist(), strict=True)
        chosen.append(begins[at] + np.array(best(several), np.intp))
    order = np.sort(np.concatenate(chosen))
    return pair[order], first[order], end[order]


def _before(values: Floats) -> Floats:
    """The sum of what is before each of the values, and of all."""
    return np.concatenate([[0.0], np.cumsum(values)])


def _reach(conversation: Conversation) -> tuple[Ints, Ints]:
    """Of each sentence as the last of a passage the first of the longest and of the shortest.

    The shortest may begin before the longest: then there is none.
    """
    words = ranges.offsets(conversation.words)  # before each sentence
    begins = conversation.begins
    least = np.clip(np.diff(words[begins]), SHORTEST_TURN, SHORTEST)[conversation.turn]
    shortest = np.searchsorted(words, words[1:] - least, "right") - 1
    longest = np.searchsorted(words, words[1:] - LONGEST)
    longest = np.minimum(longest, np.arange(len(longest)))  # a sentence may be longer than that
    return np.maximum(longest, begins[conversation.turn]), shortest


def _ragged(conversation: Conversation) -> Floats:
    """What it costs to cut a turn after each sentence."""
    inner = np.diff(conversation.turn, append=-1) == 0
    whole = conversation.whole() & inner
    better = np.logical_or.reduceat(whole, conversation.begins[:-1])  # speech without punctuation has no better places
    return np.where(inner & ~whole & better[conversation.turn], RAGGED, 0.0)


def best(stretches: Iterable[tuple[int, int, float]]) -> list[int]:
    """Which of the stretches of one turn are worth most together and do not overlap, in their order.

    stretches: (first, end, worth) of each, by end. Each is weighed against the best
    choice among those that end before it (dynamic programming).
    """
    ends, worths = [-1], [0.0]  # of the choices, each better than those before
    chosen = [(0, 0)]  # of each choice its last stretch, and which choice is the rest
    for at, (first, end, worth) in enumerate(stretches):
        rest = bisect_right(ends, first) - 1
        total = worths[rest] + worth
        if total > worths[-1] + _TIE:
            ends.append(end)
            worths.append(total)
            chosen.append((at, rest))
    result: list[int] = []
    choice = len(chosen) - 1
    while choice:
        at, choice = chosen[choice]
        result.append(at)
    return result[::-1]


def trim(words: Ints, hollow: Bools, first: Ints, end: Ints) -> tuple[Ints, Ints]:
    """(first, end) of the passages without hollow sentences at their borders, as long as enough is left of each."""
    first, end = first.copy(), end.copy()
    idle = np.flatnonzero(hollow[first] | hollow[end - 1])
    if len(idle):
        sizes, vain = words.tolist(), hollow.tolist()
        for at, start, stop in zip(idle.tolist(), first[idle].tolist(), end[idle].tolist(), strict=True):
            first[at], end[at] = _trimmed(sizes, vain, start, stop)
    return first, end


def _trimmed(words: Sequence[int], hollow: Sequence[bool], first: int, end: int) -> tuple[int, int]:
    left = sum(words[first:end])
    while hollow[first] and left - words[first] >= SHORTEST:
        left -= words[first]
        first += 1
    while hollow[end - 1] and left - words[end - 1] >= SHORTEST:
        left -= words[end - 1]
        end -= 1
    return first, end
