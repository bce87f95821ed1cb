"""Choose the sentence to ask about, so that the answer settles as much as possible about who speaks."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from talkbook.drafting import speaker_attribution
from talkbook.drafting.speaker_attribution import Sentences, SpeakerAttribution
from talkbook.drafting.speaker_crf import Floats
from talkbook.drafting.speaker_panels import PanelTurns

SETTLED = 0.98  # probability from which the answers settle who speaks
ENOUGH = 0.004  # share of the characters expected to be wrong, below which nothing more is asked
_HOURLY, _HOUR, _FEW = 20, 55_000, 5  # answers per hour of talk; its characters; answers that may always be asked for
_CANDIDATES = 12  # sentences that are compared for each question
_AROUND = 4  # sentences on either side that count as settled together


@dataclass(frozen=True, slots=True)
class SpeakerQuestion:
    """Who says the sentence with this index? worth: the expected number of characters that the answer settles."""

    sentence: int
    worth: float


def most(read: Sentences) -> int:
    """Return the largest number of answers to ask for at a time; each settles less than the one before."""
    return max(_FEW, _HOURLY * sum(end - start for start, end in read.spans) // _HOUR)


def ask(
    read: Sentences, answers: Mapping[int, int], skipped: Collection[int] = ()
) -> tuple[SpeakerAttribution, SpeakerQuestion | None]:
    """Return who says what, given the answers, and the next question, or None if enough is settled.

    It asks about the sentence for which an answer is expected to leave the least doubt.

    answers: see speaker_attribution.find().
    skipped: sentences whose speaker nobody can tell, which aren't asked about again.
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
    """Return the index of the first sentence of the most doubtful turn, or None if enough is settled.

    An answer only settles its own turn; what else it makes probable remains a proposal. Turns within which the speaker
    probably changes aren't asked about, as one answer can't settle them.

    found: who says what among more than two people.
    asked: sentences whose turns aren't asked about again.
    """
    sizes = np.bincount(found.turns, [end - start for start, end in read.spans])
    doubt = np.where(found.mixed, 0.0, 1 - found.sure) * sizes
    doubt[found.turns[list(asked)]] = 0.0
    return int(np.argmax(found.turns == np.argmax(doubt))) if doubt.sum() > ENOUGH * sizes.sum() else None


def _doubt(first: Floats) -> Floats:
    """Return the probability that the more probable speaker is the wrong one."""
    return np.minimum(first, 1 - first)


def _candidates(doubt: Floats, asked: Collection[int]) -> list[int]:
    """Return the sentences around which there is most doubt, none near another."""
    around = np.convolve(doubt, np.ones(2 * _AROUND + 1))[_AROUND:-_AROUND] + doubt
    around[list(asked)] = 0.0
    found: list[int] = []
    while len(found) < _CANDIDATES and (at := int(np.argmax(around))) not in found and around[at] > 0:
        found.append(at)
        around[max(0, at - _AROUND // 2) : at + _AROUND // 2 + 1] = 0.0
    return found
