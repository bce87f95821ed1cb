"""Rank the terms of a conversation by the probability that they are topics, given those that rank higher."""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from talkbook.drafting import language, salience, speaker_phrases, terms, word_classes
from talkbook.drafting.language import Language
from talkbook.drafting.logistic import Matrix, Model
from talkbook.drafting.terms import Term
from talkbook.drafting.tokenization import TokenizedConversation

_SAME_STEM = 0.2  # factor for a term with the same stems as a topic that is chosen already: motivation, motivator
_PART_OF_PROPOSED = 0.4  # factor for a term that only occurs within a chosen topic
_LONGER_THAN_PROPOSED = 0.8  # factor for a term with all words of a chosen topic, and more
_SHARES_A_WORD = 0.8  # factor for a term that shares a word with a chosen topic
_RECURRING = 5  # occurrences from which a question is probably a topic; one conversation in 223 has such a question
_ASKED = 0.8  # minimum probability of such a question
_NO_NOUN = 0.6  # factor for a single word in lower case that is rarely a noun: "genetic", "assuming"
_NOUN_SHARE = 0.35  # noun_share() below which it is
_SAYS_LITTLE = 0.4  # factor for a single word that only has a meaning in its context
_SHELL_NOUNS = frozenset(  # Schmid, "English Abstract Nouns as Conceptual Shells", 2000
    "advantage approach area aspect case chance concept difficulty example fact idea issue manner notion perspective "
    "point possibility problem purpose question reason respect result role situation step thought way".split()
)
_WHOLE = 0.35  # share of complete noun phrases below which a capitalised word mostly modifies what follows
_FIRST_NAME = 0.4  # factor for a common given name: somebody who is only mentioned
_OF_A_PEOPLE = 0.3  # factor for an adjective of a people or a school: "Turkish", "Newtonian"
_PEOPLE = re.compile(r"(?:ish|ese|[ie]an|ican)$")
_PLACE = 0.3  # factor for a country or continent: mostly where something is, not what the talk is about
_NOT_LOOKED_AT = 0.2  # factor for a term that isn't prominent by any of _MEASURES
_LOOKED_AT = 150  # prominent terms by each measure
_MEASURES = ("rarer_mean", "weighed", "weighed_free", "cohesive")
_MOST = 30  # topics of an hour's conversation
_HOUR = 10_000  # words
_OF_A_STRETCH = 3  # topics per stretch; a conversation is cut into equal stretches accordingly
_COVERED = 0.5  # factor for a term if all stretches in which it occurs have their topics
_FULLER = 0.5  # share of a word's occurrences within a longer term from which that is the topic
_FULLER_WORDS = 2  # maximum number of words by which that term is longer


def most(conversation: TokenizedConversation) -> int:
    """Return the largest number of topics for a conversation, which grows with the square root of its length."""
    return math.ceil(_MOST * math.sqrt(max(1, conversation.word_count / _HOUR)))


def rank(
    conversation: TokenizedConversation, words: Language, possible: Sequence[Term], weights: Model, count: int
) -> list[tuple[Term, float]]:
    """Return the terms that are most probably topics, each with its probability, the most probable first.

    They are chosen one by one: each makes related terms, and terms in the same stretch, less probable.

    possible: the terms to choose from.
    weights: the regression that predicts from salience.features() whether a term is a topic.
    count: the largest number of terms; the order doesn't depend on it.
    """
    if not possible:
        return []
    likely = _likely(conversation, words, possible, weights)
    rows = [_content(term, words) for term in possible]
    bags = [frozenset(map(words.base, row)) for row in rows]
    stems = [frozenset(map(words.stem, row)) for row in rows]
    spread = _spread(conversation, possible)
    held = np.zeros(spread.shape[1])  # topics by stretch
    fuller = _longer_terms(possible, words)
    chosen: dict[int, float] = {}
    while len(chosen) < count:
        weighed = likely * (1 - (1 - _COVERED) * (spread @ np.minimum(1, held / _OF_A_STRETCH)))
        if weighed[first := int(np.argmax(weighed))] <= 0:
            break
        likely[first] = 0
        if (at := fuller.get(first, first)) in chosen:
            continue
        chosen[at] = float(weighed[first])
        held += spread[at]
        for other, row in enumerate(stems):
            if bags[other] == bags[at]:
                likely[other] = 0
            elif row == stems[at]:
                likely[other] *= _SAME_STEM
            elif row < stems[at]:
                likely[other] *= 1 - (1 - _PART_OF_PROPOSED) * _share_inside(possible[other], possible[at])
            elif row > stems[at]:
                likely[other] *= _LONGER_THAN_PROPOSED
            elif row & stems[at]:
                likely[other] *= _SHARES_A_WORD
    return [(possible[at], probability) for at, probability in chosen.items()]


