"""Judge the marks of a file: whether they are at every change of speaker, at some changes, or anywhere."""

import math

import numpy as np

from talkbook.drafting import speaker_crf, speaker_odds
from talkbook.drafting.speaker_crf import Bools, Floats, Scores
from talkbook.drafting.speaker_style import SpeakerStyle

_MISSING = 0.2  # share of changes without a mark, if some are missing
_FALSE = {0.001: 1.0, 0.03: 1e-8, 0.1: 1e-9}  # share of other borders that have a mark -> prior probability
_PARAGRAPHS = {  # (share of changes without a paragraph, share of other borders with one) -> prior probability
    (missing, false): 0.05 for missing in (0.002, 0.1, 0.3) for false in (0.001, 0.03, 0.1, 0.2)
}
_UNRELATED = 0.4  # prior probability that paragraphs are unrelated to who speaks
_ALL = 1e-6  # share of missing marks that stands for none
_SURE = 20.0  # score of a change at each mark if none is missing; only an answer outweighs it
_FEW = 60  # sentences from which half of each speaker's words can be learnt


def scores(learnt: Scores, marks: Bools, *, paragraphs: bool) -> Floats:
    """Return the score for a change at each border, given its mark or the lack of one, if marks may be missing.

    The most probable shares of missing and false marks are assumed. All scores are 0 if there are no marks, or if they
    are paragraphs that are probably unrelated to who speaks.

    learnt: the scores of the words, with a single column.
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


def all_marked(marks: Bools) -> Floats:
    """Return the same if there is a mark at every change and nowhere else."""
    return np.where(marks, _SURE, -_SURE)


def complete(learnt: Scores, style: SpeakerStyle, first: Floats, otherwise: Floats, marks: Bools) -> float:
    """Return the probability that every change is marked. For the arguments, see features()."""
    odds = np.dot(speaker_odds.shipped().complete, features(learnt, style, first, otherwise, marks))
    return float(1 / (1 + np.exp(-np.clip(odds, -50, 50))))


def features(learnt: Scores, style: SpeakerStyle, first: Floats, otherwise: Floats, marks: Bools) -> list[float]:
    """Return the features that every change is marked, in the order of SpeakerOdds.complete.

    If the two don't alternate at the marks, their words agree less with `first` than with `otherwise`, and some borders
    within turns look like changes.

    learnt, style: see SpeakerEvidence.
    first: shape (sentences,); the probability that the first person says each sentence, if every change is marked.
    otherwise: the same if marks may be missing.
    """
    own = style.scores(first[:, None], [None])
    with_style = Scores(learnt.first + own, learnt.leaves, learnt.returns)
    some, none = (
        _total(with_style, _scores(marks, missing, 0.001)) + marks.sum() * math.log1p(-missing)
        for missing in (_MISSING, _ALL)
    )
    gain = (some - none) / marks.sum()  # how much better missing marks explain the words
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
