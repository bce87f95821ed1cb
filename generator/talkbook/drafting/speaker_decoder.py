"""Who of two says each sentence of a conversation, as far as its words and the marks of its file show.

Three kinds of evidence come together in a conditional random field over sentences (see speaker_crf): what is learnt of
other conversations of how one speaker ends and another begins, and of who asks; the marks of the file, of which some
may be missing; and the words that each of the two uses in this conversation, learnt from what was decoded so far, in
turns with it (Dempster, Laird and Rubin 1977). What is learnt so can talk itself into an error. So it is done several
times, with other halves of the words and with more or less trust in who asks, and as sure as they agree is the result.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources

import numpy as np

from talkbook.drafting import sentence_features, speaker_crf, speaker_marks, speaker_odds
from talkbook.drafting.speaker_crf import CERTAIN, Bools, Floats, Scores
from talkbook.drafting.speaker_style import SpeakerStyle

_ROLES = np.array([0.3, 0.3, 1.0, 1.0])  # of each chain: trust in who asks; some pairs of people ask alike
_HALVES = (False, True, False, True)  # of each chain: the half of the words by which it knows the two
_TRUSTED = (0.4, 0.6, 0.8, 1.0)  # how far scores are trusted in each of the rounds in which the words of the two are
# learnt: a first impression may be given up again (deterministic annealing, Ueda and Nakano 1998)
_MARKED_ROLES = 0.6  # trust in who asks where every change is marked
_LEAST_TRUST = 0.05
_CLEAREST = 0.99
_CLIP = 1e-6  # nothing but an answer is surer than this


@dataclass(frozen=True, slots=True)
class SpeakerWeights:
    """What `benchmarks/train_speakers.py` learnt.

    common: words that are met in conversations of all kinds. sentences: feature of a sentence -> its weight for the one
    who asks. borders: feature of a border -> its weights for the one who asks handing over, and for the other one.
    """

    common: frozenset[str]
    sentences: Mapping[str, float]
    borders: Mapping[str, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class SpeakerEvidence:
    """What the words of a conversation tell, before anything is known of who says them.

    learnt: what other conversations taught of its sentences and borders: a chain, one column wide. style: the words by
    which its own speakers may be known.
    """

    learnt: Scores
    style: SpeakerStyle


@dataclass(frozen=True, slots=True)
class DecodedSpeakers:
    """first: of each sentence, how probable it is that the first of two people says it: the one who asks more.

    given_first, given_second: the same as `first`, if the first one, or the second, says the sentence of each of the
    columns asked for. likelihoods: of each hypothesis, the logarithm of how likely it is, up to a constant.
    complete: how probable it is that a mark stands at every change.
    """

    first: Floats
    given_first: Floats
    given_second: Floats
    likelihoods: Floats
    complete: float = 0.0


@lru_cache(maxsize=1)
def weights() -> SpeakerWeights:
    """The weights that come with the package."""
    text = resources.files("talkbook.drafting").joinpath("data/speaker_weights.json").read_text("utf-8")
    data = json.loads(text)
    borders = {name: (leaves, returns) for name, (leaves, returns) in data["borders"].items()}
    return SpeakerWeights(frozenset(data["common"]), data["sentences"], borders)


def read(tokens: Sequence[Sequence[str]], asking: Sequence[bool]) -> SpeakerEvidence:
    """What the words tell. tokens, asking: of the sentences, as sentence_features has them."""
    return SpeakerEvidence(_learnt(tokens, asking), SpeakerStyle(tokens, asking))


def clearest_changes(evidence: SpeakerEvidence) -> float:
    """How clear a change of speaker is, as the logarithm of its odds, at the clearest hundredth of all borders between
    sentences, whatever marks there are."""
    mean = (evidence.learnt.leaves + evidence.learnt.returns) / 2
    return float(np.quantile(mean, _CLEAREST)) if mean.size else 0.0


def decode(
    evidence: SpeakerEvidence,
    marks: Bools,
    known: Floats,
    priors: Floats,
    *,
    paragraphs: bool = False,
    given: Sequence[int] = (),
) -> DecodedSpeakers:
    """Who says what in a conversation of two people, by the likeliest hypothesis, in time that grows with its length.

    marks: at each border between two sentences, whether the file marks a change there. known: of each sentence, a score
    for the first person that is known otherwise; a column for each hypothesis. priors: of each hypothesis, the
    logarithm of how probable it is beforehand. paragraphs: whether marks are only where paragraphs begin. given:
    numbers of the sentences that are columns of given_first and given_second.
    """
    learnt, style = evidence.learnt, evidence.style
    answers = np.where(np.abs(known[:, :1]) >= CERTAIN / 2, known[:, :1], 0.0)  # and not what was made of names
    marked = speaker_marks.scores(learnt, marks, paragraphs=paragraphs)
    some, likelihoods = _some_marked(learnt, known, style, marked)
    if paragraphs or not marks.any():
        return _answered(_together(some, style, likelihoods + priors, given), answers)
    roles, sure = np.array([_MARKED_ROLES]), speaker_marks.every(marks)
    first = _alternating(_with(learnt, answers, sure, roles), priors[:1], ()).first
    otherwise = _together(some, style, priors[:1], ()).first  # by the first hypothesis, that no names are known
    alone = _with(learnt, answers, np.zeros(len(marks)), roles)
    complete = speaker_marks.complete(alone, style, first, otherwise, marks)
    every = _with(learnt, known, sure, roles.repeat(known.shape[1]))
    likelihoods = complete * speaker_crf.log_partition(every) + (1 - complete) * likelihoods + priors
    one = _together(some, style, likelihoods, given)
    other = _alternating(every, likelihoods, given)
    mixed = DecodedSpeakers(
        (1 - complete) * one.first + complete * other.first,
        (1 - complete) * one.given_first + complete * other.given_first,
        (1 - complete) * one.given_second + complete * other.given_second,
        likelihoods,
        complete,
    )
    return _answered(mixed, answers)


def _answered(decoded: DecodedSpeakers, answers: Floats) -> DecodedSpeakers:
    """The same, with nothing surer than an answer."""
    first = np.where(answers[:, 0] == 0, decoded.first, answers[:, 0] > 0)
    return replace(decoded, first=first)


def likelihoods(evidence: SpeakerEvidence, marks: Bools, known: Floats, *, paragraphs: bool) -> Floats:
    """Of each column of `known`, the logarithm of how likely it is by what was learnt of other conversations.

    The arguments are as of decode().
    """
    marked = speaker_marks.scores(evidence.learnt, marks, paragraphs=paragraphs)
    return speaker_crf.log_partition(_with(evidence.learnt, known, marked, np.ones(known.shape[1])))


def _learnt(tokens: Sequence[Sequence[str]], asking: Sequence[bool]) -> Scores:
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


def _with(learnt: Scores, own: Floats, marked: Floats, roles: Floats) -> Scores:
    """The chain with what else is known of sentences and borders, a column for each trust in who asks."""
    mean = (learnt.leaves + learnt.returns) / 2 + marked[:, None]
    apart = (learnt.leaves - learnt.returns) / 2 * roles
    return Scores(learnt.first * roles + own, mean + apart, mean - apart)


def _some_marked(learnt: Scores, known: Floats, style: SpeakerStyle, marked: Floats) -> tuple[Scores, Floats]:
    """The chains where marks may be missing, with the words of each speaker, those of each hypothesis in turn; and how
    likely each hypothesis is, half by these and half by what was learnt alone: the two err in different places."""
    count = known.shape[1]
    repeated, roles = known.repeat(len(_ROLES), 1), np.tile(_ROLES, count)
    scores, own = _with(learnt, repeated, marked, roles), np.zeros(1)
    for trust in _TRUSTED:
        own = style.scores(speaker_crf.marginals(scores.tempered(trust))[1], _HALVES * count)
        scores = _with(learnt, repeated + own, marked, roles)
    likely = (speaker_crf.log_partition(scores) - own.sum(0) / 2).reshape(count, -1).mean(1)
    alone = speaker_crf.log_partition(_with(learnt, known, marked, np.ones(count)))
    return scores, (likely + alone) / 2


def _together(scores: Scores, style: SpeakerStyle, likelihoods: Floats, given: Sequence[int]) -> DecodedSpeakers:
    """What the chains of the likeliest hypothesis agree on, as sure as such a thing is right on shows that nothing was
    learnt of."""
    best = int(np.argmax(likelihoods)) * len(_ROLES)
    scores = scores.columns(slice(best, best + len(_ROLES)))
    first, one, two = speaker_crf.clamped(scores, given)
    for _ in range(2):  # what a chain calls the first person may be the second one of the others
        mean = (first - 0.5).mean(1, keepdims=True)
        turned = ((first - 0.5) * mean).sum(0) < 0
        first = np.where(turned, 1 - first, first)
        one, two = np.where(turned[:, None], 1 - two, one), np.where(turned[:, None], 1 - one, two)
    likely = np.clip(first[list(given)].T, 1e-9, 1 - 1e-9)  # of each chain and place
    one = np.einsum("icp,cp->ip", one, likely / likely.sum(0))
    two = np.einsum("icp,cp->ip", two, (1 - likely) / (1 - likely).sum(0))
    mean = first.mean(1)
    usual, more = speaker_odds.shipped().trust
    trust = max(usual + more * (style.agreement(mean) - 1), _LEAST_TRUST)
    return DecodedSpeakers(_calibrated(mean, trust), _calibrated(one, trust), _calibrated(two, trust), likelihoods)


def _calibrated(first: Floats, trust: float) -> Floats:
    """As probable as it turned out to be on shows that were left out: where the words of a conversation tell the two
    hardly apart, the course is wrong more often than it says."""
    clipped = np.clip(first, _CLIP, 1 - _CLIP)
    found: Floats = 1 / (1 + np.exp(-trust * np.log(clipped / (1 - clipped))))
    return found


def _alternating(every: Scores, likelihoods: Floats, given: Sequence[int]) -> DecodedSpeakers:
    """Who says what where every change is marked, by the likeliest hypothesis. Who is who may be open, and yet what
    belongs together is not: then the sentences that belong to the speaker of the middle one stand for whoever that
    probably is."""
    best = int(np.argmax(likelihoods))
    middle = len(every.first) // 2
    first, one, two = speaker_crf.clamped(every.columns(slice(best, best + 1)), [middle, *given])
    here = float(first[middle, 0])
    alike = here * one[:, 0, 0] + (1 - here) * (1 - two[:, 0, 0])
    if here < 0.5:
        alike = 1 - alike
    return DecodedSpeakers(alike, one[:, 0, 1:], two[:, 0, 1:], likelihoods)
