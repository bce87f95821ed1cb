"""Cutting turns into stretches of sentences: those that are about a topic, and those that make the best cards."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from talkbook.matching import ranges
from talkbook.matching.conversation import ConversationText
from talkbook.matching.nearby import Cells
from talkbook.matching.ranges import Bools, Floats, Ints

ABOUT = 0.6  # probability from which a sentence is worth being in a passage
BORDER = 3.0  # words of value 1 that a further passage must bring
SHORTEST, LONGEST = 25, 180  # words of a card; a turn that is shorter may be one as a whole,
SHORTEST_TURN = 15  # if it has this many
# Probability from which a sentence is worth being on a card, and the words of value 1 that a further card must bring;
# the next where a conversation has no card on a topic that is so sure.
CARDS = {0.8: 6.0, 0.55: 3.0, 0.4: 0.0}
RAGGED = 25.0  # words of value 1 that it costs to start or end where a sentence was cut for its length,
DEPENDENT = 12.0  # to start where the sentence before is needed,
OPEN = 8.0  # and to end with a question that the same speaker answers
ASKED = 0.2  # taken off the probability of what leads to a question, for answers say more
_DEPENDENT = re.compile(
    r"(?:so|and|but|or|because|then|now|well|yeah|yes|no|right|okay|,|\s)*\b"
    r"(?:it|its|it['’]s|that|that['’]s|this|these|those|they|they['’](?:re|ve|ll|d)|them|their|he|she|his|her|which|such|"
    r"both|either|neither|also|too|else|instead|otherwise|however|therefore|same|one|ones|and|but|or|because|then)\b",
    re.IGNORECASE,
)
_TIE = 1e-9  # so much more a better choice is worth: else rounding would choose where two cards meet


@dataclass(frozen=True, slots=True)
class Stretches:
    """Stretches of sentences [first, end) of one turn, each with the number of a topic."""

    topic: Ints
    first: Ints
    end: Ints

    @classmethod
    def none(cls) -> "Stretches":
        """No stretches."""
        return cls(*np.empty((3, 0), np.intp))

    def select(self, which: Bools) -> "Stretches":
        """Those that `which` says."""
        return Stretches(self.topic[which], self.first[which], self.end[which])


def joined(one: Stretches, other: Stretches) -> Stretches:
    """Those of both."""
    return Stretches(*(np.concatenate([getattr(one, name), getattr(other, name)]) for name in Stretches.__slots__))


def _groups(conversation: ConversationText, cells: Cells) -> Ints:
    """Where among the cells each row of sentences of one turn and topic begins, and how many cells there are."""
    turn = conversation.turn[cells.sentence]
    new = (np.diff(cells.keys) != 1) | (np.diff(turn) != 0)
    return np.concatenate([[0], np.flatnonzero(new) + 1, [len(cells.keys)]])


def about(conversation: ConversationText, cells: Cells, probability: Floats) -> Stretches:
    """The stretches that are most surely about their topics (Viterbi's algorithm, with a cost for each that begins)."""
    begins = _groups(conversation, cells)
    worth = probability >= ABOUT
    gains = (conversation.words[cells.sentence] * (probability - ABOUT)).tolist()
    found: list[tuple[int, int]] = []
    some = np.add.reduceat(worth, begins[:-1], dtype=np.intp) > 0
    for at in np.flatnonzero(some).tolist():
        found.extend(_best_runs(gains, int(begins[at]), int(begins[at + 1])))
    first, end = np.array(found, np.intp).reshape(-1, 2).T
    return Stretches(cells.topic[first], cells.sentence[first], cells.sentence[end - 1] + 1)


def _best_runs(gains: Sequence[float], first: int, end: int) -> Iterator[tuple[int, int]]:
    """(first, end) of the runs of gains[first:end] that are worth most together when each run costs its border."""
    outside, inside = 0.0, -np.inf
    started: list[tuple[bool, bool]] = []  # at each: whether the best run that holds it begins there; if none, one ends
    for gain in gains[first:end]:
        begins, ends = outside - BORDER > inside, inside > outside
        entered = outside - BORDER if begins else inside
        outside = inside if ends else outside
        inside = entered + gain
        started.append((begins, ends))
    within, stop = inside > outside, end
    for at in range(end - 1, first - 1, -1):
        begins, ends = started[at - first]
        if within and begins:
            yield at, stop
            within = False
        elif not within and ends:
            within, stop = True, at


@dataclass(frozen=True, slots=True)
class Borders:
    """What it costs to start a card with each sentence, and to end it there; and whether a sentence says nothing on its
    own: no card begins or ends with it. longest, shortest: of each sentence as the last of a card the first of the
    longest and of the shortest; the shortest may begin before the longest: then there is none.
    """

    starting: Floats
    ending: Floats
    hollow: Bools
    longest: Ints
    shortest: Ints


def worth(conversation: ConversationText, cells: Cells, probability: Floats) -> Floats:
    """What a word of each cell's sentence is worth on a card: its probability, less for what leads to a question."""
    asked: Floats = ASKED * conversation.prompts()[cells.sentence].astype(np.float64)
    return probability - asked


def cards(conversation: ConversationText, cells: Cells, worth: Floats, borders: Borders, least: float) -> Stretches:
    """The stretches that make the best cards, for each turn and topic: whole in themselves and of no more than LONGEST.

    worth: of each cell. least: what a sentence must be worth, one of CARDS.
    """
    cost, hollow = CARDS[least], borders.hollow
    begins = _groups(conversation, cells)
    sentence = cells.sentence
    gains: Floats = (worth - least) * conversation.words[sentence]
    group = np.repeat(np.arange(len(begins) - 1), np.diff(begins))
    shift = np.arange(len(sentence)) - sentence
    longest = np.maximum(borders.longest[sentence], sentence[begins[group]])
    shortest = np.minimum(borders.shortest[sentence], sentence)
    # Few cells can be the last of a card: those with enough good ones before them. Only there all lengths are tried.
    most = _before(np.maximum(gains, 0))
    last = np.flatnonzero((most[1:] - most[longest + shift] > cost) & ~hollow[sentence])
    sizes = np.maximum(shortest[last] - longest[last] + 1, 0)
    first = -ranges.expand(-shortest[last], sizes)
    last = np.repeat(last, sizes)
    end = sentence[last] + 1
    before = _before(gains)
    total = before[last + 1] - before[first + shift[last]] - cost - borders.starting[first] - borders.ending[end - 1]
    good = np.flatnonzero((total > 0) & ~hollow[first])
    total[good] -= _dependent(conversation, first[good])
    good = good[total[good] > 0]
    group, first, end = bests(group[last[good]], first[good], end[good], total[good])
    return Stretches(cells.topic[begins[group]], first, end)


def bests(group: Ints, first: Ints, end: Ints, worth: Floats) -> tuple[Ints, Ints, Ints]:
    """(group, first, end) of each group's best stretches, of all; both come by group and end."""
    begins = np.flatnonzero(np.diff(group, prepend=-1))
    sizes = np.diff(begins, append=len(group))
    # Nearly everywhere all of them overlap and one is worth more than any other: then there is nothing to weigh.
    top = worth > np.repeat(np.maximum.reduceat(worth, begins) - 2 * _TIE, sizes)
    one = (np.maximum.reduceat(first, begins) < end[begins]) & (np.add.reduceat(top, begins, dtype=np.intp) == 1)
    chosen = [np.flatnonzero(top & np.repeat(one, sizes))]
    for at in np.flatnonzero(~one).tolist():
        own = slice(begins[at], begins[at] + sizes[at])
        several = zip(first[own].tolist(), end[own].tolist(), worth[own].tolist(), strict=True)
        chosen.append(begins[at] + np.array(best(several), np.intp))
    order = np.sort(np.concatenate(chosen))
    return group[order], first[order], end[order]


def _before(values: Floats) -> Floats:
    """The sum of what is before each of the values, and of all."""
    return np.concatenate([[0.0], np.cumsum(values)])


def _reach(conversation: ConversationText) -> tuple[Ints, Ints]:
    """The longest and the shortest of Borders."""
    words = ranges.offsets(conversation.words)  # before each sentence
    begins = conversation.begins
    least = np.clip(np.diff(words[begins]), SHORTEST_TURN, SHORTEST)[conversation.turn]
    shortest = np.searchsorted(words, words[1:] - least, "right") - 1
    longest = np.searchsorted(words, words[1:] - LONGEST)
    longest = np.minimum(longest, np.arange(len(longest)))  # a sentence may be longer than that
    return np.maximum(longest, begins[conversation.turn]), shortest


def borders(conversation: ConversationText, hollow: Bools) -> Borders:
    """The borders of a conversation's sentences. hollow: see Borders."""
    inner = np.ones(len(conversation.turn), bool)  # not the last of its turn
    inner[conversation.begins[1:] - 1] = False
    whole = conversation.whole() & inner
    better = np.logical_or.reduceat(whole, conversation.begins[:-1])  # speech without punctuation has no better places
    ragged = np.where(inner & ~whole & better[conversation.turn], RAGGED, 0.0)
    ending = ragged + np.where(conversation.asks & inner, OPEN, 0.0)
    return Borders(np.concatenate([[0.0], ragged[:-1]]), ending, hollow, *_reach(conversation))


def _dependent(conversation: ConversationText, first: Ints) -> Floats:
    """What it costs to start a card with each of the sentences, for those that need the one before."""
    own, back = np.unique(first, return_inverse=True)
    follows = conversation.begins[conversation.turn[own]] < own
    texts = [conversation.sentences[at] for at in own.tolist()]
    dependent = np.array([_DEPENDENT.match(text) is not None for text in texts], bool)
    cost: Floats = np.where(follows & dependent, DEPENDENT, 0.0)[back]
    return cost


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
