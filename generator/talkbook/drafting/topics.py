"""Topics proposed for conversations: the terms that an editor would give a page, the likeliest first."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from talkbook.drafting import candidates, language, salience, terms, word_classes
from talkbook.drafting.language import Language
from talkbook.drafting.logistic import Matrix, Model
from talkbook.drafting.proposals import SourceSpan, TopicProposal
from talkbook.drafting.terms import Term
from talkbook.drafting.tokenization import TokenizedConversation
from talkbook.matching import topic_names

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
_PLACE = 0.3  # times as likely where it is a country: where something is, and hardly ever what it is about
_NOT_LOOKED_AT = 0.2  # times as likely where a term is prominent by no single measure
_LOOKED_AT = 150  # terms by each measure that are
_MEASURES = ("rarer_mean", "weighed", "weighed_free", "cohesive")
_WORDS_EACH = 100  # of a short conversation, for one topic
_MOST = 30  # topics of a conversation of an hour
_HOUR = 10_000  # words
_EVIDENCE = 3  # sentences
_Places = Sequence[tuple[TokenizedConversation, Term, float]]  # where a topic is spoken of, and how likely it is one
_KINDS = {
    "organisation": re.compile(r"\b(?:Labs?|University|Foundation|Institute|Inc\.?|Corporation)$"),
    "event": re.compile(r"\b(?:Conference|Summit|Conf)$|Con$"),
    "dataset": re.compile(r"\bdata ?sets?$", re.IGNORECASE),
}


def propose(
    conversations: Sequence[TokenizedConversation],
    words: Language,
    weights: Model,
    known: Iterable[str],
    misheard: Mapping[str, str],
) -> list[TopicProposal]:
    """Topics of conversations in one language, the likeliest first.

    What several conversations speak of is one topic if they call it by the same words. known: names of topics that
    there are, or that were proposed before; nothing that is named as they are is proposed. misheard: what was heard,
    in lower case -> what was probably said. What was heard is no topic, or it is the same, and called so.
    """
    taken = {terms.key(name, words) for name in known}
    likeliest: list[tuple[TokenizedConversation, Term, float]] = []
    for conversation in conversations:
        most = min(_most(conversation), _words(conversation) // _WORDS_EACH)
        if words.code != language.ENGLISH:
            most //= 2  # the weights are of English conversations
        possible = candidates.find(conversation, words)
        possible = [term for term in possible if not _is_misheard(term.form, misheard, words)]
        for term, likely in rank(conversation, words, possible, weights, most):
            term.form = misheard.get(term.form.lower(), term.form)
            if not any(terms.key(name, words) in taken for name in (term.form, *_aliases(term, words))):
                likeliest.append((conversation, term, likely))
    proposals = [_proposal(places, words) for places in _joined(likeliest, words)]
    proposals.sort(key=lambda proposal: (-proposal.probability, proposal.title))
    return proposals[: math.ceil(math.hypot(*map(_most, conversations)))]


def _joined(likeliest: Iterable[tuple[TokenizedConversation, Term, float]], words: Language) -> list[_Places]:
    """The places of each topic: where it is called by the same words, or by a name that one topic alone has elsewhere.

    What is "AI (artificial intelligence)" in one conversation is "AI" and "artificial intelligence" in others; but "ML"
    is neither "ML (machine learning)" nor "ML (markup language)" where both are spoken of.
    """
    topics: dict[str, list[tuple[TokenizedConversation, Term, float]]] = defaultdict(list)
    holders: dict[str, set[str]] = defaultdict(set)
    for place in likeliest:
        names = (place[1].form, *_aliases(place[1], words))
        topic = terms.key(max(names, key=len), words)
        topics[topic].append(place)
        for name in names:
            holders[terms.key(name, words)].add(topic)
    for name, keys in holders.items():
        if name in keys and len(keys) == 2:
            (other,) = keys - {name}
            if name in topics and other in topics:
                topics[other] += topics.pop(name)
    return [*topics.values()]


def apart(proposals: Sequence[TopicProposal]) -> list[TopicProposal]:
    """The proposals, no two of which have a name in common, since each name leads to one topic.

    A name that several have is nobody's; where one has no other, it is that one's, and the likelier one's of two.
    """
    names = [(proposal.title, *proposal.aliases) for proposal in proposals]
    holders = Counter(folded for row in names for folded in set(map(_folded, row)))
    titled: dict[str, TopicProposal] = {}
    for proposal, row in zip(proposals, names, strict=True):
        own = [name for name in row if holders[_folded(name)] == 1] or [proposal.title]
        title = proposal.title if proposal.title in own else _titled(max(own, key=len))
        aliases = tuple(name for name in own if _folded(name) != _folded(title))
        titled.setdefault(_folded(title), replace(proposal, title=title, aliases=aliases))
    return [*titled.values()]


def _folded(name: str) -> str:
    return " ".join(topic_names.fold(name).split())


def is_short(conversation: TokenizedConversation) -> bool:
    """Whether a conversation has too few words for a single topic."""
    return _words(conversation) < _WORDS_EACH


def _most(conversation: TokenizedConversation) -> int:
    """How many topics are proposed at most: in ten hours of talk three times as many as in one."""
    return math.ceil(_MOST * math.sqrt(max(1, _words(conversation) / _HOUR)))


def _words(conversation: TokenizedConversation) -> int:
    return sum(map(len, conversation.sentences))


def _is_misheard(name: str, misheard: Mapping[str, str], words: Language) -> bool:
    """Whether something else was said, and not only the same written otherwise."""
    return terms.key(misheard.get(name.lower(), name), words) != terms.key(name, words)


def rank(
    conversation: TokenizedConversation, words: Language, possible: Sequence[Term], weights: Model, most: int
) -> list[tuple[Term, float]]:
    """The terms that are likeliest to be topics, and how likely each is, the likeliest first."""
    if not possible:
        return []
    signs = salience.signs(conversation, words, possible)
    likely = weights.probability(signs) * np.where(prominent(signs), 1, _NOT_LOOKED_AT)
    classes = word_classes.count(conversation, words)
    likely *= [word_factor(term, classes, words) for term in possible]
    likely = np.maximum(likely, [_ASKED * _recurs(term) for term in possible])
    rows = [_content(term, words) for term in possible]
    bags = [frozenset(map(words.base, row)) for row in rows]
    stems = [frozenset(map(words.stem, row)) for row in rows]
    chosen: list[tuple[Term, float]] = []
    while len(chosen) < most and likely[at := int(np.argmax(likely))] > 0:
        chosen.append((possible[at], float(likely[at])))
        likely[at] = 0
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
    return chosen


def _recurs(term: Term) -> bool:
    """Whether it is a question that comes back again and again: "what to learn"."""
    return len(term.occurrences) >= _RECURRING and term.form.split()[0].lower() in terms.QUESTIONS


def _share_inside(term: Term, longer: Term) -> float:
    """The share of a term's occurrences that lie within those of a longer one."""
    around = {(outer.sentence, at) for outer in longer.occurrences for at in range(outer.first, outer.last + 1)}
    return sum((inner.sentence, inner.first) in around for inner in term.occurrences) / len(term.occurrences)


