"""Cutting a turn into the stretches of sentences that make the best passages together."""

from collections.abc import Iterator, Sequence

SHORTEST, LONGEST = 25, 120  # words of a passage; a turn that is shorter may be one as a whole,
SHORTEST_TURN = 15  # if it has this many
ENOUGH = 0.3  # a sentence is worth being in a passage from this value on
BORDER = 5.0  # words of value 1 that a further passage must bring
RAGGED = 25.0  # words of value 1 that it costs to start or end where a sentence was cut for its length


def best(words: Sequence[int], values: Sequence[float], whole: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """(first, last) sentence of each passage, both included, in no order.

    words, values: of each sentence of the turn; a value is 0 to 1. whole: whether it ends
    as a sentence does. Each word of a passage is worth its value less what is enough, and
    each passage costs its borders; the division of the turn that is worth most is found
    from its start on (dynamic programming), in time linear in the turn's length.
    """
    if not possible(words, values):
        return
    count = len(words)
    least = min(SHORTEST, max(SHORTEST_TURN, sum(words)))
    costs = _costs(whole)
    worth, origin = [0.0], [-1]  # of the best division of the sentences before; where its last passage starts
    for end in range(1, count + 1):
        worth.append(worth[-1])
        origin.append(-1)
        length, gain = 0, -BORDER - costs[end]
        for first in range(end - 1, -1, -1):
            length += words[first]
            if length > LONGEST and first < end - 1:
                break
            gain += words[first] * (values[first] - ENOUGH)
            if length >= least and worth[first] + gain - costs[first] > worth[end]:
                worth[end], origin[end] = worth[first] + gain - costs[first], first
    while count:
        if origin[count] < 0:
            count -= 1
        else:
            yield origin[count], count - 1
            count = origin[count]


def possible(words: Sequence[int], values: Sequence[float]) -> bool:
    """Whether there can be a passage at all: what is worth something must pay for one passage's borders."""
    return sum([size * (value - ENOUGH) for size, value in zip(words, values, strict=True) if value > ENOUGH]) > BORDER


def _costs(whole: Sequence[bool]) -> list[float]:
    """What it costs to start or end a passage before each sentence, and after the last."""
    inner = whole[:-1]
    if not any(inner):  # speech without punctuation has no better places
        return [0.0] * (len(whole) + 1)
    return [0.0, *(0.0 if each else RAGGED for each in inner), 0.0]


def trim(words: Sequence[int], hollow: Sequence[bool], first: int, last: int) -> tuple[int, int]:
    """The passage without hollow sentences at its borders, as long as enough is left of it."""
    left = sum(words[first : last + 1])
    while hollow[first] and left - words[first] >= SHORTEST:
        left -= words[first]
        first += 1
    while hollow[last] and left - words[last] >= SHORTEST:
        left -= words[last]
        last -= 1
    return first, last
