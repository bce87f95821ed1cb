"""Infer who says each marked turn of a conversation between more than two people, as far as names allow.

A sentence that names somebody shows who speaks around it: "Ada, what do you think?" hands over to Ada, "thanks, Ada"
follows what she said. The turns between are decoded by a hidden Markov model, whose states are the people who are often
named, and one more for anybody else. It knows that a turn often goes back to the previous speaker (Sacks, Schegloff and
Jefferson 1974), how much each person asks, and which words each uses; the last two are learnt in turns with decoding
(expectation maximisation; Dempster, Laird and Rubin 1977).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from talkbook.drafting import sentence_features, speaker_odds
from talkbook.drafting.speaker_crf import CERTAIN, Bools, Floats, Ints
from talkbook.drafting.speaker_decoder import SpeakerEvidence
from talkbook.drafting.speaker_names import People
from talkbook.drafting.speaker_phrases import NameEvidence

_MOST = 5  # names
_SHARE = 0.5  # minimum evidence for a name, relative to the name with the most
_OTHERS = 0.5  # factor for a change to anybody else, relative to one with a name; once more for one among them
_STYLE, _ROLE = 0.7, 0.7  # factors for scores of words, and of who asks
_ROUNDS = 4  # of learning each person's words
_HALVES = (False, True)  # the half of the words that each of two models uses, whose results are averaged
_LARGEST_ROLE, _FEW, _LONG = 4.0, 5.0, 8.0  # limit of scores for asking; smoothing; limit of a turn's weight


@dataclass(frozen=True, slots=True)
class PanelTurns:
    """Who says each turn of a conversation between more than two people.

    names: of the people.
    turns: shape (sentences,); the index of each sentence's turn.
    likely: shape (turns, people + 1); the probability that each person says each turn; the last is anybody else.
    """

    names: Sequence[str]
    turns: Ints
    likely: Floats


def decode(
    texts: Sequence[str],
    marks: Bools,
    people: People,
    evidence: SpeakerEvidence,
    answers: Mapping[int, str] | None = None,
    known: Sequence[str] = (),
) -> PanelTurns:
    """Return who probably says each turn, in linear time.

    texts: of the sentences.
    marks: shape (sentences - 1,); whether a new turn starts between two sentences.
    people, evidence: see speaker_attribution.Sentences.
    answers: index of a sentence -> name of its speaker, or "" if it is none of the people.
    known: full names of people who are known to speak, which come first in the result. Evidence for a name belongs to
        whoever has it as a first name.
    """
    turns = np.cumsum([False, *marks])
    heads = {name.split()[0] for name in known}
    names = [*known, *(name for name in candidates(people, turns) if name.split()[0] not in heads)]
    settled = _answer_scores(names, turns, answers or {})
    around = _neighbour_scores(names, people, texts, turns)
    size = np.bincount(turns).astype(np.float64)
    asks = np.bincount(turns, np.clip(evidence.learnt.first[:, 0], -_LARGEST_ROLE, _LARGEST_ROLE)) / size
    likely = np.stack([_marginals(settled, around)] * len(_HALVES))
    for _ in range(_ROUNDS):
        for at, half in enumerate(_HALVES):
            style = evidence.style.panel_scores(likely[at], turns, half) / np.sqrt(size)[:, None]
            weight = np.minimum(size, _LONG)[:, None] * likely[at]
            roles = np.tanh((weight * asks[:, None]).sum(0) / (weight.sum(0) + _FEW))
            own = _STYLE * (style - style.mean(1, keepdims=True)) + _ROLE * (asks * np.sqrt(size))[:, None] * roles
            likely[at] = _marginals(settled + own, around)
    return PanelTurns(names, turns, likely.mean(0))


def candidates(people: People, turns: Ints) -> list[str]:
    """Return the names with evidence in several turns, at least half as much as for the most frequent one."""
    times = {name: len(told) for name, told in people.items() if len({turns[each.sentence] for each in told}) > 1}
    order = sorted(times, key=lambda name: (-times[name], name))
    return [name for name in order if times[name] >= _SHARE * times[order[0]]][:_MOST]


def _answer_scores(names: Sequence[str], turns: Ints, answers: Mapping[int, str]) -> Floats:
    """Return scores, of shape (turns, people + 1), that make the answers certain."""
    scores = np.zeros((int(turns[-1]) + 1, len(names) + 1))
    for sentence, name in answers.items():
        scores[turns[sentence]] = -CERTAIN
        scores[turns[sentence], names.index(name) if name else -1] = 0.0
    return scores


def _neighbour_scores(names: Sequence[str], people: People, texts: Sequence[str], turns: Ints) -> Floats:
    """Return the scores for who speaks before, in and after each turn, of shape (turns, before, in, after)."""
    count = len(names) + 1
    starts, ends = np.searchsorted(turns, turns, "left"), np.searchsorted(turns, turns, "right")
    odds = speaker_odds.shipped()
    scores = np.repeat(_transitions(count, odds.returns)[None], int(turns[-1]) + 1, axis=0)
    heads = [name.split()[0] for name in names]
    told_of = {name.split()[0]: told for name, told in people.items()}
    for number, head in enumerate(heads):
        for each in told_of.get(head, ()) if heads.count(head) == 1 else ():
            at = each.sentence
            where = odds.named[kind(each, texts[at], at - int(starts[at]), int(ends[at]) - at)]
            after, before, neither, here = np.log(where) - np.log(odds.anywhere)
            told = np.full((count, count, count), neither)
            told[number], told[:, :, number], told[:, number] = before, after, here
            scores[turns[at]] += told
    return scores


def kind(evidence: NameEvidence, text: str, before: int, left: int) -> str:
    """Return the kind of evidence as in SpeakerOdds.named, which depends on its place in the turn.

    text: the sentence.
    before: how many sentences of the turn precede it.
    left: how many are left, including itself.
    """
    first, last = before == 0 and left > 1, left <= 2
    if evidence.kind in ("says", "introduced"):
        return evidence.kind
    if first:
        return f"{evidence.kind} first"
    if last and sentence_features.asks(text):
        return "asked"
    return "addressed amid" if evidence.kind == "addressed" and not last else evidence.kind


def _transitions(count: int, returns: float) -> Floats:
    """Return the log prior of each next speaker, of shape (before, now, next); the last person is anybody else."""
    usual = np.full((count, count, count), (1 - returns) / max(count - 2, 1))
    one, other = np.ogrid[:count, :count]
    usual[one, other, one] = returns
    usual[:, :, -1] *= _OTHERS
    usual[:, -1, -1] *= _OTHERS
    people = np.arange(count - 1)
    usual[:, people, people] = np.exp(-CERTAIN)  # nobody follows themselves, as that would be one turn
    found: Floats = np.log(usual)
    return found


def _marginals(scores: Floats, around: Floats) -> Floats:
    """Return the probability of each person in each turn, by the forward-backward algorithm over pairs of speakers.

    scores: shape (turns, people).
    around: shape (turns, before, in, after).
    """
    count = len(scores)
    ahead, behind = np.empty(around.shape[:3]), np.zeros(around.shape[:3])
    ahead[0] = -CERTAIN
    ahead[0, -1] = scores[0]
    for at in range(1, count):
        ahead[at] = np.logaddexp.reduce(ahead[at - 1][:, :, None] + around[at - 1], axis=0) + scores[at]
    for at in range(count - 2, -1, -1):
        behind[at] = np.logaddexp.reduce(around[at] + scores[at + 1] + behind[at + 1], axis=2)
    both = ahead + behind
    likely: Floats = np.exp(both - np.logaddexp.reduce(both, axis=(1, 2), keepdims=True)).sum(1)
    return likely
