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

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float64]

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
_SLACK = 1e-6  # for rounding, where a bound is compared with what it bounds
LEAST = 0.05  # likeness that is next to none, even if no other sentence is liker


@dataclass(frozen=True, slots=True)
class Spoken:
    """One turn as the signs see it.

    words: of each sentence. names: by topic, by index of the sentence, how surely it is
    named (0 to 1). asked: by topic, how surely the question before names it. share: the
    speaker's words against those of who speaks most (0 to 1). closing: so many sentences
    at the end ask the next speaker.
    """

    words: Sequence[int]
    names: Mapping[str, Mapping[int, float]]
    asked: Mapping[str, float]
    share: float
    closing: int


def measure(
    conversation: Sequence[Spoken], likeness: Matrix, slugs: Sequence[str], least: float = 0.0
) -> list[dict[str, list[float]]]:
    """For each turn, by topic, the probability of each of its sentences; only topics that may play a part in it.

    likeness: of each sentence of the conversation (rows) to the page of each topic (columns, as in `slugs`).
    least: probability that a topic needs in some sentence of a turn; without it, it plays no part there.
    """
    affinity = _affinity(_smooth([spoken.words for spoken in conversation], likeness))
    column = {slug: at for at, slug in enumerate(slugs)}
    sign = math.log(least / (1 - least)) if least else -math.inf
    result: list[dict[str, list[float]]] = []
    first = 0
    for spoken in conversation:
        turn = affinity[first : first + len(spoken.words)]
        first += len(spoken.words)
        peaks = turn.max(axis=0, initial=0.0)
        unnamed = np.flatnonzero(peaks >= UNNAMED).tolist()
        wanted = sorted({*spoken.names, *spoken.asked, *(slugs[at] for at in unnamed)})
        wanted = [slug for slug in wanted if _ceiling(spoken, slug, peaks[column[slug]]) >= sign]
        values = turn[:, [column[slug] for slug in wanted]].T.tolist() if wanted else []
        result.append({slug: _probabilities(spoken, slug, each) for slug, each in zip(wanted, values, strict=True)})
    return result


def _ceiling(spoken: Spoken, slug: str, affinity: float) -> float:
    """What the signs add up to at most in a turn whose sentences have at most this affinity."""
    named = max(spoken.names.get(slug, {}).values(), default=0.0)
    asked = spoken.asked.get(slug, 0.0)
    return AFFINE * affinity + NAMED * named + ASKED * asked + TELLS * spoken.share + BIAS + _SLACK


def _smooth(turns: Sequence[Sequence[int]], likeness: Matrix) -> Matrix:
    """The likeness of each sentence together with its neighbours in the turn; long sentences count more."""
    own = np.sqrt([words for turn in turns for words in turn])
    if not own.size:
        return likeness
    begins = np.array([at == 0 for turn in turns for at in range(len(turn))])
    before = np.where(begins, 0.0, NEAR * np.roll(own, 1))[:, None]
    after = np.where(np.roll(begins, -1), 0.0, NEAR * np.roll(own, -1))[:, None]
    own = own[:, None]
    every = before + own + after
    result = np.zeros_like(likeness)
    result[1:] = likeness[:-1] * before[1:] / every[1:]
    result += likeness * own / every
    result[:-1] += likeness[1:] * after[:-1] / every[:-1]
    return result


def _affinity(smooth: Matrix) -> Matrix:
    """How near each sentence comes to the likest sentence of each topic and to its own likest topic.

    It is the geometric mean of the two (0 to 1). The first makes topics comparable whatever
    the length of their pages; the second keeps a topic whose page uses common words out of
    what is rather about another, or about nothing that has a page.
    """
    best = smooth.max(axis=1, initial=RIVAL)
    highest = smooth.max(axis=0, initial=LEAST)
    affinity: Matrix = smooth / np.sqrt(best[:, None] * highest)
    return affinity


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
