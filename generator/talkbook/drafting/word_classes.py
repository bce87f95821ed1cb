"""Estimate whether a word is a noun from the words around it, without a part-of-speech tagger.

"The review of" has a noun, "we review it" a verb, and "genetic tests" an adjective. What a conversation shows is
combined with counts from many others (Language.nouns).
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from talkbook.drafting.language import ENGLISH, Language
from talkbook.drafting.terms import Occurrence
from talkbook.drafting.tokenization import TokenizedConversation

_DETERMINERS = frozenset(
    "the a an this that these those my our your their its his her some any every each no another more many few several "
    "much own".split()
)
_PREPOSITIONS = frozenset("of about in with for on from into by as at like than without between through and or".split())
_BEFORE_NOUNS = _DETERMINERS | _PREPOSITIONS
_COPULAS = frozenset("is are was were be".split())
_VERBS_FOLLOW = frozenset(
    "i you we they he she it who to can will would could should might must let let's don't didn't doesn't i've we've "
    "you've they've i'm you're we're they're it's that's not just gonna wanna i'll you'll we'll they'll never always "
    "really is are was were be very so too".split()
)
_TAKEN = 8  # occurrences in this conversation that count as much as all those in others
_USUAL, _USUAL_ADJECTIVE = 0.7, 0.3  # share of nouns among rare words, and among those that end like an adjective
_ADJECTIVE = re.compile(r"(?:ive|al|ous|ful|able|ible|ic|less|ish|ary|ed|ly)$")


def count(conversation: TokenizedConversation, words: Language) -> Mapping[str, tuple[int, int]]:
    """Return word in lower case -> (occurrences as a noun, as something else), without unclear occurrences."""
    nouns: Counter[str] = Counter()
    others: Counter[str] = Counter()
    for sentence in conversation.sentences:
        for at, word in enumerate(sentence):
            before = sentence[at - 1].lower if at and word.joined else ""
            after = sentence[at + 1].lower if at + 1 < len(sentence) and sentence[at + 1].joined else ""
            ends = not after or words.is_stop(after)
            if before in _VERBS_FOLLOW:
                others[word.lower] += 1
            elif before in _BEFORE_NOUNS or (before and not words.is_stop(before)):
                (nouns if ends else others)[word.lower] += 1
    return {word: (nouns[word], others[word]) for word in nouns | others}


def phrase_share(conversation: TokenizedConversation, words: Language, places: Sequence[Occurrence]) -> float:
    """Return the share of a term's occurrences that are complete noun phrases, from 0 to 1."""
    phrases = 0
    for place in places:
        before, after = neighbours(conversation, place)
        begins = not before or before in _BEFORE_NOUNS or before in _COPULAS or not words.is_stop(before)
        phrases += begins and (not after or words.is_stop(after))
    return phrases / len(places)


def neighbours(conversation: TokenizedConversation, at: Occurrence) -> tuple[str, str]:
    """Return the words before and after an occurrence, in lower case; "" at the border of a sentence or a clause."""
    sentence = conversation.sentences[at.sentence]
    before = sentence[at.first - 1].lower if at.first and sentence[at.first].joined else ""
    after = at.last + 1
    return before, sentence[after].lower if after < len(sentence) and sentence[after].joined else ""


def noun_share(word: str, counts: Mapping[str, tuple[int, int]], words: Language) -> float:
    """Return the probability that a word of a conversation is a noun. counts: see count()."""
    nouns, others = counts.get(word, (0, 0))
    rare = _USUAL_ADJECTIVE if words.code == ENGLISH and _ADJECTIVE.search(word) else _USUAL
    usual = words.nouns.get(word, words.nouns.get(words.base(word), rare))
    return (nouns + _TAKEN * usual) / (nouns + others + _TAKEN)
