"""How surely each sentence of a conversation is about each topic.

Four signs are added up as in a logistic regression, so that the result is a probability:
the sentence and its neighbours use the words of the topic's page; the topic was named
here or shortly before in the same turn; the question that is being answered names it; and
the speaker is the one who tells rather than the one who asks. The weights were fitted to
the passages that careful readers marked for 56 topics of one interview, tried on topics of
another show, and rounded.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

AFFINE = 7.0  # weight of the affinity to the topic's page
NAMED = 2.5  # weight of the topic's name,
NAME_FADES = 0.7  # of which this is left one sentence later
ASKED = 1.0  # weight of the topic's name in the question,
QUESTION_FADES = 0.8  # of which this is left one sentence later
TELLS = 4.5  # weight of the speaker's share of the conversation
ASKS = -1.5  # weight of a question to the next speaker: what is asked is seldom what is said
BIAS = -10.7  # where none of the signs is there

NEAR = 0.5  # what a sentence's neighbours weigh beside itself when its words are compared
UNNAMED = 0.6  # affinity from which a turn counts that neither names the topic nor answers a question on it
RIVAL = 0.12  # the likeness to be reckoned with from what no topic is about; it counts where topics are few
LEAST = 0.05  # likeness that is next to none, even if no other sentence is liker


@dataclass(frozen=True, slots=True)
class Spoken:
    """One turn as the signs see it.

    words: of each sentence. likeness: of each sentence to the topics' pages, by topic.
    names: by topic, by index of the sentence, how surely it is named (0 to 1). asked: by
    topic, how surely the question before names it. share: the speaker's words against
    those of who speaks most (0 to 1). closing: so many sentences at the end ask the next
    speaker.
    """

    words: Sequence[int]
    likeness: Sequence[Mapping[str, float]]
    names: Mapping[str, Mapping[int, float]]
    asked: Mapping[str, float]
    share: float
    closing: int


def measure(conversation: Sequence[Spoken]) -> list[dict[str, list[float]]]:
    """For each turn, by topic, the probability of each of its sentences; only topics that may play a part in it."""
    smooth = [_smooth(spoken) for spoken in conversation]
    highest: dict[str, float] = {}
    for sentence in (sentence for turn in smooth for sentence in turn):
        for slug, likeness in sentence.items():
            highest[slug] = max(highest.get(slug, LEAST), likeness)
    result: list[dict[str, list[float]]] = []
    for spoken, turn in zip(conversation, smooth, strict=True):
        affinity = _affinity(turn, highest)
        unnamed = [slug for slug, values in affinity.items() if max(values) >= UNNAMED]
        nothing = [0.0] * len(turn)
        slugs = sorted({*spoken.names, *spoken.asked, *unnamed})
        result.append({slug: _probabilities(spoken, slug, affinity.get(slug, nothing)) for slug in slugs})
    return result


def _smooth(spoken: Spoken) -> list[dict[str, float]]:
    """The likeness of each sentence together with its neighbours in the turn; long sentences count more."""
    weights = [math.sqrt(words) for words in spoken.words]
    result: list[dict[str, float]] = []
    for at in range(len(weights)):
        near = range(max(0, at - 1), min(len(weights), at + 2))
        parts = {i: weights[i] * (1.0 if i == at else NEAR) for i in near}
        every = sum(parts.values())
        together: dict[str, float] = {}
        for i, part in parts.items():
            for slug, likeness in spoken.likeness[i].items():
                together[slug] = together.get(slug, 0.0) + likeness * part / every
        result.append(together)
    return result


def _affinity(turn: Sequence[Mapping[str, float]], highest: Mapping[str, float]) -> dict[str, list[float]]:
    """By topic, how near each sentence comes to the likest sentence of the topic and to its own likest topic.

    It is the geometric mean of the two (0 to 1). The first makes topics comparable whatever
    the length of their pages; the second keeps a topic whose page uses common words out of
    what is rather about another, or about nothing that has a page.
    """
    result: dict[str, list[float]] = {}
    for at, sentence in enumerate(turn):
        best = max(RIVAL, *sentence.values()) if sentence else RIVAL
        for slug, likeness in sentence.items():
            result.setdefault(slug, [0.0] * len(turn))[at] = likeness / math.sqrt(best * highest[slug])
    return result


def _probabilities(spoken: Spoken, slug: str, affinity: Sequence[float]) -> list[float]:
    result: list[float] = []
    names, named, asked = spoken.names.get(slug, {}), 0.0, spoken.asked.get(slug, 0.0)
    closing = len(affinity) - spoken.closing
    for at, value in enumerate(affinity):
        named = max(named * NAME_FADES, names.get(at, 0.0))
        sign = AFFINE * value + NAMED * named + ASKED * asked + TELLS * spoken.share + BIAS
        sign += ASKS if at >= closing else 0.0
        asked *= QUESTION_FADES
        result.append(1 / (1 + math.exp(-sign)))
    return result
