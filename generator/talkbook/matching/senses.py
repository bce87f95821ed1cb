"""Whether a name means its topic in a conversation: by the company that it keeps there.

"Lightning" is a network, a library and a round of questions. Where the network is meant, some of the words with which
its page sums it up are said near the name. How much a word tells depends on how few of the conversations with the
name have it; a word that none of them has tells most, for then none may be on the topic.
"""

import numpy as np

from talkbook.matching import ranges
from talkbook.matching.bag_of_words import Bags
from talkbook.matching.name_hits import Named
from talkbook.matching.ranges import Bools, Floats, Ints
from talkbook.matching.tables import Rows
from talkbook.matching.topic_words import TopicWords

# What one conversation has of the words of a topic's summary: how many words that has, which of them are said at all,
# and which near the topic's names, each a bit of a number.
COMPANY = np.dtype([("words", "i4"), ("said", "i8"), ("near", "i8")])
_MANY = 3  # conversations; where there are fewer, nothing can be told from them
_LEAST = 0.2  # fit that one of them must have, else none is on the topic,
_ENOUGH = 6  # if its summary has so many words that some of them would be said of it
QUOTED, LISTED = 0.2, 0.1  # share of the best fit that a conversation must have to be quoted, and to have passages
_BEFORE, _AFTER = 5, 8  # sentences that are near a name
_FEWEST = 3  # words of a summary that can tell senses apart
_NEVER = 0.5  # conversations for a word that none has


def company(words: TopicWords, bags: Bags, named: Named) -> tuple[Ints, Ints, Ints, Ints]:
    """(topic, and of it the fields of COMPANY) for each topic that is named."""
    count, width = len(bags.meaningful), len(bags.keys)
    topics, row = np.unique(named.topic, return_inverse=True)
    near = np.zeros((len(topics), count), bool)
    first = np.maximum(named.sentence - _BEFORE, 0)
    sizes = np.minimum(named.sentence + _AFTER + 1, count) - first
    near[np.repeat(row, sizes), ranges.expand(first, sizes)] = True
    begins = np.searchsorted(bags.sentence, np.arange(count + 1))
    at, sentence = np.nonzero(near)
    held = np.diff(begins)[sentence]
    together = np.zeros((len(topics), width), bool)
    together[np.repeat(at, held), bags.stem[ranges.expand(begins[sentence], held)]] = True
    numbers, owner, bit, place = words.summaries(topics.tolist(), bags.keys)
    said = place >= 0
    near_it = said & together[owner, place]
    return topics, numbers, _bits(owner, bit, said, len(topics)), _bits(owner, bit, near_it, len(topics))


def _bits(owner: Ints, bit: Ints, which: Bools, owners: int) -> Ints:
    """For each owner the sum of the bits that `which` says."""
    sums: Ints = np.bincount(owner, np.where(which, 2.0**bit, 0.0), owners).astype(np.int64)
    return sums


def fits(company: Rows) -> Floats:
    """For each conversation that names a topic how well the topic is meant, 0 to 1. company: rows as COMPANY."""
    size = int(company["words"].max(initial=0))
    if size < _FEWEST:
        return np.ones(len(company))
    said, near = ((company[name][:, None] >> np.arange(size)) & 1 for name in ("said", "near"))
    tells = np.log1p(len(company) / np.maximum(said.sum(axis=0), _NEVER))
    fit: Floats = near @ tells / tells.sum()
    return fit


def meant(company: Rows, fits: Floats, share: float) -> Bools:
    """Of each of the conversations whether it means the topic by its names, at least by this share of the best fit."""
    best = fits.max(initial=0.0)
    if len(fits) < _MANY:
        return np.ones(len(fits), bool)
    known = best >= _LEAST or company["words"].max() < _ENOUGH
    found: Bools = (fits >= share * best) & known
    return found
