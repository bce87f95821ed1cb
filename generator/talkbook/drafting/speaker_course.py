"""Who of two says each sentence of a conversation, as far as its words and the marks of its file show.

Three kinds of evidence come together in one chain of sentences (see speaker_chain): what is learnt of other
conversations of how one speaker ends and another begins, and of who asks; the marks of the file, of which some may be
missing; and the words that each of the two uses in this conversation, learnt from the course found so far.
"""

import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

import numpy as np

from talkbook.drafting import sentence_features, speaker_chain
from talkbook.drafting.speaker_chain import Bools, Floats, Scores

_BORDERS = 0.7  # of the learnt weight of borders, which are surer of the shows that they were learnt of than of others
_ASKING = 0.85  # the same of who asks, where no mark shows it
_ROLES = {0.0: 0.2, 0.35: 0.3, 0.7: 0.5}  # how far the two differ in asking -> how probable that is beforehand
_MARKS = {  # (share of changes without a mark, share of other borders with one) -> the same
    (missing, false): often * seldom
    for missing, often in {0.002: 0.6, 0.06: 0.08, 0.13: 0.12, 0.22: 0.14, 0.4: 0.06}.items()
    for false, seldom in {0.001: 0.97, 0.02: 0.03}.items()
}
_PARAGRAPHS = {(missing, false): 0.05 for missing in (0.002, 0.1, 0.3) for false in (0.001, 0.03, 0.1, 0.2)}
_UNRELATED = 0.4  # how probable it is beforehand that paragraphs have nothing to do with who speaks
_ALL_MARKED = 20.0  # score of each mark for a change where none is missing; only a person's answer outweighs it
_ALL, _SOME = 1e-6, 0.2  # shares of missing marks that are compared to tell whether any is missing
_APART = 0.7  # how far the two differ in asking in that comparison
_LIMIT, _SLOPE = -0.13, 25.0  # of that comparison for each mark: where both are as probable; how fast it turns
_CHANCE = 0.03  # of that comparison: what each border without a mark adds that looks like a change by chance
_LIKELY = 0.02  # what is less probable than this is left out
_ROUNDS = 3  # in which the two speakers' words are learnt
_STYLE = 0.6  # of the weight that words would have if each sentence's were independent
_SMOOTHING = 30.0  # words of the whole conversation with which each speaker's are mixed
_RARE = 2  # sentences with a word, below which it tells nothing
_PLACES = 5  # sentences from which the others are compared
_FIRST = 1.0  # greatest weight of one word


class _Marking(NamedTuple):
    """An assumption of how a conversation is marked, and how far its two speakers differ in who asks.

    missing: share of the changes that have no mark; None where marks tell nothing. false: share of the other borders
    that have one, or of all.
    """

    missing: float | None
    false: float
    roles: float
    prior: float = 1.0


@dataclass(frozen=True, slots=True)
class SpeakerCourse:
    """first: of each sentence, how probable it is that the first of two people says it: the one who asks more.

    given_first, given_second: the same as `first`, if the first one, or the second, says the sentence of each of the
    columns asked for.
    """

    first: Floats
    given_first: Floats
    given_second: Floats


def find(
    tokens: Sequence[Sequence[str]],
    asking: Sequence[bool],
    marks: Bools,
    told: Floats | None = None,
    *,
    paragraphs: bool = False,
    given: Sequence[int] = (),
) -> SpeakerCourse:
    """The course of a conversation of two people, in time that grows with its length.

    tokens, asking: of its sentences, as sentence_features has them. marks: at each border between two of them, whether
    the file marks a change there. paragraphs: whether they are only where paragraphs begin. told: of each sentence, a
    score for the first person that is known otherwise. given: numbers of the sentences that are columns of given_first
    and given_second.
    """
    learnt = _learnt(tokens, asking)
    own = np.zeros(len(tokens)) if told is None else told
    counts = _words(tokens)
    assumed = _assumptions(marks, paragraphs=paragraphs)
    first = np.full(len(tokens), 0.5)
    complete = 0.0
    if len(assumed) > 1 and not paragraphs:
        complete = _complete(learnt, np.zeros(len(tokens)) if told is None else told, marks)
    if len(assumed) > 1:  # whether marks are missing is judged by words that were learnt without them
        own = _unmarked(learnt, own, counts, told)
    for at in range(_ROUNDS + 1):
        weighed = _weigh(learnt, own, marks, assumed, complete)
        scores, shares = _scores(learnt, own, marks, list(weighed)), np.array(list(weighed.values()))
        first = _first(scores, shares)
        if at < _ROUNDS:
            own = _style(counts, first) + (0.0 if told is None else told)
    return SpeakerCourse(first, *_given(scores, shares, given))


