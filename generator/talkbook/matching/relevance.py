"""Estimate how probably each sentence near a topic's name is about the topic.

This is a logistic regression over features that a reader would use: how near the name is and how often it occurs around
the sentence, whether the turn answers a question that contains the name, and how similar the words are to the topic's
page. `benchmarks/train_relevance.py` fits the weights to conversations marked by careful readers, and measures how well
they do on conversations left out.
"""

import json
import re
from functools import lru_cache
from importlib import resources

import numpy as np

from talkbook.matching import topic_words
from talkbook.matching.bag_of_words import Bags
from talkbook.matching.conversation import ConversationText
from talkbook.matching.name_hits import Named
from talkbook.matching.nearby import Cells
from talkbook.matching.ranges import Bools, Floats, Ints
from talkbook.matching.topic_words import TopicWords

FEATURES = (
    "named",  # in the sentence, by a name as it is, not just by an inflected form
    "named before",  # earlier in the turn; fades with the distance
    "named after",  # later in the turn; fades with the distance
    "named within 7",  # root of the share of the sentences on either side that name it
    "named within 45",
    "named throughout",  # root of the share of all sentences of the conversation that name it
    "asked",  # named in the question that the turn answers
    "page",  # similarity to the topic's summary
    "parts of names",  # similarity to the topic's names, in sentences that contain none of them
    "goes on",  # begins with a word that continues the sentence before
)
_WITHIN = (7, 45)
_FADES = 5.0  # sentences after which about a third of a name's effect is left
_OFTEN = 1 / 8  # share of a conversation's sentences; naming a topic more often makes no difference
_LATE, _QUESTION = 4, 3  # at the end of a turn, the sentences that may have the name, and the question mark
_GOES_ON = re.compile(
    r"(?:and|but|because|so|or|it|it's|that|that's|they|they're|this|these|those|he|she|which|then|like|"
    r"for example|for instance|if you)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=1)
def _weights() -> tuple[float, Floats]:
    """Return the bias, and the weight of each feature."""
    fitted = json.loads(resources.files(__package__).joinpath("relevance.json").read_text("utf-8"))
    return fitted["bias"], np.array([fitted["weights"][feature] for feature in FEATURES])


def measure(talk: ConversationText, named: Named, cells: Cells, words: TopicWords, bags: Bags) -> Floats:
    """Return for each cell the probability that its sentence is about its topic."""
    bias, weights = _weights()
    probability: Floats = 1 / (1 + np.exp(-bias - features(talk, named, cells, words, bags) @ weights))
    return probability


def features(talk: ConversationText, named: Named, cells: Cells, words: TopicWords, bags: Bags) -> Floats:
    """Return the features: a row for each cell, a column for each feature, in the order of FEATURES."""
    names = named.topic * cells.stride + named.sentence  # sorted, like the keys of the cells
    page, parts_of_names = topic_words.likeness(words, bags, named, cells, talk.words)
    exact = np.zeros(len(cells.keys))
    exact[cells.find(named.topic, named.sentence)] = named.exact
    before, after = _distances(talk, names, cells)
    first = cells.keys - cells.sentence
    throughout = np.searchsorted(names, first + cells.stride) - np.searchsorted(names, first)
    columns = [
        exact,
        np.exp(-before / _FADES),
        np.exp(-after / _FADES),
        *(_density(names, cells, by, len(talk.sentences)) for by in _WITHIN),
        np.sqrt(np.minimum(throughout / len(talk.sentences), _OFTEN)),
        _asked(talk, named, cells),
        page,
        parts_of_names,
        _goes_on(talk, cells.sentence),
    ]
    return np.column_stack(columns)


def _distances(talk: ConversationText, names: Ints, cells: Cells) -> tuple[Floats, Floats]:
    """Return for each cell how many sentences before and after it its topic is named in the same turn, or infinity."""
    far = np.inf
    padded = np.concatenate([[-1], names, [-1]])
    first = cells.keys - cells.sentence + talk.begins[talk.turn[cells.sentence]]
    last = cells.keys - cells.sentence + talk.begins[talk.turn[cells.sentence] + 1]
    before = padded[np.searchsorted(names, cells.keys)]
    after = padded[np.searchsorted(names, cells.keys, "right") + 1]
    return (
        np.where(before >= first, cells.keys - before, far),
        np.where((after >= 0) & (after < last), after - cells.keys, far),
    )


def _density(names: Ints, cells: Cells, by: int, sentences: int) -> Floats:
    """Return for each cell the root of the share of sentences at most `by` away that name its topic."""
    count = np.searchsorted(names, cells.keys + by, "right") - np.searchsorted(names, cells.keys - by)
    around = np.minimum(cells.sentence + by + 1, sentences) - np.maximum(cells.sentence - by, 0)
    density: Floats = np.sqrt(count / around)
    return density


def _asked(talk: ConversationText, named: Named, cells: Cells) -> Bools:
    """Return for each cell whether its turn follows a question that names its topic."""
    turn = talk.turn[named.sentence]
    end = talk.begins[turn + 1]
    asked = np.concatenate([[0], np.cumsum(talk.asks)])
    begin = np.maximum(talk.begins[turn], end - _QUESTION)
    late = (named.sentence >= end - _LATE) & (asked[end] > asked[begin])
    answered = np.unique(named.topic[late] * (len(talk.turns) + 1) + turn[late] + 1)
    return np.isin(cells.topic * (len(talk.turns) + 1) + talk.turn[cells.sentence], answered)


def _goes_on(talk: ConversationText, sentence: Ints) -> Bools:
    near = np.zeros(len(talk.sentences), bool)
    near[sentence] = True
    for at in np.flatnonzero(near).tolist():
        near[at] = _GOES_ON.match(talk.sentences[at]) is not None
    return near[sentence]
