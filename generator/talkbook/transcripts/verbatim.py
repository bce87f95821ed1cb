"""Clean verbatim: rules that leave out fillers and stammers, and nothing that carries meaning.

These are transcribers' usual rules, applied cautiously: they concern only sounds that are not words, and repetitions of
function words and superlatives. "Very very", "no no" and "you know" stay.

A fast scan of the whole text finds candidates; the patterns that decide are tried only there.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import inf
from operator import itemgetter

import numpy as np

from talkbook.model import Edit, EditKind
from talkbook.text import tokens
from talkbook.text.tokens import Ints, Numbers

Span = tuple[int, int]

_FILLER = r"(?:u+h+m*|u+m+|e+r+m+|mm+-?hm+|mhm+|hmm+|uh-huh)"
_FILLERS = re.compile(
    rf"""
    (?<![\w'’-]) {_FILLER} (?![\w'’-])
    (?: [,\s]+ {_FILLER} (?![\w'’-]) )*   # uh, um
    (?P<stop> [,.?!…]* )
    (?P<space> \s* )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_HINTS = np.zeros(1 << 16, np.bool_)  # indexed by the first two letters of a word, as a number: may it be a filler?
_HINTS[[tokens.prefix(hint) for hint in "uh um uu er ee mm mh hm".split()]] = True

# Words that are repeated by accident, and not to make a point.
_PREPOSITIONS = "about around at between by for from in into of on over to with"
_VERBS = "am are be been can could did do does had has have is may might should was were will would"
_LIGHT = frozenset(
    f"{_PREPOSITIONS} {_VERBS} a an the i we you he she it they us them him my your our their its his this that "
    "these those there and or but so if as than then because just even also some any more like maybe kind sort all "
    "who what which when where why how not i'm i've i'd i'll we're we've we'd we'll you're you've you'll he's "
    "she's it's it'll they're they've they'll that's that'll there's what's let's don't doesn't didn't isn't "
    "until see one two best worst most least".split()
)
# No clause ends with one of these, so a comma between two is a stammer: "and, and", but not "saw it, it was".
_OPENS = frozenset(
    "a an the my your our their and but or because if i we he she they i'm i've i'd i'll we're we've we'd we'll you're "
    "you've you'd you'll he's she's it's it'll they're they've they'll that's that'll there's what's let's".split()
)


def _repeats_with(gap: str) -> re.Pattern[str]:
    """Compile a pattern for repeated words. gap: what may stand between them."""
    return re.compile(
        rf"""
        (?<![\w'’-])
        (?P<words> [a-z]+(?:['’][a-z]+)? (?:\s+[a-z]+(?:['’][a-z]+)?){{0,3}}? )  # one word to four …
        (?: {gap} (?P=words) (?![\w'’-]) ){{0,30}}                                     # … any number of times …
        {gap} (?= (?P=words) (?:['’][a-z]+)? (?![\w'’-]) )                       # … and once more, which stays
        """,
        re.IGNORECASE | re.VERBOSE,
    )


_REPEATS = _repeats_with(r"\s+")
_REPEATS_APART = _repeats_with(r",?\s+")  # "I, I"
# Only at the start of a sentence and before a light word: "So, so the only way"; but "So, so good" is meant.
_SO_AGAIN = re.compile(rf"So,?\s+(?:so,?\s+)*so\s+(?:{'|'.join(sorted(_LIGHT - {'so'}))})\b")
_PIECES = re.compile(r"(?<![\w'’-])(?P<piece>[a-z]+)--?\s+(?=(?P=piece)[a-z'’]*\b)", re.IGNORECASE)

_LETTERS = bytes(ord(chr(code).lower()) if chr(code).isalpha() else 32 for code in range(128)).ljust(256)
_HYPHEN = re.compile(r"--?\s")
_PARTS = 8  # four words at most, and a word with an apostrophe counts as two: "I I'm" is a repetition

# Words after which a repetition is grammatical: "the fact that that", "what we do do", "the state it was in in May".
_TO_BE = frozenset("am is are was were".split())
_SUBJECT = frozenset("it that this what there he she one i you we they who".split())
_PARTICLE = frozenset("going go goes went gone come comes came carry move log logged put live lives lived".split())
_GRAMMAR = {
    **dict.fromkeys(set(_VERBS.split()) - _TO_BE, _SUBJECT),
    **dict.fromkeys("about around by in on over".split(), _PARTICLE | {"was", "were", "been"}),
    "that": frozenset("so fact idea reason sense given such case now point".split()),
}
# "What it is is", "what the problem is is that …": a question word and a subject, without another verb. Not "what I saw
# is is", whose clause already has a verb, or "all of this is is", which has no subject.
_CLAUSE = re.compile(
    r"""
    \b (?: what(?:ever)? | who | how | why | where | all | way | thing ) \s+
    (?: (?: i | you | he | she | it | we | they | this | that ) (?: \s+ (?: \w+ly | just | also ) )*
      | (?: a | an | the | my | your | our | his | her | its | their | this | that | these | those )
        (?: \s+ [\w'’-]+ ){1,3} )
    \s* \Z
    """,
    re.IGNORECASE | re.VERBOSE,
)
_VERB = re.compile(rf"\b(?:{_VERBS.replace(' ', '|')})\b", re.IGNORECASE)
_WHERE = re.compile(r"\bwhere\b [^,.;:?!]{0,40} \b(?:go|goes|going|went)\s+\Z", re.IGNORECASE | re.VERBOSE)
_LAST_WORD = re.compile(r"((?:right\s+)?[\w'’]+)\s*$", re.IGNORECASE)  # not "now that that" in "right now that that"
_NEAR = 120  # characters before a repetition to consider
_WORD_HERE = re.compile(r"[\w'’-]+")


def fillers(text: str, stretches: Sequence[Span]) -> Iterator[Edit]:
    """Yield edits of the text that leave out sounds such as uh, um and mhm, in order, without overlap.

    stretches: (start, end) of each part that is processed separately, with white space between two parts.
    """
    done = 0
    starts, words = _words(text)
    for hint in starts[_HINTS[words & np.uint64(0xFFFF)]].tolist():
        stretch = _around(hint, stretches)
        match = _FILLERS.match(text, hint, stretch[1]) if hint >= done else None
        if match:
            done = match.end()
            yield _silent(text, match, stretch)


def _around(at: int, stretches: Sequence[Span]) -> Span:
    """Return the stretch that contains text[at]."""
    return stretches[bisect_right(stretches, (at, inf)) - 1]


def _silent(text: str, match: re.Match[str], stretch: Span) -> Edit:
    """Return the edit that removes the fillers, with the white space and punctuation that would be left over."""
    start, end = match.span()
    first, last = stretch
    before = start
    while before > first and text[before - 1].isspace():
        before -= 1
    if before == first or text[before - 1] in ".?!…":
        return Edit(before, end, "", "filler") if end == last else _opening(text, start, end, "filler")
    if match["stop"].strip(","):
        while before > first and text[before - 1] == ",":
            before -= 1
        return Edit(before, match.start("stop"), "", "filler")
    return Edit(before if end == last else start, end, "", "filler")


def stammers(text: str, stretches: Sequence[Span]) -> Iterator[Edit]:
    """Yield edits of the text that remove all but the last of repeated light words, in order, without overlap.

    stretches: as in fillers().
    """
    spans = [*_repeats(text, stretches), *_pieces(text, stretches)]
    done = 0
    for start, end in sorted(spans, key=itemgetter(0)):
        if start >= done:
            done = end
            yield _opening(text, start, end, "stammer")


def _repeats(text: str, stretches: Sequence[Span]) -> Iterator[Span]:
    done = 0
    for hint in _twice(text):
        first, last = _around(hint, stretches)
        match = _repeat(text, hint, last) if hint >= done else None
        words = match["words"].lower().replace("’", "'").split() if match else []
        if match and _LIGHT.issuperset(words):
            done = match.end()
            if _accident(match, words, first):
                yield match.span()


def _repeat(text: str, start: int, last: int) -> re.Match[str] | None:
    """Match words at text[start] that are repeated immediately; with a comma in between only if that is a stammer."""
    match = _REPEATS.match(text, start, last)
    apart = None if match else _REPEATS_APART.match(text, start, last)
    if apart is None:
        return match
    word = apart["words"].lower().replace("’", "'").split()[-1]
    return apart if word in _OPENS or (word == "so" and _SO_AGAIN.match(text, apart.start(), last)) else None


def _twice(text: str) -> list[int]:
    """Return the offsets at which one to eight words are repeated immediately, in order.

    Only the first eight letters of each word are compared.
    """
    starts, words = _words(text)
    twice = np.zeros(len(words), np.bool_)
    for size in range(1, _PARTS + 1):
        same = np.flatnonzero(words[size:] == words[:-size])
        last = same[size - 1 :]  # ends of runs of `size` equal pairs
        first = same[: len(last)]
        twice[first[last - first == size - 1]] = True
    places: list[int] = starts[twice].tolist()
    return places


@lru_cache(maxsize=1)  # both rules process the same text, unless the first one changes it
def _words(text: str) -> tuple[Ints, Numbers]:
    """Return the start of each run of ASCII letters, and its first eight letters in lower case as a number."""
    letters = tokens.encode(text, _LETTERS)
    starts, ends = tokens.word_bounds(letters)
    return starts, tokens.prefixes(letters, starts, ends)


def _pieces(text: str, stretches: Sequence[Span]) -> Iterator[Span]:
    for hyphen in _HYPHEN.finditer(text):
        start = hyphen.start()
        while start and text[start - 1].isalpha():
            start -= 1
        match = _PIECES.match(text, start, _around(start, stretches)[1])
        if match:
            yield match.span()


def _opening(text: str, start: int, end: int, kind: EditKind) -> Edit:
    """Return the edit that removes text[start:end]; the next word takes over its capital letter.

    In that case, the edit includes the whole word, so that it is never split.
    """
    word = _WORD_HERE.match(text, end)
    if word is None or not text[start].isupper() or not word[0][0].islower():
        return Edit(start, end, "", kind)
    return Edit(start, word.end(), word[0][0].upper() + word[0][1:], kind)


def _accident(match: re.Match[str], words: Sequence[str], first: int) -> bool:
    """Return whether a repetition is unintentional, in a stretch that begins at `first`."""
    if words == ["had"] or {"more", "and"}.issubset(words):
        return False
    repeated = " ".join(words)
    near = match.string[max(first, match.start() - _NEAR) : match.start()]
    if repeated in _TO_BE:
        clause = _CLAUSE.search(near)
        return clause is None or _VERB.search(clause[0]) is not None
    if repeated == "in" and _WHERE.search(
        near
    ):  # "where we are going in in the short term": where is the place already
        return True
    before = _LAST_WORD.search(near)
    return before is None or before[1].lower() not in _GRAMMAR.get(repeated, ())
