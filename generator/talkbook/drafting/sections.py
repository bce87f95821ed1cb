"""Propose sections: where a conversation turns to something else, with titles made of its own words."""

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence

from talkbook.drafting import boundaries, titles, word_classes
from talkbook.drafting.boundaries import Piece
from talkbook.drafting.language import Language
from talkbook.drafting.logistic import Matrix, Model
from talkbook.drafting.proposals import SectionProposal, SourceSpan
from talkbook.drafting.terms import Occurrence, Term
from talkbook.drafting.tokenization import TokenizedConversation
from talkbook.text import anchors

_SHORT = 5_000  # characters; a shorter conversation needs no sections
_USUAL = 2_400  # characters of a typical section
_SPREAD = 0.6  # standard deviation of the logarithm of that length
_LEAST, _MOST = 700, 12_000  # characters of a section
_REGULAR = 0.5  # weight of the lengths, relative to the log odds
_EAGER = 1.0  # added to all log odds, as a missed section costs more than one too many
_FEWEST, _LONGEST = 6, 40  # words that identify the start of a section
_UNLIKELY = 0.2  # added to the probability that a term is a topic, so that every section gets a title
_SECOND = 0.6  # share of the first term's weight from which a title has a second term
_OPENING = 600  # characters at the start of a section that tell what it is about, mostly as a question
_NAMED_FIRST, _NAMED_AGAIN = 2.5, 1.75  # factors for a term in an opening: in the first such section, and in later ones
_NOUN = 0.35  # minimum probability that the last word of a title's term is a noun
_PHRASE = 0.25  # minimum share of complete noun phrases among the occurrences of a title's term


def propose(
    conversation: TokenizedConversation, words: Language, weights: Model, terms: Sequence[tuple[Term, float]]
) -> list[SectionProposal]:
    """Return the sections of a conversation, the first one at its start; none if it is short or would have only one.

    weights: the regression that predicts from boundaries.features() where a section starts.
    terms: the terms that titles are made of, each with the probability that it is a topic.
    """
    pieces = boundaries.pieces(conversation)
    if not pieces or pieces[-1].start + pieces[-1].length < _SHORT:
        return []
    likely = weights.probability(boundaries.features(conversation, words, pieces))
    starts = cut(pieces, likely)
    proposals = []
    classes = word_classes.count(conversation, words)
    named = [
        (titles.heading(conversation, term, words), term.occurrences, probability)
        for term, probability in terms
        if word_classes.phrase_share(conversation, words, term.occurrences) >= _PHRASE
        and _ends_in_noun(term.form, classes, words)
    ]
    for at, title in zip(starts, _titles(conversation, [pieces[at].first for at in starts], named), strict=True):
        span = _anchor(conversation.transcript.source, pieces[at])
        if span and title:
            place = SourceSpan(conversation.transcript.slug, *span)
            proposals.append(SectionProposal(place, title, float(likely[at]) if at else 1.0))
    return proposals if len(proposals) > 1 else []  # a single section is the whole conversation


def cut(pieces: Sequence[Piece], likely: Matrix) -> list[int]:
    """Return the indices of the pieces that start a section, chosen by dynamic programming.

    The choice maximises the sum of their log odds, less a penalty for sections of unusual length.

    likely: shape (pieces,); the probability that a section starts with each piece.
    """
    gain = [math.log(each + 1e-6) - math.log(1 - each + 1e-6) + _EAGER for each in likely.tolist()]
    best = [0.0, *(-math.inf for _ in pieces[1:])]
    before = [0] * len(pieces)
    for at in range(1, len(pieces)):
        for other in range(at - 1, -1, -1):
            length = pieces[at].start - pieces[other].start
            if length > _MOST and best[at] > -math.inf:
                break
            if length >= _LEAST and best[other] + gain[at] - _length_penalty(length) > best[at]:
                best[at], before[at] = best[other] + gain[at] - _length_penalty(length), other
    end = pieces[-1].start + pieces[-1].length
    last = max(range(len(pieces)), key=lambda at: best[at] - _length_penalty(end - pieces[at].start))
    chosen = [last]
    while chosen[-1]:
        chosen.append(before[chosen[-1]])
    return chosen[::-1]


def _length_penalty(length: int) -> float:
    return _REGULAR * ((math.log(max(length, 300)) - math.log(_USUAL)) / _SPREAD) ** 2


def _anchor(source: str, piece: Piece) -> tuple[int, int] | None:
    """Return (start, end) of words at the start of a piece that are unique in the source; None if there are none."""
    words = source[piece.start : piece.start + 20 * _LONGEST].split()[:_LONGEST]
    for count in range(min(_FEWEST, len(words)), len(words) + 1):
        if len(found := anchors.spans(source, " ".join(words[:count]))) == 1 and found[0][0] == piece.start:
            return found[0]
    return None


def _titles(
    conversation: TokenizedConversation,
    firsts: Sequence[int],
    terms: Sequence[tuple[str, Sequence[Occurrence], float]],
) -> list[str]:
    """Return a title for each section, from terms that occur mostly in it, above all at its start; "" if it has none.

    firsts: the index of each section's first sentence.
    terms: (form in a title, occurrences, probability that it is a topic).
    """
    weights: list[dict[str, float]] = [{} for _ in firsts]
    ends = [conversation.spans[first][0] + _OPENING for first in firsts]
    for form, occurrences, likely in terms:
        places = [(bisect_right(firsts, each.sentence) - 1, each.sentence) for each in occurrences]
        inside = Counter(at for at, _ in places)
        opening = {at for at, sentence in places if conversation.spans[sentence][0] < ends[at]}
        named = {at: _NAMED_AGAIN if at > min(opening) else _NAMED_FIRST for at in opening}
        for at, count in inside.items():
            rare = math.log1p(len(firsts) / len(inside))
            share = count / len(occurrences)
            weight = math.log1p(count) * rare * (_UNLIKELY + likely) * (0.5 + share)
            weights[at][form] = weight * named.get(at, 1)
    taken: set[str] = set()
    return [_title(each, taken) for each in weights]


def _title(weights: Mapping[str, float], taken: set[str]) -> str:
    """Return a title that isn't `taken` yet, from the one or two terms with the highest weights, and add it there."""
    ranked = sorted(weights, key=lambda form: (-weights[form], form))
    for at, form in enumerate(ranked):
        others = (other for other in ranked[at + 1 :] if not _overlap(form, other))
        second = next((other for other in others if weights[other] > _SECOND * weights[form]), "")
        title = f"{form} and {second}" if second else form
        if title not in taken:
            taken.add(title)
            return title[0].upper() + title[1:] if title.split(maxsplit=1)[0].islower() else title
    return ""


def _ends_in_noun(form: str, classes: Mapping[str, tuple[int, int]], words: Language) -> bool:
    """Return whether the last word may be a noun, unlike "authentic". classes: see word_classes.count()."""
    last = form.rsplit(maxsplit=1)[-1]
    return not last.islower() or word_classes.noun_share(last, classes, words) >= _NOUN


def _overlap(one: str, other: str) -> bool:
    return one.lower() in other.lower() or other.lower() in one.lower()
