"""Find terms: phrases of one to five words that a conversation repeats.

A term neither begins nor ends with a stop word, except in compounds ("open source"), and the only stop words inside it
are those that join names ("of"). It counts less if it mostly occurs within longer terms, as in Frantzi, Ananiadou and
Mima ("Automatic recognition of multi-word terms: the C-value/NC-value method", 2000), but without their tagger. Forms
are merged by stems. A short form is joined with a nearby phrase that has its initials, after Schwartz and Hearst ("A
simple algorithm for identifying abbreviation definitions in biomedical text", 2003), who look beside brackets; speech
has none.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from talkbook.drafting.language import ENGLISH, Language
from talkbook.drafting.tokenization import Token, TokenizedConversation

_LONGEST = 5  # words
_INSIDE = frozenset(
    "of and for the to as in from with by".split()  # en
    + "der des und für von zu im".split()  # de
    + "de la del des du di da do dos van y et e en".split()  # es, fr, it, pt, nl
)
QUESTIONS = frozenset("how what when where".split())
_LETTERS = re.compile(r"[^\W\d_]{2}")
PARTS = re.compile(r"[-/'’.]")
_INNER = re.compile(r"[a-z][A-Z]")  # which nobody writes by accident
_SHORT = re.compile(r"[A-Z][A-Z0-9]{1,7}")
_BESIDE = 1  # maximum number of sentences between a short form and a long form that occurs once
_NEAR = 12  # maximum number of sentences between a short form and its long form
_TELLING = 3  # minimum number of letters of a short form that skips stop words: AI isn't "APIs and integrations"


@dataclass(frozen=True, slots=True, order=True)
class Occurrence:
    """Where a term occurs: the words from `first` to `last`, inclusive, of a sentence, all by index."""

    sentence: int
    first: int
    last: int


@dataclass(slots=True)
class Term:
    """A phrase and where it occurs.

    form: how it is mostly written.
    others: its other forms and names, the most frequent first.
    """

    form: str
    occurrences: list[Occurrence] = field(default_factory=list)
    others: tuple[str, ...] = ()


def find(conversation: TokenizedConversation, words: Language, least: int = 2) -> Mapping[str, Term]:
    """Return key -> term, for every term that occurs at least `least` times.

    In English, one that is introduced as a name ("what we call …") may occur once. For keys, see key().
    """
    stems = [[_stem(word, words) for word in sentence] for sentence in conversation.sentences]
    often = Counter(stem for sentence in stems for stem in sentence)
    found: dict[str, list[Occurrence]] = defaultdict(list)
    introduced: set[str] = set()
    for at, sentence in enumerate(conversation.sentences):
        for first, last in _spans(sentence, words, conversation.shouted):
            key = "".join(stems[at][first : last + 1])
            if last - first < 2 or min(often[stems[at][first]], often[stems[at][last]]) >= least:
                found[key].append(Occurrence(at, first, last))
            if last > first and _is_introduced(conversation, words, sentence, first, last):
                introduced.add(key)
    terms = {
        key: _term(conversation, places)
        for key, places in found.items()
        if len(places) >= least or (key in introduced and words.code == ENGLISH)
    }
    if not conversation.shouted:
        _join_short_forms(conversation, words, terms)
    return terms


def inside(terms: Sequence[Term]) -> Mapping[int, list[tuple[Occurrence, int]]]:
    """Return index of a term -> its occurrences within longer terms, each with the index of the longer term."""
    by_sentence: dict[int, list[tuple[Occurrence, int]]] = defaultdict(list)
    for at, term in enumerate(terms):
        for place in term.occurrences:
            by_sentence[place.sentence].append((place, at))
    within: dict[int, list[tuple[Occurrence, int]]] = defaultdict(list)
    for places in by_sentence.values():
        for inner, at in places:
            for outer, other in places:
                if at != other and outer.first <= inner.first and inner.last <= outer.last:
                    within[at].append((inner, other))
    return within


def key(name: str, words: Language) -> str:
    """Return what all forms of a term have in common: the base forms of its words, joined."""
    return "".join(words.base(part) for word in name.lower().split() for part in PARTS.split(word))


def written(conversation: TokenizedConversation, at: Occurrence) -> str:
    """Return the words at an occurrence as written, separated by single spaces."""
    return " ".join(word.text for word in conversation.sentences[at.sentence][at.first : at.last + 1])


def is_short_form(name: str) -> bool:
    """Return whether a name may be a short form: "LAB", "LABs"."""
    return _SHORT.fullmatch(name.removesuffix("s")) is not None


def _stem(word: Token, words: Language) -> str:
    return "".join(words.base(part) for part in PARTS.split(word.lower))


def _is_introduced(
    conversation: TokenizedConversation, words: Language, sentence: Sequence[Token], first: int, last: int
) -> bool:
    """Return whether the words are introduced as a complete name: "that we call motivational interviewing"."""
    if not conversation.is_named_at(sentence[first].start):
        return False
    whole = last + 1 == len(sentence) or not sentence[last + 1].joined or words.is_stop(sentence[last + 1].lower)
    return whole and not any(words.is_stop(word.lower) for word in sentence[first : last + 1])


def _spans(sentence: Sequence[Token], words: Language, shouted: bool) -> Iterator[tuple[int, int]]:
    """Yield (first, last), inclusive, for each run of words in a sentence that may be a term."""
    edge = [
        not words.is_stop(word.lower) or (not shouted and (_is_short(word) or _begins_name(sentence, at, words)))
        for at, word in enumerate(sentence)
    ]
    part = [word.lower in words.compounding or word.text.isdigit() for word in sentence]
    letters = [_LETTERS.search(word.text) is not None for word in sentence]
    for first, word in enumerate(sentence):
        asks = word.lower in QUESTIONS and [after.lower for after in sentence[first + 1 : first + 2]] == ["to"]
        if not (edge[first] or part[first] or asks) or (word.text[0] in "123456789" and word.text[-1].isdigit()):
            continue
        for last in range(first, min(len(sentence), first + _LONGEST)):
            if last > first and not sentence[last].joined:
                break
            whole = edge[last] or (part[last] and (edge[first] or part[first] or asks))
            whole = whole and not _counts(sentence, last, words)
            if whole and any(letters[first : last + 1]) and (last > first or edge[first]):
                yield first, last
            elif not edge[last] and not part[last] and last > first and sentence[last].lower not in _INSIDE:
                break


def _counts(sentence: Sequence[Token], at: int, words: Language) -> bool:
    """Return whether a word is a number before a unit of time, as in "in Japan 15 years ago"."""
    after = sentence[at + 1] if at + 1 < len(sentence) and sentence[at + 1].joined else None
    return after is not None and sentence[at].text.isdigit() and words.base(after.lower) in words.calendar


def _is_short(word: Token) -> bool:
    """Return whether a stop word is written like a short form: IT, US."""
    return len(word.text) > 1 and word.text.isupper()


def _begins_name(sentence: Sequence[Token], at: int, words: Language) -> bool:
    """Return whether a stop word is written as the first word of a name: "New York", "Big Bang"."""
    if sentence[at].lower not in words.naming or at + 1 == len(sentence) or not sentence[at].text[0].isupper():
        return False
    return sentence[at + 1].joined and sentence[at + 1].text[0].isupper()


def _term(conversation: TokenizedConversation, places: list[Occurrence]) -> Term:
    forms: Counter[str] = Counter()
    for at in places:
        text = written(conversation, at)
        forms[text] += 6 if _INNER.search(text) else 2 if at.first else 1  # a capital that begins a sentence means less
    form, *others = sorted(forms, key=lambda text: (-forms[text], text))
    return Term(form, places, tuple(others))


def _join_short_forms(conversation: TokenizedConversation, words: Language, terms: dict[str, Term]) -> None:
    """Join each short form with the long form that it stands for, if that occurs nearby."""
    shorts: dict[str, list[Occurrence]] = defaultdict(list)
    for at, sentence in enumerate(conversation.sentences):
        for place, word in enumerate(sentence):
            if is_short_form(word.text):
                shorts[_stem(word, words)].append(Occurrence(at, place, place))
    for key, places in shorts.items():
        short = terms.get(key) or _term(conversation, places)
        letters = short.form.removesuffix("s")
        longs = _long_forms(conversation, words, letters, places)
        if not longs:
            continue
        best = max(longs, key=lambda name: len(longs[name]))
        long = terms.get(best) or _term(conversation, longs[best])
        together = sorted({*short.occurrences, *long.occurrences})
        if long is not short and len(together) > 1 and _same_thing(conversation, letters, places, longs[best]):
            terms.pop(best, None)
            form, other = (long, short) if len(long.occurrences) > len(short.occurrences) else (short, long)
            terms[key] = Term(form.form, together, (other.form, *form.others, *other.others))


def _long_forms(
    conversation: TokenizedConversation, words: Language, letters: str, places: Sequence[Occurrence]
) -> Mapping[str, list[Occurrence]]:
    """Return key -> occurrences, for phrases near a short form that have its initials."""
    close = {at for place in places for at in range(place.sentence - _NEAR, place.sentence + _NEAR)}
    longs: dict[str, list[Occurrence]] = defaultdict(list)
    for at in sorted(close.intersection(range(len(conversation.sentences)))):
        sentence = conversation.sentences[at]
        for first, last in _expansions(sentence, letters.lower(), words):
            if any(word.text.startswith(letters) for word in sentence[first : last + 1]):
                continue
            key = "".join(_stem(word, words) for word in sentence[first : last + 1])
            longs[key].append(Occurrence(at, first, last))
    return longs


def _same_thing(
    conversation: TokenizedConversation, letters: str, shorts: Sequence[Occurrence], longs: Sequence[Occurrence]
) -> bool:
    """Return whether a short form and a long one mean the same, rather than just sharing their initials.

    letters: the short form without the plural "s".
    shorts, longs: the occurrences of both.
    """
    if len(longs) > 1:
        return True
    row = conversation.sentences[longs[0].sentence][longs[0].first : longs[0].last + 1]
    name = all(word.text[0].isupper() or len(word.text) < 4 for word in row)
    close = any(abs(short.sentence - longs[0].sentence) <= _BESIDE for short in shorts)
    return len(letters) > 2 and (name or close)


def _expansions(sentence: Sequence[Token], letters: str, words: Language) -> Iterator[tuple[int, int]]:
    """Yield (first, last), inclusive, for each run of words with these initials; stop words inside may be skipped."""
    for first, word in enumerate(sentence):
        if words.is_stop(word.lower):
            continue
        left = letters
        for last in range(first, min(len(sentence), first + len(letters) + 2)):
            if last > first and not sentence[last].joined:
                break
            initials = "".join(part[0] for part in PARTS.split(sentence[last].lower) if part)
            if left.startswith(initials):
                left = left.removeprefix(initials)
            elif last == first or len(letters) < _TELLING or not words.is_stop(sentence[last].lower):
                break
            if not left:
                if (last > first or "-" in word.text) and not words.is_stop(sentence[last].lower):
                    yield first, last
                break
