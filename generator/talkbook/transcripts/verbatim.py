"""Clean verbatim: fillers and stammers left out by rule, and nothing that means something.

The rules are those of the transcriber's trade ("clean verbatim"), held to their cautious
half: only sounds that are no words, and repetitions of words that gain nothing by it: those
that carry no meaning of their own, and superlatives. "Very very" and "no no" stay, and so
does "you know".

A quick look over all that is said finds the places where something may be, and only there
the patterns are tried that decide.
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
_HINTS = np.zeros(1 << 16, np.bool_)  # the first two letters of a filler, as a number
_HINTS[[tokens.prefix(hint) for hint in "uh um uu er ee mm mh hm".split()]] = True

# Words that are said twice by accident, and not to make a point.
_PREPOSITIONS = "about around at between by for from in into of on over to with"
_VERBS = "am are be been can could did do does had has have is may might should was were will would"
_LIGHT = frozenset(
    f"{_PREPOSITIONS} {_VERBS} a an the i we you he she it they us them him my your our their its his this that "
    "these those there and or but so if as than then because just even also some any more like maybe kind sort all "
    "who what which when where why how not i'm i've i'd i'll we're we've we'd we'll you're you've you'll he's "
    "she's it's it'll they're they've they'll that's that'll there's what's let's don't doesn't didn't isn't "
    "until see one two best worst most least".split()
)
# No clause ends with one of these, so a comma between two is a slip of the tongue: "and, and", not "saw it, it was".
_OPENS = frozenset(
    "a an the my your our their and but or because if i we he she they i'm i've i'd i'll we're we've we'd we'll you're "
    "you've you'd you'll he's she's it's it'll they're they've they'll that's that'll there's what's let's".split()
)


def _repeats_with(gap: str) -> re.Pattern[str]:
    """Words said twice or more; gap: what may stand between them."""
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
# "So, so the only way": at the start of a sentence and before a light word, since "So, so good" is meant.
_SO_AGAIN = re.compile(rf"So,?\s+(?:so,?\s+)*so\s+(?:{'|'.join(sorted(_LIGHT - {'so'}))})\b")
_PIECES = re.compile(r"(?<![\w'’-])(?P<piece>[a-z]+)--?\s+(?=(?P=piece)[a-z'’]*\b)", re.IGNORECASE)

_LETTERS = bytes(ord(chr(code).lower()) if chr(code).isalpha() else 32 for code in range(128)).ljust(256)
_HYPHEN = re.compile(r"--?\s")
_PARTS = 8  # four words at the most, of which one with an apostrophe counts as two: "I I'm" is a repetition

# Repetitions that are grammar: "the fact that that", "what we do do", "the state it was in in May".
_TO_BE = frozenset("am is are was were".split())
_SUBJECT = frozenset("it that this what there he she one i you we they who".split())
_PARTICLE = frozenset("going go goes went gone come comes came carry move log logged put live lives lived".split())
_GRAMMAR = {
    **dict.fromkeys(set(_VERBS.split()) - _TO_BE, _SUBJECT),
    **dict.fromkeys("about around by in on over".split(), _PARTICLE | {"was", "were", "been"}),
    "that": frozenset("so fact idea reason sense given such case now point".split()),
}
# "What it is is", "what the problem is is that …": a question word and a subject, with no other verb. In "what I saw is
# is" the clause already has its verb, and in "all of this is is" there is no subject.
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
_LAST_WORD = re.compile(r"((?:right\s+)?[\w'’]+)\s*$", re.IGNORECASE)  # "right now that that" is no "now that that"
_NEAR = 120  # characters before a repetition that are looked at
_WORD_HERE = re.compile(r"[\w'’-]+")


def fillers(text: str, stretches: Sequence[Span]) -> Iterator[Edit]:
    """What leaves out sounds such as uh, um and mhm: edits of the text, in order and apart.

    stretches: (start, end) of what is read each on its own, with white space between two.
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
    """The one of the stretches in which text[at] stands."""
    return stretches[bisect_right(stretches, (at, inf)) - 1]


def _silent(text: str, match: re.Match[str], stretch: Span) -> Edit:
    """Leave out the fillers, and of the white space and the marks around them what would be left hanging."""
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
    """What leaves out all but the last of repeated light words: edits of the text, in order and apart.

    stretches: as of `fillers`.
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
    """Words at text[start] that are said again at once, with a comma between only where that is a slip."""
    match = _REPEATS.match(text, start, last)
    apart = None if match else _REPEATS_APART.match(text, start, last)
    if apart is None:
        return match
    word = apart["words"].lower().replace("’", "'").split()[-1]
    return apart if word in _OPENS or (word == "so" and _SO_AGAIN.match(text, apart.start(), last)) else None


def _twice(text: str) -> list[int]:
    """Where one word to eight stand twice running, in order; of a word that is longer, eight letters are looked at."""
    starts, words = _words(text)
    twice = np.zeros(len(words), np.bool_)
    for size in range(1, _PARTS + 1):
        same = np.flatnonzero(words[size:] == words[:-size])
        last = same[size - 1 :]  # of as many in a row
        first = same[: len(last)]
        twice[first[last - first == size - 1]] = True
    places: list[int] = starts[twice].tolist()
    return places


@lru_cache(maxsize=1)  # both rules look at the same text, unless the first has found something
def _words(text: str) -> tuple[Ints, Numbers]:
    """(start, first eight letters in lower case as a number) of each run of ASCII letters."""
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
    """Leave out text[start:end]; the word that moves to its place takes over its capital.

    Then the edit takes in the whole word, so that no utterance reads it in two.
    """
    word = _WORD_HERE.match(text, end)
    if word is None or not text[start].isupper() or not word[0][0].islower():
        return Edit(start, end, "", kind)
    return Edit(start, word.end(), word[0][0].upper() + word[0][1:], kind)


def _accident(match: re.Match[str], words: Sequence[str], first: int) -> bool:
    """Whether nothing is meant by the repetition of the words, in a stretch that begins at `first`."""
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
