"""Which sentence to ask about, so that the answer settles most of who speaks."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from talkbook.drafting import speaker_attribution
from talkbook.drafting.speaker_attribution import Sentences, SpeakerAttribution
from talkbook.drafting.speaker_crf import Floats
from talkbook.drafting.speaker_panels import PanelTurns

SETTLED = 0.98  # how probable a speaker must be to be taken as settled by the answers
ENOUGH = 0.004  # share of the characters that are expected to be wrong, below which nothing more is asked
_HOURLY, _HOUR, _FEW = 20, 55_000, 5  # answers for an hour of talk, in characters; answers that are always asked for
_CANDIDATES = 12  # sentences whose worth is reckoned for each question
_AROUND = 4  # sentences on either side that are asked about together


@dataclass(frozen=True, slots=True)
class SpeakerQuestion:
    """Who says the sentence with this number? worth: characters that are expected to be settled by the answer."""

    sentence: int
    worth: float


def most(read: Sentences) -> int:
    """How many answers are asked for at one time: what they settle grows less with each."""
    return max(_FEW, _HOURLY * sum(end - start for start, end in read.spans) // _HOUR)


def ask(
    read: Sentences, answers: Mapping[int, int], skipped: Collection[int] = ()
) -> tuple[SpeakerAttribution, SpeakerQuestion | None]:
    """(who says what by the answers so far, and what to ask next, None where it is enough).

    answers: as of speakers.find(). skipped: sentences that nobody can tell, which are not asked about again.
    """
    finding = speaker_attribution.find(read, answers)
    sizes = np.array([end - start for start, end in read.spans], np.float64)
    doubt = _doubt(finding.decoded.first) * sizes
    if doubt.sum() <= ENOUGH * sizes.sum():
        return finding, None
    candidates = _candidates(doubt, {*answers, *skipped})
    if not candidates:
        return finding, None
    course = speaker_attribution.find(read, answers, candidates).decoded
    likely = course.first[candidates]
    left = likely * (_doubt(course.given_first) * sizes[:, None]).sum(0)
    left += (1 - likely) * (_doubt(course.given_second) * sizes[:, None]).sum(0)
    best = int(np.argmin(left))
    return finding, SpeakerQuestion(candidates[best], float(doubt.sum() - left[best]))


def ask_of_several(read: Sentences, found: PanelTurns, asked: Collection[int]) -> int | None:
    """The first sentence of the turn of which most is expected to be settled by an answer, None where it is enough.

    found: who says what of more than two people. asked: sentences of turns that are not asked about again. One answer
    is only about its own turn: what else it makes probable is a proposal.
    """
    sizes = np.bincount(found.turns, [end - start for start, end in read.spans])
    doubt = (1 - found.likely[:, :-1].max(1, initial=0.0)) * sizes
    doubt[found.turns[list(asked)]] = 0.0
    return int(np.argmax(found.turns == np.argmax(doubt))) if doubt.sum() > ENOUGH * sizes.sum() else None


def _doubt(first: Floats) -> Floats:
    """How probable it is that the likelier speaker is the wrong one."""
    return np.minimum(first, 1 - first)


def _candidates(doubt: Floats, asked: Collection[int]) -> list[int]:
    """The sentences around which there is most doubt, apart from one another."""
    around = np.convolve(doubt, np.ones(2 * _AROUND + 1), "same") + doubt
    around[list(asked)] = 0.0
    found: list[int] = []
    while len(found) < _CANDIDATES and (at := int(np.argmax(around))) not in found and around[at] > 0:
        found.append(at)
        around[max(0, at - _AROUND // 2) : at + _AROUND // 2 + 1] = 0.0
    return found
