"""Whether more than two people speak, as far as the words, the names and the marks of a conversation show."""

import re
from collections.abc import Sequence

import numpy as np

from talkbook.drafting import speaker_names
from talkbook.drafting.speaker_crf import Bools, Floats
from talkbook.drafting.speaker_decoder import SpeakerEvidence
from talkbook.drafting.speaker_names import People

_GROUPS = (  # who speaks to several, for several, or of others who are there; each by itself, in a sentence
    re.compile(r"\b(?:both of you|you (?:both|two|three)|(?:either|one|each|two|three) of you)\b", re.IGNORECASE),
    re.compile(
        r"\b(?:join(?:ing|ed|s) us|having us|welcom\w+ us|with us today|talk(?:ing)? to us|coming on)\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:co-?hosts?|panel(?:ists?)?|our guests|go first|(?:three|four) of us|joined by"
        r"|also joined)\b",
        re.IGNORECASE,
    ),
)
# Logistic regressions on 188 conversations of two and 144 of more, of other shows than those that the benchmark tries.
_WEIGHTS = -4.34, 0.87, 1.75, 1.49, -3.71, -2.8
_WEIGHTS_UNMARKED = -3.75, 0.86, 1.63, 0.2
_SURE = 2.0  # logarithm of the odds from which more than two are taken to speak
_SURE_NAMED = -4.0  # the same where names tell of three, some of whom may only be spoken to
_TWO = 2  # people
_FEW = 60  # sentences from which two or more can be told apart by their words
_CLEAR = 1.0  # logarithm of the odds of a change of speaker, from which one is likely where no mark stands
_LEAST = 0.1  # agreement with the likeliest course, below which it is no measure


def many(texts: Sequence[str], people: People, evidence: SpeakerEvidence, marks: Bools, first: Floats | None) -> bool:
    """Whether more than two people probably speak. The arguments are as of signs()."""
    several = speaker_names.count(people) > _TWO
    if first is None or len(texts) < _FEW:
        told = np.dot(_WEIGHTS_UNMARKED, signs(texts, people, evidence, marks, None))
        return several or float(told) > _SURE
    told = np.dot(_WEIGHTS, signs(texts, people, evidence, marks, first))
    return float(told) > (_SURE_NAMED if several else _SURE)


def signs(
    texts: Sequence[str], people: People, evidence: SpeakerEvidence, marks: Bools, first: Floats | None
) -> list[float]:
    """What tells a conversation of two from one of more, in the order of the weights.

    texts: of the sentences. first: of each sentence, how probable it is that the first of two says it; None where there
    are no marks.
    """
    spoken = sum(float(np.log1p(sum(map(bool, map(pattern.search, texts))))) for pattern in _GROUPS)
    named = [1.0, float(speaker_names.count(people) > 1), spoken]
    if first is None:
        return [*named, float(np.log(len(texts)))]
    doubt = float(np.minimum(first, 1 - first).mean())
    turns = np.where(np.cumsum([False, *marks]) % 2, 0.0, 1.0)
    agreeing = max(evidence.style.agreement(first), _LEAST)
    change = (evidence.learnt.leaves + evidence.learnt.returns)[:, 0] / 2
    missing = (change[~marks] > _CLEAR).sum() / marks.sum()
    return [
        *named,
        float(np.log(doubt + 0.02)),
        evidence.style.agreement(turns) / agreeing,
        float(np.log(missing + 0.03)),
    ]
