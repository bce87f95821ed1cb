"""Sections proposed for a conversation: where it turns to something else, with titles made of its own words."""

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

_SHORT = 5_000  # characters of a conversation that needs no sections
_USUAL = 2_400  # characters of a section
_SPREAD = 0.6  # of their logarithms
_LEAST, _MOST = 700, 12_000  # characters of a section
_REGULAR = 0.5  # how much a usual length counts beside the signs
_EAGER = 1.0  # added to each logarithm of odds: a change that is missed costs more than one too many
_FEWEST, _LONGEST = 6, 40  # words that tell where a section starts
_UNLIKELY = 0.2  # added to how likely a term is a topic, so that every section has a title
_SECOND = 0.6  # share of the first term's weight from which a title has a second one
_OPENING = 600  # characters of a section that tell what it is about: mostly a question
_NAMED_FIRST, _NAMED_AGAIN = 2.5, 1.75  # times as heavy a term of an opening is, for the first time and later
_NOUN = 0.35  # how likely the last word of a term in small letters is a noun, from which it may be in a title
_PHRASE = 0.25  # share of a term's places at which it is a noun phrase, from which it may be in a title


def propose(
    conversation: TokenizedConversation, words: Language, weights: Model, terms: Sequence[tuple[Term, float]]
) -> list[SectionProposal]:
    """The sections of a conversation that is long enough for some, the first one at its start.

    terms: what its topics may be, and how likely each is: titles are made of them.
    """
    pieces = boundaries.pieces(conversation)
    if not pieces or pieces[-1].start + pieces[-1].length < _SHORT:
        return []
    likely = weights.probability(boundaries.signs(conversation, words, pieces))
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
    return proposals if len(proposals) > 1 else []  # one section is the whole


def cut(pieces: Sequence[Piece], likely: Matrix) -> list[int]:
    """The indexes of the pieces that start a section: the likeliest, at usual distances, by dynamic programming."""
    gain = [math.log(each + 1e-6) - math.log(1 - each + 1e-6) + _EAGER for each in likely.tolist()]
    best = [0.0, *(-math.inf for _ in pieces[1:])]
    before = [0] * len(pieces)
    for at in range(1, len(pieces)):
        for other in range(at - 1, -1, -1):
            length = pieces[at].start - pieces[other].start
            if length > _MOST and best[at] > -math.inf:
                break
            if length >= _LEAST and best[other] + gain[at] - _unusual(length) > best[at]:
                best[at], before[at] = best[other] + gain[at] - _unusual(length), other
    end = pieces[-1].start + pieces[-1].length
    last = max(range(len(pieces)), key=lambda at: best[at] - _unusual(end - pieces[at].start))
    chosen = [last]
    while chosen[-1]:
        chosen.append(before[chosen[-1]])
    return chosen[::-1]


def _unusual(length: int) -> float:
    return _REGULAR * ((math.log(max(length, 300)) - math.log(_USUAL)) / _SPREAD) ** 2


def _anchor(source: str, piece: Piece) -> tuple[int, int] | None:
    """(start, end) of as many words at the start of a piece as stand there alone; None where none do."""
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
    """A title for each section: the terms that are said in it more than elsewhere, above all where it begins.

    "" where there is no term. firsts: the first sentence of each section. terms: each as a title has it, where it
    stands, and how likely it is a topic.
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
    """The heaviest terms, one or two; of sections that would be called alike, the later ones have others."""
    ranked = sorted(weights, key=lambda form: (-weights[form], form))
    for at, form in enumerate(ranked):
        others = (other for other in ranked[at + 1 :] if not _alike(form, other))
        second = next((other for other in others if weights[other] > _SECOND * weights[form]), "")
        title = f"{form} and {second}" if second else form
        if title not in taken:
            taken.add(title)
            return title[0].upper() + title[1:] if title.split(maxsplit=1)[0].islower() else title
    return ""


def _ends_in_noun(form: str, classes: Mapping[str, tuple[int, int]], words: Language) -> bool:
    """Whether the last word may be a noun: no "authentic", no "articulated". classes: as word_classes.count() gives."""
    last = form.rsplit(maxsplit=1)[-1]
    return not last.islower() or word_classes.noun_share(last, classes, words) >= _NOUN


def _alike(one: str, other: str) -> bool:
    return one.lower() in other.lower() or other.lower() in one.lower()
