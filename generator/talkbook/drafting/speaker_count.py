"""Whether more than two people speak, as far as the words, the names and the marks of a conversation show."""

import re
from collections.abc import Sequence

import numpy as np

from talkbook.drafting import speaker_names, speaker_odds
from talkbook.drafting.speaker_decoder import DecodedSpeakers
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
SURE = 1.0  # logarithm of the odds from which more than two are taken to speak: of two, everything would stay open
_TWO = 2  # people
_LEAST = 2.0  # weight of names from which each counts


def many(texts: Sequence[str], people: People, decoded: DecodedSpeakers) -> bool:
    """Whether more than two people probably speak: names tell of more, or other signs do. The arguments are as of
    signs()."""
    told = np.dot(speaker_odds.shipped().several, signs(texts, people, decoded))
    return speaker_names.count(people) > _TWO or float(told) > SURE


def signs(texts: Sequence[str], people: People, decoded: DecodedSpeakers) -> list[float]:
    """What tells a conversation of more than two people from one of two, in the order of the weights.

    texts: of the sentences. people: whom they name. decoded: who would say what if there were two. Then the names fit
    one course, and turns that are all marked go back and forth.
    """
    spoken = sum(float(np.log1p(sum(map(bool, map(pattern.search, texts))))) for pattern in _GROUPS)
    gain = float(decoded.likelihoods.max() - decoded.likelihoods[0])  # by names
    weights = speaker_names.presence(people)
    third = float(np.log1p(sum(weights[_TWO : _TWO + 1])))
    return [1.0, third, spoken, gain / max(sum(weights), _LEAST), decoded.complete]