def word_factor(term: Term, classes: Mapping[str, tuple[int, int]], words: Language) -> float:
    """How many times as likely a term is for its class of words. classes: as word_classes.count() gives them."""
    if term.form.lower() in words.places:
        return _PLACE
    if words.code != language.ENGLISH or " " in term.form or "-" in term.form or not term.form.islower():
        return 1.0
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


def _proposal(places: _Places, words: Language) -> TopicProposal:
    _, most, _ = max(places, key=lambda place: len(place[1].occurrences))
    names = dict.fromkeys(name for _, term, _ in places for name in (term.form, *term.others))
    aliases = dict.fromkeys(name for _, term, _ in places for name in _aliases(term, words))
    aliases.pop(most.form, None)
    known = {topic_names.fold(name) for name in (most.form, *aliases)}
    inflected = [name for name in names if not any(_covered(topic_names.fold(name), other) for other in known)]
    evidence = [span for conversation, term, _ in places for span in _evidence(conversation, term)]
    return TopicProposal(
        title=_titled(most.form),
        aliases=tuple(aliases),
        hidden_labels=tuple(dict.fromkeys(name.lower() for name in inflected)),
        kind=next((kind for kind, pattern in _KINDS.items() if pattern.search(most.form)), ""),
        probability=1 - math.prod(1 - likely for _, _, likely in places),
        evidence=tuple(evidence[:_EVIDENCE]),
    )


def _aliases(term: Term, words: Language) -> Iterator[str]:
    """Other names of a term: what it is short for, and other spellings; not its inflections, and not other cases."""
    form = topic_names.fold(term.form)
    known = {form}
    for other in term.others:
        folded = topic_names.fold(other)
        spelling = folded.replace(" ", "") == form.replace(" ", "")
        differs = spelling or terms.key(other, words) != terms.key(term.form, words)
        if differs and not any(_covered(folded, name) for name in known):
            known.add(folded)
            yield other


def _covered(name: str, other: str) -> bool:
    """Whether a name is found wherever the other is looked for, as its plural."""
    return name in (other, f"{other}s", f"{other}es")


def _titled(form: str) -> str:
    """The term as a title: with a capital, unless it is a name that holds digits, stops or capitals of its own."""
    plain = form.split(maxsplit=1)[0].replace("-", "")
    return form[0].upper() + form[1:] if plain.isalpha() and plain.islower() else form


def _evidence(conversation: TokenizedConversation, term: Term) -> list[SourceSpan]:
    """The sentences that say what it is, and then those that name it first."""
    defining = [place for place in term.occurrences if salience.defines(conversation, place)]
    sentences = dict.fromkeys(place.sentence for place in (*defining, *term.occurrences))
    return [conversation.span(at) for at in list(sentences)[:_EVIDENCE]]
