"""How surely each sentence near a topic's name is about the topic.

A logistic regression over signs that a reader goes by: how near the name is and how often it falls around here, whether
the turn answers a question with the name in it, and how like the words are to the topic's page. The weights were fitted
to conversations that careful readers marked, by `benchmarks/train_relevance.py`, which also tells how well they do on
conversations left out.
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

SIGNS = (
    "named",  # in the sentence, by one of its names and not only by another form of one
    "named before",  # in the turn; fades over the sentences since
    "named after",  # in the turn; fades over the sentences until then
    "named within 7",  # share of the sentences on either side that name it, its root
    "named within 45",
    "named throughout",  # share of the whole conversation's sentences, its root
    "asked",  # named in the question that the turn answers
    "page",  # likeness to the topic's summary
    "parts of names",  # likeness to the topic's names where none of them stands
    "goes on",  # begins with a word that goes on from the sentence before
)
_WITHIN = (7, 45)
_FADES = 5.0  # sentences until a third of a name's effect is left
_OFTEN = 1 / 8  # share of a conversation's sentences beyond which it makes no difference
_LATE, _QUESTION = 4, 3  # sentences at the end of a turn: in which the question is put, of which one asks
_GOES_ON = re.compile(
    r"(?:and|but|because|so|or|it|it's|that|that's|they|they're|this|these|those|he|she|which|then|like|"
    r"for example|for instance|if you)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=1)
def _weights() -> tuple[float, Floats]:
    """(bias, weight of each of the signs)."""
    fitted = json.loads(resources.files(__package__).joinpath("relevance.json").read_text("utf-8"))
    return fitted["bias"], np.array([fitted["weights"][sign] for sign in SIGNS])


def measure(talk: ConversationText, named: Named, cells: Cells, words: TopicWords, bags: Bags) -> Floats:
    """The probability of each of the cells that its sentence is about its topic."""
    bias, weights = _weights()
    probability: Floats = 1 / (1 + np.exp(-bias - signs(talk, named, cells, words, bags) @ weights))
    return probability


def signs(talk: ConversationText, named: Named, cells: Cells, words: TopicWords, bags: Bags) -> Floats:
    """The signs of each cell (rows), as in SIGNS (columns)."""
    names = named.topic * cells.stride + named.sentence  # sorted, as the cells' keys are
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
    """Of each cell, how many sentences ago its topic was named in the same turn, and after how many it is next."""
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
    """Of each cell, the root of the share of the sentences at most so many away that name its topic."""
    count = np.searchsorted(names, cells.keys + by, "right") - np.searchsorted(names, cells.keys - by)
    around = np.minimum(cells.sentence + by + 1, sentences) - np.maximum(cells.sentence - by, 0)
    density: Floats = np.sqrt(count / around)
    return density


def _asked(talk: ConversationText, named: Named, cells: Cells) -> Bools:
    """Of each cell, whether its turn follows on a question that names its topic."""
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
