"""What the marks of a file say of changes of speaker: whether one stands at every change, at some, or anywhere."""

import math

import numpy as np

from talkbook.drafting import speaker_crf, speaker_odds
from talkbook.drafting.speaker_crf import Bools, Floats, Scores
from talkbook.drafting.speaker_style import SpeakerStyle

_MISSING = 0.2  # share of the changes without a mark, where some are missing
_FALSE = {0.001: 1.0, 0.03: 1e-8, 0.1: 1e-9}  # share of other borders with one -> how probable that is beforehand
_PARAGRAPHS = {  # (share of changes without one, share of other borders with one) -> the same
    (missing, false): 0.05 for missing in (0.002, 0.1, 0.3) for false in (0.001, 0.03, 0.1, 0.2)
}
_UNRELATED = 0.4  # how probable it is beforehand that paragraphs have nothing to do with who speaks
_ALL = 1e-6  # share of missing marks that stands for none
_SURE = 20.0  # score of each mark for a change where none is missing; only a person's answer outweighs it
_FEW = 60  # sentences of which half of that can be learnt, as the words of each speaker are learnt from them


def scores(learnt: Scores, marks: Bools, *, paragraphs: bool) -> Floats:
    """At each border, how much its mark, or the lack of one, speaks for a change, where marks may be missing.

    learnt: what the words say, a column wide. The likeliest of the shares of missing and of false marks is taken. Zero
    where there are no marks, and where paragraphs have probably nothing to do with who speaks.
    """
    if not marks.any():
        return np.zeros(len(marks))
    best, found = -math.inf, np.zeros(len(marks))
    known = _PARAGRAPHS if paragraphs else {(_MISSING, false): prior for false, prior in _FALSE.items()}
    for (missing, false), prior in known.items():
        tried = _scores(marks, missing, false)
        worth = _total(learnt, tried) + float(np.where(marks, math.log(false), math.log1p(-false)).sum())
        if worth + math.log(prior) > best:
            best, found = worth + math.log(prior), tried
    share = min(float(marks.mean()), 0.99)
    chance = float(np.where(marks, math.log(share), math.log1p(-share)).sum())
    unrelated = _total(learnt, np.zeros(len(marks))) + chance + math.log(_UNRELATED)
    return np.zeros(len(marks)) if paragraphs and unrelated > best else found


def every(marks: Bools) -> Floats:
    """The same, where a mark stands at every change and nowhere else."""
    return np.where(marks, _SURE, -_SURE)


def complete(learnt: Scores, style: SpeakerStyle, first: Floats, otherwise: Floats, marks: Bools) -> float:
    """How probable it is that a mark stands at every change. The arguments are as of signs()."""
    odds = np.dot(speaker_odds.shipped().complete, signs(learnt, style, first, otherwise, marks))
    return float(1 / (1 + np.exp(-np.clip(odds, -50, 50))))


def signs(learnt: Scores, style: SpeakerStyle, first: Floats, otherwise: Floats, marks: Bools) -> list[float]:
    """What tells that a mark stands at every change, in the order of the weights.

    first: how probable it is that the first person says each sentence, if it were so; otherwise: the same if marks may
    be missing. Where the two don't take turns at the marks, their words agree less with first than with the other, and
    there are borders within turns that look like changes, and from each of them on the other one would be asking.
    """
    own = style.scores(first[:, None], [None])
    with_style = Scores(learnt.first + own, learnt.leaves, learnt.returns)
    some, none = (
        _total(with_style, _scores(marks, missing, 0.001)) + marks.sum() * math.log1p(-missing)
        for missing in (_MISSING, _ALL)
    )
    gain = (some - none) / marks.sum()  # of what missing marks explain better
    agreement = style.agreement(first)
    better = style.agreement(otherwise) - agreement
    learnt_of = len(first) / (len(first) + _FEW)
    return [gain, agreement * learnt_of, learnt_of, better * learnt_of**4]


def _scores(marks: Bools, missing: float, false: float) -> Floats:
    with_mark = math.log((1 - missing) / false)
    without = math.log(missing / (1 - false))
    found: Floats = np.where(marks, with_mark, without)
    return found


def _total(learnt: Scores, marked: Floats) -> float:
    together = Scores(learnt.first, learnt.leaves + marked[:, None], learnt.returns + marked[:, None])
    return float(speaker_crf.log_partition(together)[0])
