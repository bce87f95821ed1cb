"""Which sentences of a conversation name which topics."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from talkbook.matching.conversation import ConversationText
from talkbook.matching.ranges import Bools, Ints
from talkbook.matching.topic_names import NameHit, Terms

_MOSTLY = 0.5  # share of a name's places within sentences that have its capital, from which those without are others


@dataclass(frozen=True, slots=True)
class Named:
    """Each topic and each sentence that names it, by topic and then by sentence.

    exact: whether by one of its names, and not by another form of one.
    """

    topic: Ints
    sentence: Ints
    exact: Bools


def find(conversation: ConversationText, terms: Terms, column: Mapping[str, int]) -> Named:
    """What the conversation names. column: the number of each topic, by its slug.

    Other forms of a name count where the name itself is said too: who says "reviewing" speaks of reviews where reviews
    are spoken of, and a conversation that only knows positions is not about positioning.
    """
    starts = [start for start, _ in conversation.spoken.sentences]
    hits = terms.find(conversation.spoken.view.text)
    exact: dict[tuple[int, int], bool] = {}
    for hit in _meant(hits, starts):
        place = column[hit.topic], bisect_right(starts, hit.start) - 1
        exact[place] = exact.get(place, False) or not hit.inflected
    sure = {topic for (topic, _), plain in exact.items() if plain}
    rows = sorted((*place, plain) for place, plain in exact.items() if place[0] in sure)
    topic, sentence, plain = np.array(rows, np.intp).reshape(-1, 3).T
    return Named(topic, sentence, plain.astype(bool))


def _meant(hits: Sequence[NameHit], starts: Sequence[int]) -> Sequence[NameHit]:
    """The hits without those that lack the capital which this conversation gives their topic's name."""
    lower = Counter([hit.topic for hit in hits if hit.case < 0])
    if not lower:
        return hits
    own = [hit for hit in hits if hit.case > 0 and hit.topic in lower]
    capital = Counter([hit.topic for hit in own if starts[bisect_right(starts, hit.start) - 1] < hit.start])
    common = {topic for topic, number in lower.items() if capital[topic] > _MOSTLY * (capital[topic] + number)}
    return [hit for hit in hits if not (hit.case < 0 and hit.topic in common)]