def _unmarked(learnt: Scores, own: Floats, counts: "_Words", told: Floats | None) -> Floats:
    nothing = np.zeros(len(learnt.leaves), np.bool_)
    for _ in range(_ROUNDS):
        first = _first(_scores(learnt, own, nothing, [_Marking(None, 0.0, _ASKING)]), np.ones(1))
        own = _style(counts, first) + (0.0 if told is None else told)
    return own


@lru_cache(maxsize=1)
def weights() -> tuple[Mapping[str, float], Mapping[str, tuple[float, float]]]:
    """(feature of a sentence -> its weight for the first person; feature of a border -> its weights for the first
    person handing over and for the second), as `benchmarks/train_speakers.py` learnt them."""
    text = resources.files("talkbook.drafting").joinpath("data/speaker_weights.json").read_text("utf-8")
    data = json.loads(text)
    return data["sentences"], {name: (leaves, returns) for name, (leaves, returns) in data["borders"].items()}


def _learnt(tokens: Sequence[Sequence[str]], asking: Sequence[bool]) -> Scores:
    first, borders = weights()
    one = [sum(first.get(name, 0.0) for name in found) for found in sentence_features.of_sentences(tokens, asking)]
    between = [
        tuple(map(sum, zip((0.0, 0.0), *(borders[name] for name in found if name in borders), strict=True)))
        for found in sentence_features.of_borders(tokens, asking)
    ]
    pairs = np.array(between, np.float64).reshape(-1, 2)
    return Scores(np.array(one), pairs[:, 0], pairs[:, 1])


def _scores(learnt: Scores, own: Floats, marks: Bools, assumed: Sequence[_Marking]) -> Scores:
    """The scores of a chain for each of the assumptions, side by side."""
    roles = np.array([each.roles for each in assumed])
    marked = np.stack([_marked(each, marks) for each in assumed], axis=1)
    mean = _BORDERS * (learnt.leaves + learnt.returns)[:, None] / 2 + marked
    apart = (learnt.leaves - learnt.returns)[:, None] / 2 * roles
    return Scores(learnt.first[:, None] * roles + own[:, None], mean + apart, mean - apart)


def _marked(assumed: _Marking, marks: Bools) -> Floats:
    """At each border, how much its mark, or the lack of one, speaks for a change."""
    if assumed.missing is None:
        return np.zeros(len(marks))
    if assumed.missing == 0:
        return np.where(marks, _ALL_MARKED, -_ALL_MARKED)
    with_mark = math.log((1 - assumed.missing) / assumed.false)
    without = math.log(assumed.missing / (1 - assumed.false))
    found: Floats = np.where(marks, with_mark, without)
    return found


def _assumptions(marks: Bools, *, paragraphs: bool) -> Sequence[_Marking]:
    if not marks.any():
        return [_Marking(None, 0.0, _ASKING)]
    grid = _PARAGRAPHS if paragraphs else _MARKS
    every = [
        _Marking(missing, false, roles, prior * often)
        for (missing, false), prior in grid.items()
        for roles, often in _ROLES.items()
    ]
    share = min(float(marks.mean()), 0.99)
    return [*every, _Marking(None, share, _ASKING, _UNRELATED)] if paragraphs else every


def _complete(learnt: Scores, told: Floats, marks: Bools) -> float:
    """How probable it is that a mark stands at every change and nowhere else.

    Where marks are missing, there are borders within turns that look like changes, and from each of them on the other
    one would be asking. Names and the words of each have no part in it, as they are learnt of the course; the answers
    of a person have. The limit favours complete marks: it costs little where one is missing.
    """
    answers = np.where(np.abs(told) >= speaker_chain.CERTAIN / 2, told, 0.0)
    compared = [_Marking(missing, 0.001, _APART) for missing in (_ALL, _SOME)]
    every, some = speaker_chain.total(_scores(learnt, answers, marks, compared))
    surplus = (some - every - _CHANCE * (~marks).sum()) / marks.sum()
    return float(1 / (1 + np.exp(np.clip(_SLOPE * (surplus - _LIMIT), -50, 50))))


