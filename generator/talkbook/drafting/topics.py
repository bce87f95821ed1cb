"""Propose topics for conversations: terms to which an editor would probably give a page."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from talkbook.drafting import language, salience, terms, titles, topic_ranking
from talkbook.drafting.language import Language
from talkbook.drafting.proposals import SourceSpan, TopicProposal
from talkbook.drafting.terms import Term
from talkbook.drafting.tokenization import TokenizedConversation
from talkbook.matching import topic_names

_WORDS_EACH = 100  # words per topic of a short conversation
_EVIDENCE = 3  # maximum number of sentences per topic
_Places = Sequence[tuple[TokenizedConversation, Term, float]]  # a topic's terms, each with its probability there
_KINDS = {
    "organisation": re.compile(r"\b(?:Labs?|University|Foundation|Institute|Inc\.?|Corporation)$"),
    "event": re.compile(r"\b(?:Conference|Summit|Conf)$|Con$"),
    "dataset": re.compile(r"\bdata ?sets?$", re.IGNORECASE),
}


def propose(
    ranked: Sequence[tuple[TokenizedConversation, Sequence[tuple[Term, float]]]],
    words: Language,
    known: Iterable[str],
    misheard: Mapping[str, str],
) -> list[TopicProposal]:
    """Return proposed topics for conversations in one language, the most probable first.

    Terms of several conversations become one topic if they share a name.

    ranked: each conversation with its terms, as topic_ranking.rank() returns them.
    known: names of existing topics and of earlier proposals, which aren't proposed again.
    misheard: misheard phrase in lower case -> what was probably said. A misheard term is left out; a mere variant in
        spelling gets the right one.
    """
    taken = {terms.key(name, words) for name in known}
    likeliest: list[tuple[TokenizedConversation, Term, float]] = []
    for conversation, possible in ranked:
        most = min(topic_ranking.most(conversation), conversation.word_count // _WORDS_EACH)
        if words.code != language.ENGLISH:
            most //= 2  # the weights were learnt from English conversations
        said = [(term, likely) for term, likely in possible if not _is_misheard(term.form, misheard, words)]
        for heard, likely in said[:most]:
            term = replace(heard, form=misheard.get(heard.form.lower(), heard.form))
            if not any(terms.key(name, words) in taken for name in (term.form, *titles.aliases(term, words))):
                likeliest.append((conversation, titles.named(conversation, term, words), likely))
    proposals = [_proposal(places, words) for places in _by_topic(likeliest, words)]
    proposals.sort(key=lambda proposal: (-proposal.probability, proposal.title))
    return proposals[: math.ceil(math.hypot(*(topic_ranking.most(conversation) for conversation, _ in ranked)))]


def _by_topic(likeliest: Iterable[tuple[TokenizedConversation, Term, float]], words: Language) -> list[_Places]:
    """Group terms by topic: those with the same longest name, and those whose name only one other topic has.

    If one conversation has "AI (artificial intelligence)", then "AI" in others is the same topic. But "ML" is neither
    "ML (machine learning)" nor "ML (markup language)" if both occur.
    """
    topics: dict[str, list[tuple[TokenizedConversation, Term, float]]] = defaultdict(list)
    holders: dict[str, set[str]] = defaultdict(set)
    for place in likeliest:
        names = (place[1].form, *titles.aliases(place[1], words))
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


def without_shared_names(proposals: Sequence[TopicProposal]) -> list[TopicProposal]:
    """Return the proposals without shared names, since a name can lead to one topic only.

    A name that several have is removed from all of them; one that has no other name keeps its title. If two would then
    have the same title, the first one is kept.

    proposals: the most probable first.
    """
    names = [(proposal.title, *proposal.aliases) for proposal in proposals]
    holders = Counter(folded for row in names for folded in set(map(_folded, row)))
    titled: dict[str, TopicProposal] = {}
    for proposal, row in zip(proposals, names, strict=True):
        own = [name for name in row if holders[_folded(name)] == 1] or [proposal.title]
        title = proposal.title if proposal.title in own else titles.title(max(own, key=len))
        aliases = tuple(name for name in own if _folded(name) != _folded(title))
        titled.setdefault(_folded(title), replace(proposal, title=title, aliases=aliases))
    return [*titled.values()]


def _folded(name: str) -> str:
    return " ".join(topic_names.fold(name).split())


def is_short(conversation: TokenizedConversation) -> bool:
    """Return whether a conversation has too few words for a single topic."""
    return conversation.word_count < _WORDS_EACH


def _is_misheard(name: str, misheard: Mapping[str, str], words: Language) -> bool:
    """Return whether something else was said, not only the same in another spelling."""
    return terms.key(misheard.get(name.lower(), name), words) != terms.key(name, words)


def _proposal(places: _Places, words: Language) -> TopicProposal:
    _, most, _ = max(places, key=lambda place: len(place[1].occurrences))
    names = dict.fromkeys(name for _, term, _ in places for name in (term.form, *term.others))
    aliases = dict.fromkeys(name for _, term, _ in places for name in titles.aliases(term, words))
    aliases.pop(most.form, None)
    known = {topic_names.fold(name) for name in (most.form, *aliases)}
    inflected = [
        name for name in names if not any(titles.is_found_with(topic_names.fold(name), other) for other in known)
    ]
    evidence = [span for conversation, term, _ in places for span in _evidence(conversation, term)]
    return TopicProposal(
        title=titles.title(most.form),
        aliases=tuple(aliases),
        hidden_labels=tuple(dict.fromkeys(name.lower() for name in inflected)),
        kind=next((kind for kind, pattern in _KINDS.items() if pattern.search(most.form)), ""),
        probability=1 - math.prod(1 - likely for _, _, likely in places),
        evidence=tuple(evidence[:_EVIDENCE]),
    )


def _evidence(conversation: TokenizedConversation, term: Term) -> list[SourceSpan]:
    """Return the first sentences that define the term, then the first ones that name it."""
    defining = [place for place in term.occurrences if salience.defines(conversation, place)]
    sentences = dict.fromkeys(place.sentence for place in (*defining, *term.occurrences))
    return [conversation.span(at) for at in list(sentences)[:_EVIDENCE]]
