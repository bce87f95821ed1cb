"""Which terms of a conversation are likeliest to be topics: weights of signs, and what is proposed already."""

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

_SAME_STEM = 0.2  # times as likely where another word of its family is proposed already: motivation, motivator
_PART_OF_PROPOSED = 0.4  # times as likely where it is only said within a topic that is proposed already
_LONGER_THAN_PROPOSED = 0.8  # times as likely where it holds all words of a topic that is proposed already
_SHARES_A_WORD = 0.8  # times as likely where it shares a word with one
_RECURRING = 5  # times that a question comes back in one conversation of 223; what that is about is likely the question
_ASKED = 0.8  # how likely it is a topic then
_NO_NOUN = 0.6  # times as likely where a single word in lower case is mostly none: "genetic", "assuming"
_NOUN_SHARE = 0.35  # word_classes.noun_share() below which that is so
_SAYS_LITTLE = 0.4  # times as likely where a single word is filled by what else is said
_SHELL_NOUNS = frozenset(  # Schmid, "English Abstract Nouns as Conceptual Shells", 2000
    "advantage approach area aspect case chance concept difficulty example fact idea issue manner notion perspective "
    "point possibility problem purpose question reason respect result role situation step thought way".split()
)
_WHOLE = 0.35  # share of places at which it is a noun phrase, below which a word in capitals belongs to what follows
_FIRST_NAME = 0.4  # times as likely where it is a usual first name: somebody who is spoken of once
_OF_A_PEOPLE = 0.3  # times as likely where it says of what people or school something is: "Turkish", "Newtonian"
_PEOPLE = re.compile(r"(?:ish|ese|[ie]an|ican)$")
_PLACE = 0.3  # times as likely where it is a country: where something is, and hardly ever what it is about
_NOT_LOOKED_AT = 0.2  # times as likely where a term is prominent by no single measure
_LOOKED_AT = 150  # terms by each measure that are
_MEASURES = ("rarer_mean", "weighed", "weighed_free", "cohesive")
_MOST = 30  # topics of a conversation of an hour
_HOUR = 10_000  # words
_OF_A_STRETCH = 3  # topics; a conversation has as many stretches, of the same length, as hold its topics
_COVERED = 0.5  # times as likely where all stretches that speak of it have their topics
_FULLER = 0.5  # share of a word's occurrences from which the longer term that they are in is the topic
_FULLER_WORDS = 2  # words that such a term has more


def most(conversation: TokenizedConversation) -> int:
    """How many topics a conversation has at most: one of ten hours three times as many as one of an hour."""
    return math.ceil(_MOST * math.sqrt(max(1, conversation.word_count / _HOUR)))


def rank(
    conversation: TokenizedConversation, words: Language, possible: Sequence[Term], weights: Model, count: int
) -> list[tuple[Term, float]]:
    """The terms that are likeliest to be topics, and how likely each is, the likeliest first.

    count: how many at most; the first ones are the same whatever it is.
    """
    if not possible:
        return []
    likely = _likely(conversation, words, possible, weights)
    rows = [_content(term, words) for term in possible]
    bags = [frozenset(map(words.base, row)) for row in rows]
    stems = [frozenset(map(words.stem, row)) for row in rows]
    spread = _spread(conversation, possible)
    held = np.zeros(spread.shape[1])  # topics by stretch
    fuller = _fuller(possible, words)
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
    """How likely each term is a topic, whatever the others are."""
    signs = salience.signs(conversation, words, possible)
    likely = weights.probability(signs) * np.where(prominent(signs), 1, _NOT_LOOKED_AT)
    classes = word_classes.count(conversation, words)
    whole = (word_classes.phrase_share(conversation, words, term.occurrences) for term in possible)
    likely *= [word_factor(term, classes, words, share) for term, share in zip(possible, whole, strict=True)]
    return np.maximum(likely, [_ASKED * _recurs(term) for term in possible])


def _spread(conversation: TokenizedConversation, possible: Sequence[Term]) -> Matrix:
    """A row for each term: the share of its occurrences in each stretch of the conversation."""
    stretches = most(conversation) // _OF_A_STRETCH
    counts = np.zeros((len(possible), stretches))
    for at, term in enumerate(possible):
        for place in term.occurrences:
            counts[at, place.sentence * stretches // len(conversation.sentences)] += 1
    return np.asarray(counts / counts.sum(1, keepdims=True), np.float64)


def _fuller(possible: Sequence[Term], words: Language) -> Mapping[int, int]:
    """By the index of a word, that of the term that it mostly stands for: "Chaincode" for "Chaincode Labs".

    It begins or ends a longer name, or it is the head of a longer term: "consensus" of "rough consensus".
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
    """Whether it is a question that comes back again and again: "what to learn"."""
    return len(term.occurrences) >= _RECURRING and term.form.split()[0].lower() in terms.QUESTIONS


def _share_inside(term: Term, longer: Term) -> float:
    """The share of a term's occurrences that lie within those of a longer one."""
    around = {(outer.sentence, at) for outer in longer.occurrences for at in range(outer.first, outer.last + 1)}
    return sum((inner.sentence, inner.first) in around for inner in term.occurrences) / len(term.occurrences)


def word_factor(term: Term, classes: Mapping[str, tuple[int, int]], words: Language, whole: float = 1.0) -> float:
    """How many times as likely a term is for its class of words.

    classes: as word_classes.count() gives them. whole: the share of its places at which it is a noun phrase, and whole.
    """
    if term.form.lower() in words.places:
        return _PLACE
    if words.code != language.ENGLISH or " " in term.form or "-" in term.form:
        return 1.0
    if not term.form.islower():
        if term.form in speaker_phrases.given_names():
            return _FIRST_NAME
        return _OF_A_PEOPLE if _PEOPLE.search(term.form) and whole < _WHOLE else 1.0
    if words.base(term.form) in _SHELL_NOUNS:
        return _SAYS_LITTLE
    return _NO_NOUN if word_classes.noun_share(term.form, classes, words) < _NOUN_SHARE else 1.0


def prominent(signs: Matrix) -> Matrix:
    """Whether each row is among the first by one of the measures that say most alone."""
    columns = [signs[:, salience.SIGNS.index(name)] for name in _MEASURES]
    places = [np.argsort(np.argsort(-column, kind="stable"), kind="stable") for column in columns]
    return np.asarray(np.minimum.reduce(places) < _LOOKED_AT)


def _content(term: Term, words: Language) -> list[str]:
    parts = [part for word in term.form.split() for part in terms.PARTS.split(word.lower()) if part]
    return [part for part in parts if not words.is_stop(part) or part in terms.QUESTIONS] or parts
