"""How surely each sentence of a conversation is about each topic.

Four signs are added up as in a logistic regression, so that the result is a probability:
the sentence and its neighbours use the words of the topic's page; the topic was named
here or shortly before in the same turn; the question that is being answered names it; and
the speaker is the one who tells rather than the one who asks. The weights were fitted to
the passages that careful readers marked for 56 topics of one interview, tried on topics of
another show, and rounded.

Nearly all sentences are about next to no topic. So the pairs of a turn and a topic that
may have to do with each other are looked for first, and only for them is anything reckoned.
"""

import math

import numpy as np

from talkbook.matching import ranges, turn_topics
from talkbook.matching.conversation import Conversation
from talkbook.matching.name_hits import Named
from talkbook.matching.ranges import Floats, Ints
from talkbook.matching.turn_topics import Pairs

AFFINE = 7.0  # weight of the affinity to the topic's page
NAMED = 2.5  # weight of the topic's name,
NAME_FADES = 0.7  # of which this is left one sentence later
ASKED = 1.0  # weight of the topic's name in the question,
QUESTION_FADES = 0.8  # of which this is left one sentence later
TELLS = 4.5  # weight of the speaker's share of the conversation
ASKS = -1.5  # weight of a question to the next speaker: what is asked is seldom what is said
BIAS = -10.7  # where none of the signs is there

LATE = 4  # sentences at the end of a turn in which the question to the next speaker is put
UNNAMED = 0.6  # affinity from which a turn counts that neither names the topic nor answers a question on it
VAIN = 0.15  # probability up to which a sentence adds nothing to any passage: see FLOOR and ENOUGH of what follows
RIVAL = 0.12  # the likeness to be reckoned with from what no topic is about; it counts where topics are few
LEAST = 0.05  # likeness that is next to none, even if no other sentence is liker


def measure(conversation: Conversation, named: Named, likeness: Floats) -> tuple[Pairs, Floats]:
    """The pairs of a turn and a topic that may have to do with each other, and for each of their cells the probability.

    likeness: of each sentence (rows), together with its neighbours, to the page of each
    topic (columns).
    """
    affinity, width = _Affinity(likeness), likeness.shape[1]
    shares = conversation.shares()
    near, asked = affinity.high(_needed(shares)[conversation.turn]), _asked(conversation, named)
    turn = conversation.turn[np.concatenate([near[0], named.sentence, asked.sentence])]
    topic = np.concatenate([near[1], named.topic, asked.topic])
    keys, pair = np.unique(turn * width + topic, return_inverse=True)
    found = turn_topics.of(conversation, *np.divmod(keys, width))
    naming, asking = np.split(pair[len(near[0]) :], [len(named.topic)])
    sign = BIAS + AFFINE * affinity.of(found.sentence, found.cells(found.topic))
    sign += NAMED * _fading(found, naming, named, NAME_FADES)
    sign += ASKED * _fading(found, asking, asked, QUESTION_FADES)
    sign += TELLS * found.cells(shares[found.turn])
    sign += ASKS * conversation.closing()[found.sentence]
    return found, 1 / (1 + np.exp(-sign))


class _Affinity:
    """How near a sentence comes to the likest sentence of a topic and to its own likest topic.

    It is the geometric mean of the two (0 to 1). The first makes topics comparable whatever
    the length of their pages; the second keeps a topic whose page uses common words out of
    what is rather about another, or about nothing that has a page.
    """

    def __init__(self, likeness: Floats) -> None:
        self._likeness = likeness
        self._best = likeness.max(axis=1, initial=RIVAL)
        self._highest = likeness.max(axis=0, initial=LEAST)

    def of(self, sentence: Ints, topic: Ints) -> Floats:
        """The affinity of each of the sentences to the topic beside it."""
        affinity: Floats = self._likeness[sentence, topic] / np.sqrt(self._best[sentence] * self._highest[topic])
        return affinity

    def high(self, needed: Floats) -> tuple[Ints, Ints]:
        """The sentences and topics with so high an affinity that it is enough without a name. needed: by sentence."""
        near = self._likeness >= (needed**2 * self._best)[:, None]  # as it must be even at its topic's highest
        sentence, topic = np.divmod(np.flatnonzero(near), self._likeness.shape[1])
        high = self.of(sentence, topic) >= needed[sentence]
        return sentence[high], topic[high]


def _needed(shares: Floats) -> Floats:
    """From which affinity on a turn counts that neither names the topic nor answers a question on it.

    shares: of each turn, its speaker's. Who tells little needs more, for without it all that is said is in vain.
    """
    return np.maximum(UNNAMED, (math.log(VAIN / (1 - VAIN)) - BIAS - TELLS * shares) / AFFINE)


def _asked(conversation: Conversation, named: Named) -> Named:
    """What the end of one turn names, as named where somebody else begins to answer."""
    turn = conversation.turn[named.sentence]
    late = (named.sentence >= conversation.begins[turn + 1] - LATE) & conversation.answered()[turn]
    return Named(conversation.begins[turn[late] + 1], named.topic[late], named.strength[late])


def _fading(found: Pairs, pair: Ints, named: Named, left: float) -> Floats:
    """For each cell, how surely its topic is named there, or earlier in the turn with so much left at each sentence.

    pair: of each of the names.
    """
    first = named.sentence + found.shift[pair]
    sizes = found.begins[pair + 1] - first
    cells = ranges.of(first, sizes)
    result = np.zeros(len(found.sentence))
    np.maximum.at(result, cells, np.repeat(named.strength, sizes) * left ** (cells - np.repeat(first, sizes)))
    return result
