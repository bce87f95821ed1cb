"""Judge by the words around a name whether a conversation uses it in the sense of its topic.

"Lightning" is a network, a library and a round of questions. Where the network is meant, some of the words of its
summary are said near the name. The fewer of the conversations with the name contain a word, the more it tells; a word
that none contains tells most, as possibly none of them is about the topic.

A common word, such as "product" or "values", is said in passing everywhere, often in a sense of its own. Where a name
is one, a conversation that hardly says anything about the topic isn't taken to mean it.
"""

import numpy as np

from talkbook.matching import ranges
from talkbook.matching.bag_of_words import Bags
from talkbook.matching.name_hits import Named
from talkbook.matching.ranges import Bools, Floats, Ints
from talkbook.matching.tables import Rows
from talkbook.matching.topic_words import TopicWords

# How one conversation uses the names of a topic, and the words of its summary. words: how many the summary has. said,
# near: bit sets of the words that are said at all, and of those that are said near the names. common: whether the names
# are mostly common words here.
COMPANY = np.dtype([("words", "i4"), ("said", "i8"), ("near", "i8"), ("common", "?")])
_MANY = 3  # conversations; if there are fewer, all are taken to mean the topic
_LEAST = 0.2  # if the best fit is lower, no conversation means the topic,
_ENOUGH = 6  # provided that its summary has this many words, some of which would be said
QUOTED, LISTED = 0.2, 0.1  # share of the best fit, and of the largest amount, needed for quotes and for passages
_BEFORE, _AFTER = 5, 8  # sentences before and after a name that are near it
_FEWEST = 3  # words that a summary needs to distinguish senses
_NEVER = 0.5  # assumed number of conversations for a word that none contains
_PLENTY = 1000  # words; if a conversation says more about a topic, the others need a share of these


def company(words: TopicWords, bags: Bags, named: Named) -> tuple[Ints, Ints, Ints, Ints, Ints]:
    """Return arrays about each topic that is named: its number, and the fields of COMPANY."""
    count, width = len(bags.meaningful), len(bags.keys)
    topics, row = np.unique(named.topic, return_inverse=True)
    near = np.zeros((len(topics), count), bool)
    first = np.maximum(named.sentence - _BEFORE, 0)
    sizes = np.minimum(named.sentence + _AFTER + 1, count) - first
    near[np.repeat(row, sizes), ranges.expand(first, sizes)] = True
    begins = np.searchsorted(bags.sentence, np.arange(count + 1))
    at, sentence = np.nonzero(near)
    counts = np.diff(begins)[sentence]
    together = np.zeros((len(topics), width), bool)
    together[np.repeat(at, counts), bags.stem[ranges.expand(begins[sentence], counts)]] = True
    numbers, owner, bit, place = words.summaries(topics.tolist(), bags.keys)
    said = place >= 0
    near_it = said & together[owner, place]
    said_bits, near_bits = (_bits(owner, bit, which, len(topics)) for which in (said, near_it))
    return topics, numbers, said_bits, near_bits, np.isin(topics, named.common).astype(np.intp)


def _bits(owner: Ints, bit: Ints, which: Bools, owners: int) -> Ints:
    """Return a bit set for each owner: the bits for which `which` is true."""
    sums: Ints = np.bincount(owner, np.where(which, 2.0**bit, 0.0), owners).astype(np.int64)
    return sums


def fits(company: Rows) -> Floats:
    """Return how well each conversation that names a topic fits the topic's summary, from 0 to 1.

    company: rows of COMPANY, one for each conversation.
    """
    size = int(company["words"].max(initial=0))
    if size < _FEWEST:
        return np.ones(len(company))
    said, near = ((company[name][:, None] >> np.arange(size)) & 1 for name in ("said", "near"))
    tells = np.log1p(len(company) / np.maximum(said.sum(axis=0), _NEVER))
    fit: Floats = near @ tells / tells.sum()
    return fit


def meant(company: Rows, fits: Floats, share: float) -> Bools:
    """Return for each conversation whether its names mean the topic.

    fits: as fits() returns them.
    share: the share of the best fit that a conversation must have.
    """
    best = fits.max(initial=0.0)
    if len(fits) < _MANY:
        return np.ones(len(fits), bool)
    known = best >= _LEAST or company["words"].max() < _ENOUGH
    found: Bools = (fits >= share * best) & known
    return found


def enough(company: Rows, amounts: Floats, share: float) -> Bools:
    """Return for each conversation whether it says enough about the topic, which it needs if the name is a common word.

    amounts: how many words about the topic each says, weighted by their probability.
    share: the share of the largest amount that a conversation needs.
    """
    least = share * min(amounts.max(initial=0.0), _PLENTY)
    found: Bools = (amounts >= least) | ~company["common"]
    return found
