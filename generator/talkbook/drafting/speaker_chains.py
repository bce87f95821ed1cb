"""Chains of a conditional random field (see speaker_crf) that learn the words of the two speakers of a conversation.

Words are learnt in turns with decoding (expectation maximisation; Dempster, Laird and Rubin 1977), which may reinforce
an error. So there are several chains, which use different halves of the words and trust differently in who asks. If
some marks may be missing, they begin with the best of several courses (labellings of all sentences) that were found by
random restarts, where it differs from the course to which the learnt weights lead.
"""

import numpy as np

from talkbook.drafting import speaker_crf
from talkbook.drafting.speaker_crf import Floats, Scores
from talkbook.drafting.speaker_style import SpeakerStyle

ROLES = np.array([0.3, 0.3, 1.0, 1.0])  # each chain's factor for scores of who asks, as in some pairs both ask
_HALVES = (False, True, False, True)  # the half of the words by which each chain distinguishes the two
# Factors for the scores in successive rounds of learning the two people's words, so that a first impression can be
# revised (deterministic annealing; Ueda and Nakano 1998).
_TRUSTED = (0.4, 0.6, 0.8, 1.0)
_SETTLED = 2  # further rounds, with all words
_RANDOM = 16  # random starts
# The same factor as ROLES for each start; half of the random ones ignore who asks.
_START_ROLES = np.concatenate([np.tile([0.0, 0.0, 0.5, 0.5], _RANDOM // 4), ROLES])
_STARTS = len(_START_ROLES)
_ASKS = 0.5  # factor for how much the learnt weights, rather than the two people's words, support a course
_CHANCE = 2.0  # standard deviation of the scores of a random start


def chains(learnt: Scores, own: Floats, marked: Floats, roles: Floats) -> Scores:
    """Return chains with additional scores for sentences and borders.

    learnt: the scores of the learnt weights, with a single column.
    own: shape (sentences, chains).
    marked: shape (sentences - 1,); see speaker_marks.scores().
    roles: shape (chains,); factors for the scores of who asks.
    """
    mean = (learnt.leaves + learnt.returns) / 2 + marked[:, None]
    apart = (learnt.leaves - learnt.returns) / 2 * roles
    return Scores(learnt.first * roles + own, mean + apart, mean - apart)


def with_missing_marks(
    learnt: Scores, known: Floats, style: SpeakerStyle, marked: Floats, start: Floats | None = None
) -> tuple[Scores, Floats]:
    """Return the chains of each hypothesis in turn, if marks may be missing, and the hypotheses' log likelihoods.

    The chains include what was learnt about each speaker's words. The likelihoods are averaged over these chains and
    the learnt weights alone, as the two err in different places.

    learnt, style: see SpeakerEvidence.
    known: shape (sentences, hypotheses); additional scores.
    marked: see chains().
    start: see best_start(); None if the chains begin with the learnt weights alone.
    """
    count = known.shape[1]
    repeated, roles = known.repeat(len(ROLES), 1), np.tile(ROLES, count)
    own = np.zeros((1, 1)) if start is None else style.scores(np.tile(start[:, None], len(roles)), _HALVES * count)
    scores = chains(learnt, repeated + own, marked, roles)
    for trust in _TRUSTED if start is None else _TRUSTED[-1:]:
        own = style.scores(speaker_crf.marginals(scores.tempered(trust))[1], _HALVES * count)
        scores = chains(learnt, repeated + own, marked, roles)
    likely = (speaker_crf.log_partition(scores) - own.sum(0) / 2).reshape(count, -1).mean(1)
    alone = speaker_crf.log_partition(chains(learnt, known, marked, np.ones(count)))
    return scores, (likely + alone) / 2


def best_start(learnt: Scores, known: Floats, style: SpeakerStyle, marked: Floats) -> Floats:
    """Return the probability that the first person says each sentence in the best of several courses.

    Most are found from random starts, some from the learnt weights. The best is the one that the words of the two
    people and the learnt weights support most.

    known: shape (sentences,); additional scores. For the other arguments, see with_missing_marks().
    """

    def decoded(own: Floats, trust: float) -> Floats:
        return speaker_crf.marginals(chains(learnt, known[:, None] + own, marked, _START_ROLES).tempered(trust))[1]

    chance = np.random.default_rng(7).normal(0, _CHANCE, (len(known), _STARTS))  # seeded, so drafts never change
    chance[:, _RANDOM:] = 0
    first = decoded(chance, 1.0)
    for trust in _TRUSTED:
        first = decoded(style.scores(first, _HALVES * (_STARTS // len(_HALVES))), trust)
    for _ in range(_SETTLED):
        first = decoded(style.scores(first, [None] * _STARTS), 1.0)
    asks = (learnt.first[:, 0] + known) @ (2 * first - 1)  # log odds that the first person asks more
    asks += (learnt.leaves - learnt.returns)[:, 0] @ (first[:-1] - first[1:])
    words = (style.scores(first, [None] * _STARTS) * (2 * first - 1)).sum(0)
    best = int(np.argmax(words + _ASKS * np.abs(asks)))
    return first[:, best] if asks[best] > 0 else 1 - first[:, best]
