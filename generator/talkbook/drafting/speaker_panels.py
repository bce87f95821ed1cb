"""Infer who says each marked turn of a conversation between more than two people, as far as names allow.

The turns are decoded by a second-order hidden Markov model, whose states are the people who are named, and one more for
anybody else. It knows what names show (see speaker_panel_names), that a turn often goes back to the previous speaker
(Sacks, Schegloff and Jefferson 1974), how much each person asks, and which words each uses; the last two are learnt in
turns with decoding (expectation maximisation; Dempster, Laird and Rubin 1977). What is found depends on where that
starts. So there are several chains, which start from what names allow, drawn by chance, and the more probable ones
count for more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from talkbook.drafting import speaker_odds, speaker_panel_names
from talkbook.drafting.speaker_crf import CERTAIN, Bools, Floats, Ints
from talkbook.drafting.speaker_decoder import SpeakerEvidence
from talkbook.drafting.speaker_names import People
from talkbook.drafting.speaker_panel_style import PanelStyle

_CHAINS, _ROUNDS = 8, 6
_DRAWN = 0.7  # weight of a chain's own start, relative to what all have in common
_TEMPERATURE = 5.0  # difference of log likelihoods by which one chain counts e times as much as another
_GUEST = 0.3  # factor for the scores of who asks, for those who are greeted or introduce themselves
_LARGEST_ROLE, _FEW, _LONG = 4.0, 5.0, 8.0  # limit of scores for asking; smoothing; limit of a turn's weight
_CLIP = 1e-4  # a turn is at most as certain as this
_FITS = -3.0, 8.0  # limits of the fit of a name


@dataclass(frozen=True, slots=True)
class PanelTurns:
    """Who says each turn of a conversation between more than two people.

    names: of the people.
    turns: shape (sentences,); the index of each sentence's turn.
    likely: shape (turns, people + 1); the probability that each person says each turn, if the chains are to be trusted;
        the last is anybody else.
    fits: shape (people,); see speaker_panel_names.fits().
    sure: shape (turns,); the probability that the most probable one of the people says each turn, calibrated on other
        shows; 0 if it is anybody else, or if the turn is mixed.
    mixed: shape (turns,); whether the speaker probably changes within the turn.
    """

    names: Sequence[str]
    turns: Ints
    likely: Floats
    fits: Floats
    sure: Floats
    mixed: Bools


def decode(
    texts: Sequence[str],
    marks: Bools,
    people: People,
    evidence: SpeakerEvidence,
    answers: Mapping[int, str] | None = None,
    known: Sequence[str] = (),
) -> PanelTurns:
    """Return who probably says each turn, in time that is linear in the number of turns.

    texts: of the sentences.
    marks: shape (sentences - 1,); whether a new turn starts between two sentences.
    people, evidence: see speaker_attribution.Sentences.
    answers: index of a sentence -> name of its speaker, or "" if it is none of the people.
    known: full names of people who are known to speak, which come first in the result.
    """
    turns = np.cumsum([False, *marks])
    names = speaker_panel_names.candidates(people, known)
    named = speaker_panel_names.find(names, people, texts, turns)
    size = np.bincount(turns).astype(np.float64)
    around = speaker_panel_names.neighbours(len(names) + 1, named, len(size))
    asks = np.bincount(turns, np.clip(evidence.learnt.first[:, 0], -_LARGEST_ROLE, _LARGEST_ROLE)) / size
    roles = _GUEST * np.outer(asks.mean() - asks, speaker_panel_names.guests(names, named)) * np.sqrt(size)[:, None]
    settled = roles + _answer_scores(names, turns, answers or {})
    likely = _decoded(PanelStyle(evidence.style, turns), settled[:, :, None], around, asks, size)
    fits = speaker_panel_names.fits(len(names) + 1, named, likely)
    sure = 1 / (1 + np.exp(-features(likely, fits) @ speaker_odds.shipped().certain))
    sure[likely.argmax(1) == len(names)] = 0.0
    changes = (evidence.learnt.leaves + evidence.learnt.returns)[:, 0] > 0
    mixed = np.isin(np.arange(len(size)), turns[1:][changes & ~marks])
    sure[mixed] = 0.0
    for sentence, name in (answers or {}).items():
        sure[turns[sentence]] = float(name != "")
    return PanelTurns(names, turns, likely, fits, sure, mixed)


def features(likely: Floats, fits: Floats) -> Floats:
    """Return the features that the most probable person says a turn, shape (turns, features).

    They are in the order of SpeakerOdds.certain. For the arguments, see PanelTurns.
    """
    clipped = np.clip(likely.max(1), _CLIP, 1 - _CLIP)
    fit = np.clip(np.append(fits, 0.0), *_FITS)[likely.argmax(1)]
    return np.stack([np.ones(len(likely)), np.log(clipped / (1 - clipped)), fit], axis=1)


def _answer_scores(names: Sequence[str], turns: Ints, answers: Mapping[int, str]) -> Floats:
    """Return scores, of shape (turns, people + 1), that make the answers certain."""
    scores = np.zeros((int(turns[-1]) + 1, len(names) + 1))
    for sentence, name in answers.items():
        scores[turns[sentence]] = -2 * CERTAIN  # more certain than that nobody follows themselves
        scores[turns[sentence], names.index(name) if name else -1] = 0.0
    return scores


def _decoded(style: PanelStyle, settled: Floats, around: Sequence[Floats], asks: Floats, size: Floats) -> Floats:
    """Return the probability of each person in each turn, shape (turns, people), as the chains have it on average.

    settled: shape (turns, people, 1); scores from roles and answers.
    around: see speaker_panel_names.neighbours().
    asks: shape (turns,); how much each turn is like those of whoever asks.
    size: shape (turns,); the number of sentences.
    """
    ahead, totals = _forward(settled, around)
    common = _marginals(ahead, settled, around)
    drawn = _DRAWN * _drawn(ahead[:, 0], around) + (1 - _DRAWN) * common
    likely = np.concatenate([common, drawn], axis=2)
    weight = np.minimum(size, _LONG)[:, None, None]
    for _ in range(_ROUNDS):
        own = np.tanh((weight * likely * asks[:, None, None]).sum(0) / ((weight * likely).sum(0) + _FEW))
        scores = settled + style.scores(likely) + (asks * np.sqrt(size))[:, None, None] * own
        ahead, totals = _forward(scores, around)
        likely = _marginals(ahead, scores, around)
    shares = np.exp((totals - totals.max()) / _TEMPERATURE)
    found: Floats = likely @ (shares / shares.sum())
    return found


def _forward(scores: Floats, around: Sequence[Floats]) -> tuple[Floats, Floats]:
    """Return the probability of each pair of successive speakers given all up to the second one's turn, and the total.

    The first has the shape (turns, chains, before, in), the second, the log likelihoods, (chains,).

    scores: shape (turns, people, chains).
    around: see speaker_panel_names.neighbours().
    """
    turns, count, chains = scores.shape
    most = scores.max(1, keepdims=True)
    worth = np.exp(scores - most).transpose(0, 2, 1)
    totals = most.sum((0, 1))
    ahead = np.zeros((turns, chains, count, count))
    ahead[0, :, -1] = worth[0]
    for at in range(turns):
        if at:
            ahead[at] = np.einsum("cbi,bia->cia", ahead[at - 1], around[at - 1]) * worth[at, :, None]
        total = ahead[at].sum((1, 2))
        ahead[at] /= total[:, None, None]
        totals += np.log(total)
    return ahead, totals


def _marginals(ahead: Floats, scores: Floats, around: Sequence[Floats]) -> Floats:
    """Return the probability of each person in each turn, in the shape of `scores`.

    ahead: see _forward(), also for the other arguments.
    """
    worth = np.exp(scores - scores.max(1, keepdims=True)).transpose(0, 2, 1)
    behind = np.ones(ahead.shape[1:])
    likely = np.empty_like(worth)
    for at in range(len(scores) - 1, -1, -1):
        both = ahead[at] * behind
        likely[at] = both.sum(1) / both.sum((1, 2))[:, None]
        if at:
            behind = np.einsum("cin,bin->cbi", behind * worth[at][:, None], around[at - 1])
            behind /= behind.sum((1, 2), keepdims=True)
    found: Floats = likely.transpose(0, 2, 1)
    return found


def _drawn(ahead: Floats, around: Sequence[Floats]) -> Floats:
    """Return sequences of speakers, drawn by backward sampling, of shape (turns, people, chains).

    ahead: see _forward(), for a single chain.
    """
    chance = np.random.default_rng(0)  # seeded, so that the result never changes
    count = ahead.shape[1]
    before, now = np.divmod(chance.choice(count * count, _CHAINS - 1, p=ahead[-1].ravel()), count)
    drawn = np.empty((len(ahead), _CHAINS - 1), np.intp)
    drawn[-1] = now
    for at in range(len(ahead) - 2, -1, -1):
        following, now = now, before
        likely = ahead[at][:, now] * around[at][:, now, following]
        sums = np.cumsum(likely, axis=0)
        before = (chance.random(_CHAINS - 1) * sums[-1] < sums).argmax(0)
        drawn[at] = now
    return np.eye(count)[drawn].transpose(0, 2, 1)