def _weigh(
    learnt: Scores, own: Floats, marks: Bools, assumed: Sequence[_Marking], complete: float
) -> dict[_Marking, float]:
    """How probable each of the assumptions is, given the marks; those that are hardly so are left out.

    complete: how probable it is that no mark is missing, which is an assumption of its own.
    """
    if len(assumed) == 1:
        return {assumed[0]: 1.0}
    roles = list(dict.fromkeys(each.roles for each in assumed))
    plain = [_Marking(None, 0.0, each) for each in roles]
    without = dict(zip(roles, speaker_chain.total(_scores(learnt, own, marks, plain)), strict=True))
    sums = speaker_chain.total(_scores(learnt, own, marks, assumed))
    found = np.array(
        [
            total
            - without[each.roles]
            + math.log(each.prior)
            + np.where(marks, math.log(each.false), math.log(1 - each.false)).sum()
            for each, total in zip(assumed, sums, strict=True)
        ]
    )
    shares = np.exp(found - found.max())
    shares /= shares.sum()
    likely = {each: float(share) * (1 - complete) for each, share in zip(assumed, shares, strict=True)}
    likely |= {_Marking(0.0, 0.0, roles): complete * often for roles, often in _ROLES.items()}
    kept = {each: share for each, share in likely.items() if share > _LIKELY}
    return {each: share / sum(kept.values()) for each, share in kept.items()}


def _first(scores: Scores, shares: Floats) -> Floats:
    """Of each sentence, how probable it is under all assumptions together that the first person says it.

    Where nothing tells the two people apart, the sentences of each may still be known to belong together: then those
    that belong to a sentence's speaker stand for the first person, whoever that is.
    """
    places = sorted({int(at) for at in np.linspace(0, len(scores.first) - 1, _PLACES)})
    first, given, other = speaker_chain.settled(scores, places)
    best: Floats = first @ shares
    here = best
    for at, place in enumerate(places):
        alike = (first[place] * given[:, :, at] + (1 - first[place]) * (1 - other[:, :, at])) @ shares
        if np.abs(alike - 0.5).sum() > np.abs(best - 0.5).sum():
            best = alike if here[place] >= 0.5 else 1 - alike
    return best


def _given(scores: Scores, shares: Floats, places: Sequence[int]) -> tuple[Floats, Floats]:
    """What _first() is without that last, for each place, if the first person says it and if the second does."""
    first, given, other = speaker_chain.settled(scores, places)
    likely = first[list(places)].T * shares[:, None]  # of each assumption and place
    unlikely = shares[:, None] - likely
    one = np.einsum("icp,cp->ip", given, likely) / np.maximum(likely.sum(0), 1e-12)
    two = np.einsum("icp,cp->ip", other, unlikely) / np.maximum(unlikely.sum(0), 1e-12)
    return one, two


@dataclass(frozen=True, slots=True)
class _Words:
    """Which words stand in which sentences: the i-th pair is (sentences[i], words[i]); totals: sentences of a word."""

    sentences: speaker_chain.Ints
    words: speaker_chain.Ints
    totals: Floats
    sizes: Floats  # words of each sentence


def _words(tokens: Iterable[Sequence[str]]) -> _Words:
    each = [sorted(set(words)) for words in tokens]
    counts = Counter(word for words in each for word in words)
    most = 0.6 * len(each)
    numbers = {word: at for at, word in enumerate(word for word in counts if _RARE <= counts[word] <= most)}
    pairs = [(at, numbers[word]) for at, words in enumerate(each) for word in words if word in numbers]
    table = np.array(pairs, np.intp).reshape(-1, 2)
    totals = np.bincount(table[:, 1], minlength=len(numbers)).astype(np.float64)
    sizes = np.bincount(table[:, 0], minlength=len(each)).astype(np.float64)
    return _Words(table[:, 0], table[:, 1], totals, sizes)


def _style(counts: _Words, first: Floats) -> Floats:
    """How much the words of each sentence are the first person's, by the other sentences (naive Bayes)."""
    own = first[counts.sentences]
    ones = np.bincount(counts.words, own, len(counts.totals))
    others = counts.totals - ones
    prior = _SMOOTHING * counts.totals / max(counts.totals.sum(), 1.0)
    one = (ones[counts.words] - own + prior[counts.words]) / (ones.sum() + _SMOOTHING)
    other = (others[counts.words] - (1 - own) + prior[counts.words]) / (others.sum() + _SMOOTHING)
    score = np.clip(np.log(one / other), -_FIRST, _FIRST)
    return _STYLE * np.bincount(counts.sentences, score, len(first)) / np.sqrt(np.maximum(counts.sizes, 1.0))
