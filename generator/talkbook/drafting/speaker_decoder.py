"""Decode which of two people says each sentence, from the words and the marks of the file.

A conditional random field over sentences (see speaker_crf) combines three kinds of evidence: weights, learnt from other
conversations, for how one speaker ends and another begins, and for who asks; the marks of the file, some of which may
be missing; and the words that each of the two uses in this conversation. These are learnt by several chains (see
speaker_chains); the result is as certain as they agree.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources

import numpy as np

from talkbook.drafting import sentence_features, speaker_chains, speaker_crf, speaker_marks, speaker_odds
from talkbook.drafting.speaker_crf import CERTAIN, Bools, Floats, Scores
from talkbook.drafting.speaker_style import SpeakerStyle

_MARKED_ROLES = 0.6  # factor for scores of who asks if every change is marked; see speaker_chains.ROLES
_LEAST_TRUST = 0.05  # in what is decoded; see _calibrated()
_SAME = 0.9  # share of the sentences with the same speaker, from which two courses count as the same
_CLEAREST = 0.99  # quantile
_CLIP = 1e-6  # only an answer is more certain than this


@dataclass(frozen=True, slots=True)
class SpeakerWeights:
    """The weights that `benchmarks/train_speakers.py` learns.

    common: words that occur in conversations of all kinds.
    sentences: feature of a sentence -> weight for whoever asks.
    borders: feature of a border -> (weight for whoever asks handing over, weight for the other one handing over).
    """

    common: frozenset[str]
    sentences: Mapping[str, float]
    borders: Mapping[str, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class SpeakerEvidence:
    """What the words of a conversation reveal, before anything is known about who says them.

    learnt: the scores that result from the learnt weights, with a single column.
    style: the words by which the speakers may be distinguished.
    """

    learnt: Scores
    style: SpeakerStyle


@dataclass(frozen=True, slots=True)
class DecodedSpeakers:
    """Who says what. The first person is the one who asks more.

    first: shape (sentences,); the probability that the first person says each sentence.
    given_first, given_second: shape (sentences, len(given)); the same if the first, or the second, person says each of
        the given sentences; see decode().
    likelihoods: shape (hypotheses,); log likelihoods, up to a constant.
    complete: the probability that every change of speaker is marked.
    """

    first: Floats
    given_first: Floats
    given_second: Floats
    likelihoods: Floats
    complete: float = 0.0


@lru_cache(maxsize=1)
def weights() -> SpeakerWeights:
    """Return the weights that come with the package."""
    text = resources.files("talkbook.drafting").joinpath("data/speaker_weights.json").read_text("utf-8")
    data = json.loads(text)
    borders = {name: (leaves, returns) for name, (leaves, returns) in data["borders"].items()}
    return SpeakerWeights(frozenset(data["common"]), data["sentences"], borders)


def read(tokens: Sequence[Sequence[str]], asking: Sequence[bool]) -> SpeakerEvidence:
    """Return the evidence in the words of the sentences. tokens, asking: see sentence_features.of_sentences()."""
    return SpeakerEvidence(_learnt_scores(tokens, asking), SpeakerStyle(tokens, asking))


def clearest_changes(evidence: SpeakerEvidence) -> float:
    """Return the log odds of a change of speaker at the clearest hundredth of the borders, regardless of marks."""
    mean = (evidence.learnt.leaves + evidence.learnt.returns) / 2
    return float(np.quantile(mean, _CLEAREST)) if mean.size else 0.0


def find_start(evidence: SpeakerEvidence, marks: Bools, known: Floats, *, paragraphs: bool) -> Floats | None:
    """Return the probability that the first person says each sentence in the course with which decoding should start.

    The result is None if decoding from the learnt weights alone leads there anyway; and without marks, where random
    starts find nothing better.

    marks, paragraphs: see decode().
    known: shape (sentences,); additional scores for the first person, without those from names.
    """
    if paragraphs or not marks.any():
        return None
    learnt, style = evidence.learnt, evidence.style
    marked = speaker_marks.scores(learnt, marks, paragraphs=False)
    best = speaker_chains.best_start(learnt, known, style, marked)
    some, likelihoods = speaker_chains.with_missing_marks(learnt, known[:, None], style, marked)
    usual = _consensus(some, style, likelihoods, ()).first
    return best if same_speakers(best, usual) < _SAME else None


def same_speakers(one: Floats, other: Floats) -> float:
    """Return the share of the sentences for which two courses have the same speaker, whoever comes first in either.

    one, other: shape (sentences,); the probability that the first person says each sentence.
    """
    same = float(((one > 0.5) == (other > 0.5)).mean())
    return max(same, 1 - same)


def decode(
    evidence: SpeakerEvidence,
    marks: Bools,
    known: Floats,
    priors: Floats,
    *,
    start: Floats | None = None,
    paragraphs: bool = False,
    given: Sequence[int] = (),
) -> DecodedSpeakers:
    """Return who says what in a conversation of two people under the most likely hypothesis, in linear time.

    A hypothesis is a pair of names; the first one must be that no names are known.

    marks: shape (sentences - 1,); whether the file marks a change between two sentences.
    known: shape (sentences, hypotheses); additional scores for the first person, such as from names and answers.
    priors: shape (hypotheses,); log priors.
    start: see find_start().
    paragraphs: whether the marks are only paragraphs.
    given: indices of the sentences to which given_first and given_second refer.
    """
    learnt, style = evidence.learnt, evidence.style
    answers = np.where(np.abs(known[:, :1]) >= CERTAIN / 2, known[:, :1], 0.0)  # without scores from names
    marked = speaker_marks.scores(learnt, marks, paragraphs=paragraphs)
    some, likelihoods = speaker_chains.with_missing_marks(learnt, known, style, marked, start)
    if paragraphs or not marks.any():
        return _with_answers(_consensus(some, style, likelihoods + priors, given), answers)
    roles, sure = np.array([_MARKED_ROLES]), speaker_marks.all_marked(marks)
    first = _decode_marked(speaker_chains.chains(learnt, answers, sure, roles), priors[:1], ()).first
    otherwise = _consensus(some, style, priors[:1], ()).first  # without names
    alone = speaker_chains.chains(learnt, answers, np.zeros(len(marks)), roles)
    complete = speaker_marks.complete(alone, style, first, otherwise, marks)
    every = speaker_chains.chains(learnt, known, sure, roles.repeat(known.shape[1]))
    likelihoods = complete * speaker_crf.log_partition(every) + (1 - complete) * likelihoods + priors
    one = _consensus(some, style, likelihoods, given)
    other = _decode_marked(every, likelihoods, given)
    mixed = DecodedSpeakers(
        (1 - complete) * one.first + complete * other.first,
        (1 - complete) * one.given_first + complete * other.given_first,
        (1 - complete) * one.given_second + complete * other.given_second,
        likelihoods,
        complete,
    )
    return _with_answers(mixed, answers)


def _with_answers(decoded: DecodedSpeakers, answers: Floats) -> DecodedSpeakers:
    """Return the result with the answers, which are certain."""
    first = np.where(answers[:, 0] == 0, decoded.first, answers[:, 0] > 0)
    return replace(decoded, first=first)


def likelihoods(evidence: SpeakerEvidence, marks: Bools, known: Floats, *, paragraphs: bool) -> Floats:
    """Return the log likelihood of each hypothesis by the learnt weights alone. For the arguments, see decode()."""
    marked = speaker_marks.scores(evidence.learnt, marks, paragraphs=paragraphs)
    return speaker_crf.log_partition(speaker_chains.chains(evidence.learnt, known, marked, np.ones(known.shape[1])))


def _learnt_scores(tokens: Sequence[Sequence[str]], asking: Sequence[bool]) -> Scores:
    known = weights()
    one = [
        sum(known.sentences.get(name, 0.0) for name in found)
        for found in sentence_features.of_sentences(tokens, asking, known.common)
    ]
    between = [
        tuple(map(sum, zip((0.0, 0.0), *(known.borders[name] for name in found if name in known.borders), strict=True)))
        for found in sentence_features.of_borders(tokens, asking, known.common)
    ]
    pairs = np.array(between, np.float64).reshape(-1, 2)
    return Scores(np.array(one)[:, None], pairs[:, :1], pairs[:, 1:])


def _consensus(scores: Scores, style: SpeakerStyle, likelihoods: Floats, given: Sequence[int]) -> DecodedSpeakers:
    """Return the mean of the most likely hypothesis's chains, calibrated by how often they are right on other shows."""
    best = int(np.argmax(likelihoods)) * len(speaker_chains.ROLES)
    scores = scores.columns(slice(best, best + len(speaker_chains.ROLES)))
    first, one, two = speaker_crf.clamped(scores, given)
    for _ in range(2):  # one chain's first person may be another's second
        mean = (first - 0.5).mean(1, keepdims=True)
        turned = ((first - 0.5) * mean).sum(0) < 0
        first = np.where(turned, 1 - first, first)
        one, two = np.where(turned[:, None], 1 - two, one), np.where(turned[:, None], 1 - one, two)
    likely = np.clip(first[list(given)].T, 1e-9, 1 - 1e-9)  # shape (chains, given)
    one = np.einsum("icp,cp->ip", one, likely / likely.sum(0))
    two = np.einsum("icp,cp->ip", two, (1 - likely) / (1 - likely).sum(0))
    mean = first.mean(1)
    usual, more = speaker_odds.shipped().trust
    trust = max(usual + more * (style.agreement(mean) - 1), _LEAST_TRUST)
    return DecodedSpeakers(_calibrated(mean, trust), _calibrated(one, trust), _calibrated(two, trust), likelihoods)


def _calibrated(first: Floats, trust: float) -> Floats:
    """Return calibrated probabilities: the log odds are multiplied by `trust`, which is low if the two talk alike."""
    clipped = np.clip(first, _CLIP, 1 - _CLIP)
    found: Floats = 1 / (1 + np.exp(-trust * np.log(clipped / (1 - clipped))))
    return found


def _decode_marked(every: Scores, likelihoods: Floats, given: Sequence[int]) -> DecodedSpeakers:
    """Return who says what under the most likely hypothesis if every change is marked.

    Even if it is open who is who, it is clear which sentences have the same speaker. So those that share the speaker of
    the middle sentence are attributed to whoever that probably is.
    """
    best = int(np.argmax(likelihoods))
    middle = len(every.first) // 2
    first, one, two = speaker_crf.clamped(every.columns(slice(best, best + 1)), [middle, *given])
    here = float(first[middle, 0])
    alike = here * one[:, 0, 0] + (1 - here) * (1 - two[:, 0, 0])
    if here < 0.5:
        alike = 1 - alike
    return DecodedSpeakers(alike, one[:, 0, 1:], two[:, 0, 1:], likelihoods)
