"""Estimate from words, names and marks whether more than two people speak."""

import re
from collections.abc import Sequence

import numpy as np

from talkbook.drafting import speaker_names, speaker_odds
from talkbook.drafting.speaker_decoder import DecodedSpeakers
from talkbook.drafting.speaker_names import People

_GROUPS = (  # addresses several people, speaks for several, or mentions others who are there
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
SURE = 1.0  # log odds above which more than two speak; a conversation of two taken for more would get no speakers
_TWO = 2  # people
_LEAST = 2  # minimum number of pieces of evidence by which the gain from names is divided


def more_than_two(texts: Sequence[str], people: People, decoded: DecodedSpeakers) -> bool:
    """Return whether more than two people probably speak, by their names or by other features.

    For the arguments, see features().
    """
    told = np.dot(speaker_odds.shipped().several, features(texts, people, decoded))
    return speaker_names.count(people) > _TWO or float(told) > SURE


def features(texts: Sequence[str], people: People, decoded: DecodedSpeakers) -> list[float]:
    """Return the features that more than two people speak, in the order of SpeakerOdds.several.

    If only two speak, their names fit what is decoded, and turns that are all marked alternate.

    texts: of the sentences.
    people: the evidence for names.
    decoded: who says what if only two people speak.
    """
    spoken = sum(float(np.log1p(sum(map(bool, map(pattern.search, texts))))) for pattern in _GROUPS)
    gain = float(decoded.likelihoods.max() - decoded.likelihoods[0])  # from names
    times = speaker_names.evidence_counts(people)
    third = float(np.log1p(sum(times[_TWO : _TWO + 1])))
    return [1.0, third, spoken, gain / max(sum(times), _LEAST), decoded.complete]
