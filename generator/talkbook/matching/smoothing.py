"""Sentences taken together with those beside them, for one of a few words says little about what it is on."""

import numpy as np

from talkbook.matching.conversation import Conversation
from talkbook.matching.ranges import Floats

NEAR = 0.5  # what a sentence's neighbours weigh beside itself


def shares(conversation: Conversation) -> tuple[Floats, Floats, Floats]:
    """What each sentence counts in the one before it, in itself and in the one after it, of the same turn.

    So each sentence becomes the mean of itself and its neighbours; long sentences count more.
    """
    own = np.sqrt(conversation.words)
    first = np.diff(conversation.turn, prepend=-1) > 0
    before = np.where(first, 0.0, NEAR * np.roll(own, 1))
    after = np.where(np.roll(first, -1), 0.0, NEAR * np.roll(own, -1))
    every = before + own + after
    return np.roll(after / every, 1), own / every, np.roll(before / every, -1)