def _likely(conversation: TokenizedConversation, words: Language, possible: Sequence[Term], weights: Model) -> Matrix:
    """Return the probability that each term is a topic, regardless of the others; shape (terms,)."""
    features = salience.features(conversation, words, possible)
    likely = weights.probability(features) * np.where(prominent(features), 1, _NOT_LOOKED_AT)
    classes = word_classes.count(conversation, words)
    whole = (word_classes.phrase_share(conversation, words, term.occurrences) for term in possible)
    likely *= [word_factor(term, classes, words, share) for term, share in zip(possible, whole, strict=True)]
    return np.maximum(likely, [_ASKED * _recurs(term) for term in possible])


def _spread(conversation: TokenizedConversation, possible: Sequence[Term]) -> Matrix:
    """Return the share of each term's occurrences in each stretch, as an array of shape (terms, stretches)."""
    stretches = most(conversation) // _OF_A_STRETCH
    counts = np.zeros((len(possible), stretches))
    for at, term in enumerate(possible):
        for place in term.occurrences:
            counts[at, place.sentence * stretches // len(conversation.sentences)] += 1
    return np.asarray(counts / counts.sum(1, keepdims=True), np.float64)


def _longer_terms(possible: Sequence[Term], words: Language) -> Mapping[int, int]:
    """Return index of a word -> index of the longer term for which it mostly stands: "Chaincode" for "Chaincode Labs".

    The word is part of a longer name, or the head of a longer term, such as "consensus" in "rough consensus".
    """
    found: dict[int, int] = {}
    for at, around in terms.inside(possible).items():
        word = possible[at].form
        for other, count in Counter(index for _, index in around).most_common():
            row = possible[other].form.split()
            head = word.islower() and words.base(row[-1].lower()) == words.base(word)
            name = word[0].isupper() and all(part[0].isupper() or part[0].isdigit() for part in row)
            fits = " " not in word and (head or name) and len(row) <= 1 + _FULLER_WORDS
            if fits and count >= _FULLER * len(possible[at].occurrences):
                found[at] = other
                break
    return found


def _recurs(term: Term) -> bool:
    """Return whether the term is a question that keeps coming back: "what to learn"."""
    return len(term.occurrences) >= _RECURRING and term.form.split()[0].lower() in terms.QUESTIONS


def _share_inside(term: Term, longer: Term) -> float:
    """Return the share of a term's occurrences that are within those of a longer one."""
    around = {(outer.sentence, at) for outer in longer.occurrences for at in range(outer.first, outer.last + 1)}
    return sum((inner.sentence, inner.first) in around for inner in term.occurrences) / len(term.occurrences)


def word_factor(term: Term, classes: Mapping[str, tuple[int, int]], words: Language, whole: float = 1.0) -> float:
    """Return the factor, at most 1, by which the kind of word makes a term a less probable topic.

    classes: see word_classes.count().
    whole: see word_classes.phrase_share().
    """
    if term.form.lower() in words.places:
        return _PLACE
    if words.code != language.ENGLISH or " " in term.form or "-" in term.form:
        return 1.0
    if not term.form.islower():
        if term.form in speaker_phrases.given_names():
            return _FIRST_NAME
        people = _PEOPLE.search(term.form) or term.form.lower().removesuffix("i") in words.places  # "Israeli"
        return _OF_A_PEOPLE if people and whole < _WHOLE else 1.0
    if words.base(term.form) in _SHELL_NOUNS:
        return _SAYS_LITTLE
    return _NO_NOUN if word_classes.noun_share(term.form, classes, words) < _NOUN_SHARE else 1.0


def prominent(features: Matrix) -> Matrix:
    """Return whether each row of features is among the first by one of _MEASURES; Booleans of shape (terms,)."""
    columns = [features[:, salience.FEATURES.index(name)] for name in _MEASURES]
    places = [np.argsort(np.argsort(-column, kind="stable"), kind="stable") for column in columns]
    return np.asarray(np.minimum.reduce(places) < _LOOKED_AT)


def _content(term: Term, words: Language) -> list[str]:
    parts = [part for word in term.form.split() for part in terms.PARTS.split(word.lower()) if part]
    return [part for part in parts if not words.is_stop(part) or part in terms.QUESTIONS] or parts
