"""Sentences taken together with those beside them, for one of a few words says little about what it is on."""

import numpy as np

from talkbook.matching.conversation import Conversation
from talkbook.matching.profiles import Vectors

NEAR = 0.5  # what a sentence's neighbours weigh beside itself


def together(conversation: Conversation, vectors: Vectors) -> Vectors:
    """The mean vector of each sentence and its neighbours in the turn; long sentences count more."""
    own = np.sqrt(conversation.words)
    first = np.diff(conversation.turn, prepend=-1) > 0
    before = np.where(first, 0.0, NEAR * np.roll(own, 1))
    after = np.where(np.roll(first, -1), 0.0, NEAR * np.roll(own, -1))
    every = before + own + after
    shares = (np.roll(after / every, 1), own / every, np.roll(before / every, -1))  # in the one before, in it, after
    sentence = np.concatenate([vectors.sentence + step for step in (-1, 0, 1)])
    weight = np.concatenate([vectors.weight * share[vectors.sentence] for share in shares])
    kept = weight > 0  # the others are of no sentence or of one in another turn
    return Vectors(sentence[kept], np.tile(vectors.row, 3)[kept], weight[kept])
