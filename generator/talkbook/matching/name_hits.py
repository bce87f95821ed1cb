"""Find out which sentences of a conversation name which topics."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from talkbook.matching.conversation import ConversationText
from talkbook.matching.ranges import Bools, Ints
from talkbook.matching.topic_names import NameHit, Terms

_MOSTLY = 0.5  # if more of a name's occurrences have its capital, those in lower case mean something else


@dataclass(frozen=True, slots=True)
class Named:
    """Which topic is named in which sentence: one entry for each such pair, sorted by topic and then by sentence.

    topic: the number of the topic; see TopicWords.
    sentence: the index of the sentence.
    exact: whether the sentence contains a name as it is, not just an inflected form.
    common: the numbers of the topics whose names are mostly common words here: single words in lower case.
    """

    topic: Ints
    sentence: Ints
    exact: Bools
    common: Ints


def find(conversation: ConversationText, terms: Terms, column: Mapping[str, int]) -> Named:
    """Return which topics are named in which sentences. column: slug -> number of each topic.

    Inflected forms count only if the name itself is said too: "reviewing" is about reviews if "review" is said
    elsewhere, but a conversation that only has "positions" is not about "positioning".
    """
    starts = [start for start, _ in conversation.spoken.sentences]
    text = conversation.spoken.view.text
    exact: dict[tuple[int, int], bool] = {}
    common: Counter[int] = Counter()
    for hit in _meant(terms.find(text), starts):
        place = column[hit.topic], bisect_right(starts, hit.start) - 1
        exact[place] = exact.get(place, False) or not hit.inflected
        word = text[hit.start : hit.end]
        if word.isalpha() and word.islower():
            common[place[0]] += 1
        elif not word.isalpha() or hit.start > starts[place[1]]:  # a capital at the start of a sentence says nothing
            common[place[0]] -= 1
    sure = {topic for (topic, _), plain in exact.items() if plain}
    rows = sorted((*place, plain) for place, plain in exact.items() if place[0] in sure)
    topic, sentence, plain = np.array(rows, np.intp).reshape(-1, 3).T
    mostly = np.array([number for number, balance in common.items() if balance > 0], np.intp)
    return Named(topic, sentence, plain.astype(bool), mostly)


def _meant(hits: Sequence[NameHit], starts: Sequence[int]) -> Sequence[NameHit]:
    """Leave out lower-case hits for topics whose names this conversation usually capitalises."""
    lower = Counter([hit.topic for hit in hits if hit.case < 0])
    if not lower:
        return hits
    capitalised = [hit for hit in hits if hit.case > 0 and hit.topic in lower]
    capital = Counter([hit.topic for hit in capitalised if starts[bisect_right(starts, hit.start) - 1] < hit.start])
    common = {topic for topic, number in lower.items() if capital[topic] > _MOSTLY * (capital[topic] + number)}
    return [hit for hit in hits if not (hit.case < 0 and hit.topic in common)]
