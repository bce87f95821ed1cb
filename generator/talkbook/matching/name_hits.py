"""Which sentences of a conversation name which topics."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from talkbook.matching.conversation import Conversation
from talkbook.matching.ranges import Floats, Ints
from talkbook.matching.topic_names import Terms

HIDDEN = 0.8  # how surely a hidden label names its topic; a name does so with 1


@dataclass(frozen=True, slots=True)
class Named:
    """Each sentence and each topic that it names, by sentence; how surely it does (0 to 1)."""

    sentence: Ints
    topic: Ints
    strength: Floats


def of(conversation: Conversation, terms: Terms, column: Mapping[str, int]) -> Named:
    """What the conversation names. column: the number of each topic, by its slug."""
    strengths: dict[tuple[int, int], float] = {}
    starts = [start for start, _ in conversation.said.sentences]
    for hit in terms.find(conversation.said.view.text):
        at = bisect_right(starts, hit.start) - 1, column[hit.topic]
        strengths[at] = max(strengths.get(at, 0.0), HIDDEN if hit.hidden else 1.0)
    places = np.array(list(strengths), np.intp).reshape(-1, 2)
    return Named(places[:, 0], places[:, 1], np.array(list(strengths.values())))
