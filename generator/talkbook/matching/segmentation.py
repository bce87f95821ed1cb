"""Cut turns into stretches of sentences: the passages about a topic, and the best cards."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from talkbook.matching import ranges
from talkbook.matching.conversation import ConversationText
from talkbook.matching.nearby import Cells
from talkbook.matching.ranges import Bools, Floats, Ints

# Costs are in the unit of gains: words * (probability - threshold).
ABOUT = 0.6  # probability from which a sentence adds to a passage
PASSAGE_COST = 3.0  # cost of each passage
SHORTEST, LONGEST = 25, 180  # words on a card
SHORTEST_TURN = 15  # words of a turn that may be a card as a whole even if it has fewer than SHORTEST
# The worth from which a sentence adds to a card -> the cost of each card. The next pair is used for topics on which the
# conversation has no card yet.
CARDS = {0.8: 6.0, 0.55: 3.0, 0.4: 0.0}
RAGGED = 25.0  # cost of starting or ending a card where a sentence was cut for its length
DEPENDENT = 12.0  # cost of starting with a sentence that depends on the one before
OPEN = 8.0  # cost of ending with a question that the same speaker answers
ASKED = 0.2  # subtracted from the probability in what leads to a question, as answers say more
_DEPENDENT = re.compile(
    r"(?:so|and|but|or|because|then|now|well|yeah|yes|no|right|okay|,|\s)*\b"
    r"(?:it|its|it['’]s|that|that['’]s|this|these|those|they|they['’](?:re|ve|ll|d)|them|their|he|she|his|her|which|such|"
    r"both|either|neither|also|too|else|instead|otherwise|however|therefore|same|one|ones|and|but|or|because|then)\b",
    re.IGNORECASE,
)
_TIE = 1e-9  # how much better a choice must be, so that rounding doesn't decide between cards that meet


@dataclass(frozen=True, slots=True)
class Stretches:
    """Stretches of sentences [first, end), each within one turn. topic: the number of the topic of each."""

    topic: Ints
    first: Ints
    end: Ints

    @classmethod
    def none(cls) -> "Stretches":
        """Return an empty value."""
        return cls(*np.empty((3, 0), np.intp))

    def select(self, which: Bools) -> "Stretches":
        """Return the stretches for which `which` is true."""
        return Stretches(self.topic[which], self.first[which], self.end[which])


def joined(one: Stretches, other: Stretches) -> Stretches:
    """Return the stretches of both."""
    return Stretches(*(np.concatenate([getattr(one, name), getattr(other, name)]) for name in Stretches.__slots__))


def _groups(conversation: ConversationText, cells: Cells) -> Ints:
    """Return where each run of cells of one topic and turn begins, followed by the number of cells."""
    turn = conversation.turn[cells.sentence]
    new = (np.diff(cells.keys) != 1) | (np.diff(turn) != 0)
    return np.concatenate([[0], np.flatnonzero(new) + 1, [len(cells.keys)]])


def about(conversation: ConversationText, cells: Cells, probability: Floats) -> Stretches:
    """Return the stretches that are about their topics: those with the largest total gain.

    A sentence gains its words * (probability - ABOUT), and each stretch costs PASSAGE_COST (Viterbi's algorithm).
    """
    begins = _groups(conversation, cells)
    likely = probability >= ABOUT
    gains = (conversation.words[cells.sentence] * (probability - ABOUT)).tolist()
    found: list[tuple[int, int]] = []
    promising = np.add.reduceat(likely, begins[:-1], dtype=np.intp) > 0
    for at in np.flatnonzero(promising).tolist():
        found.extend(_best_runs(gains, int(begins[at]), int(begins[at + 1])))
    first, end = np.array(found, np.intp).reshape(-1, 2).T
    return Stretches(cells.topic[first], cells.sentence[first], cells.sentence[end - 1] + 1)


def _best_runs(gains: Sequence[float], first: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the (first, end) of the runs within gains[first:end] with the largest total gain, less the cost of each."""
    outside, inside = 0.0, -np.inf
    started: list[tuple[bool, bool]] = []  # does the best run with this gain begin here; does one end before it
    for gain in gains[first:end]:
        begins, ends = outside - PASSAGE_COST > inside, inside > outside
        entered = outside - PASSAGE_COST if begins else inside
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
    """Where cards may begin and end, and at what cost, for each sentence of a conversation.

    starting, ending: the cost of a card that begins, or ends, with the sentence.
    hollow: whether the sentence says nothing on its own. No card begins or ends with it.
    longest, shortest: the first sentence of the longest and of the shortest card that ends with the sentence. If
        `shortest` comes before `longest`, no card can end with it.
    """

    starting: Floats
    ending: Floats
    hollow: Bools
    longest: Ints
    shortest: Ints


def worth(conversation: ConversationText, cells: Cells, probability: Floats) -> Floats:
    """Return what a word of each cell is worth on a card: its probability, less ASKED in what leads to a question."""
    asked: Floats = ASKED * conversation.prompts()[cells.sentence].astype(np.float64)
    return probability - asked


def cards(conversation: ConversationText, cells: Cells, worth: Floats, borders: Borders, least: float) -> Stretches:
    """Return the best cards of each turn and topic: self-contained, and at most LONGEST words long.

    worth: of each cell, as worth() returns it.
    least: the worth from which a sentence adds to a card, a key of CARDS.
    """
    cost, hollow = CARDS[least], borders.hollow
    begins = _groups(conversation, cells)
    sentence = cells.sentence
    gains: Floats = (worth - least) * conversation.words[sentence]
    group = np.repeat(np.arange(len(begins) - 1), np.diff(begins))
    shift = np.arange(len(sentence)) - sentence
    longest = np.maximum(borders.longest[sentence], sentence[begins[group]])
    shortest = np.minimum(borders.shortest[sentence], sentence)
    # Few cells have enough gain before them to be the last of a card. Only for these are all lengths tried.
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
    """Return the (group, first, end) of the best stretches within each group.

    All stretches are given, sorted by group and end; so are those returned. See best().
    """
    begins = np.flatnonzero(np.diff(group, prepend=-1))
    sizes = np.diff(begins, append=len(group))
    # In nearly every group, all stretches overlap and one is worth most: then there is nothing to weigh.
    top = worth > np.repeat(np.maximum.reduceat(worth, begins) - 2 * _TIE, sizes)
    one = (np.maximum.reduceat(first, begins) < end[begins]) & (np.add.reduceat(top, begins, dtype=np.intp) == 1)
    chosen = [np.flatnonzero(top & np.repeat(one, sizes))]
    for at in np.flatnonzero(~one).tolist():
        members = slice(begins[at], begins[at] + sizes[at])
        several = zip(first[members].tolist(), end[members].tolist(), worth[members].tolist(), strict=True)
        chosen.append(begins[at] + np.array(best(several), np.intp))
    order = np.sort(np.concatenate(chosen))
    return group[order], first[order], end[order]


def _before(values: Floats) -> Floats:
    """Return the sum of all values before each one, followed by the total."""
    return np.concatenate([[0.0], np.cumsum(values)])


def _reach(conversation: ConversationText) -> tuple[Ints, Ints]:
    """Return `longest` and `shortest` of Borders."""
    words = ranges.offsets(conversation.words)  # the number before each sentence
    begins = conversation.begins
    least = np.clip(np.diff(words[begins]), SHORTEST_TURN, SHORTEST)[conversation.turn]
    shortest = np.searchsorted(words, words[1:] - least, "right") - 1
    longest = np.searchsorted(words, words[1:] - LONGEST)
    longest = np.minimum(longest, np.arange(len(longest)))  # a single sentence may exceed LONGEST
    return np.maximum(longest, begins[conversation.turn]), shortest


def borders(conversation: ConversationText, hollow: Bools) -> Borders:
    """Return where cards may begin and end in a conversation. hollow: see Borders."""
    inner = np.ones(len(conversation.turn), bool)  # false for the last sentence of each turn
    inner[conversation.begins[1:] - 1] = False
    whole = conversation.whole() & inner
    better = np.logical_or.reduceat(whole, conversation.begins[:-1])  # unpunctuated speech has no better places
    ragged = np.where(inner & ~whole & better[conversation.turn], RAGGED, 0.0)
    ending = ragged + np.where(conversation.asks & inner, OPEN, 0.0)
    return Borders(np.concatenate([[0.0], ragged[:-1]]), ending, hollow, *_reach(conversation))


def _dependent(conversation: ConversationText, first: Ints) -> Floats:
    """Return what it costs to start a card with each of the sentences if it depends on the one before."""
    distinct, back = np.unique(first, return_inverse=True)
    follows = conversation.begins[conversation.turn[distinct]] < distinct
    texts = [conversation.sentences[at] for at in distinct.tolist()]
    dependent = np.array([_DEPENDENT.match(text) is not None for text in texts], bool)
    cost: Floats = np.where(follows & dependent, DEPENDENT, 0.0)[back]
    return cost


def best(stretches: Iterable[tuple[int, int, float]]) -> list[int]:
    """Return the indices of the stretches that have the largest total worth without overlapping, in order.

    stretches: the (first, end, worth) of each, all within one turn, sorted by end.

    Each stretch is weighed against the best choice among those that end before it (dynamic programming).
    """
    ends, worths = [-1], [0.0]  # of the choices so far, each better than all before it
    chosen = [(0, 0)]  # the last stretch of each choice, and the choice that it extends
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
