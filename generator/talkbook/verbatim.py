"""Clean verbatim: fillers and stammers left out by rule, and nothing that means something.

The rules are those of the transcriber's trade ("clean verbatim"), held to their cautious
half: only sounds that are no words, and repetitions of words that carry no meaning of
their own. "Very very" and "no no" stay, and so does "you know".
"""

import re
from collections.abc import Iterator
from itertools import repeat

from ahocorasick_rs import AhoCorasick, Implementation

from talkbook.model import Edit, EditKind

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
# Every filler starts with one of these, or with more of its first letter. The automaton looks ten times as
# fast as the pattern above, which is then only tried where there is something to find.
_HINTS = AhoCorasick(["uh", "um", "uu", "erm", "err", "eer", "mm", "mhm", "hmm"], implementation=Implementation.DFA)

# Words that are said twice by accident, and not to make a point.
_PREPOSITIONS = "about around at between by for from in into of on over to with"
_VERBS = "am are be been can could did do does had has have is may might should was were will would"
_LIGHT = frozenset(
    f"{_PREPOSITIONS} {_VERBS} a an the i we you he she it they us them him my your our their its his this that "
    "these those there and or but so if as than then because just even also some any more like maybe kind sort all "
    "who what which when where why how not i'm i've i'd i'll we're we've we'd we'll you're you've you'll he's "
    "she's it's it'll they're they've they'll that's that'll there's what's let's don't doesn't didn't isn't "
    "until see one two".split()
)
_REPEATS = re.compile(
    r"""
    (?<![\w'’-])
    (?P<said> [a-z]+(?:['’][a-z]+)? (?:\s+[a-z]+(?:['’][a-z]+)?){0,3}? )   # one word to four …
    (?: \s+ (?P=said) (?![\w'’-]) )*                                        # … any number of times …
    \s+ (?= (?P=said) (?:['’][a-z]+)? (?![\w'’-]) )                         # … and once more, which stays
    """,
    re.IGNORECASE | re.VERBOSE,
)
_PIECES = re.compile(r"(?<![\w'’-])(?P<piece>[a-z]+)--?\s+(?=(?P=piece)[a-z'’]*\b)", re.IGNORECASE)

# Looking for repetitions with the pattern above costs more than all the rest of cleaning. So a text is first
# put into one byte for each word, 0 for any word that may not be left out, and searched in that form. Words with
# an apostrophe are two there, so that "I I'm" is a repetition; one word to four are one byte to eight.
_CODES = {
    piece.encode(): code
    for code, piece in enumerate(sorted({piece for word in _LIGHT for piece in word.split("'")}), start=1)
}
_CODES_TWICE = re.compile(rb"(?=([\x01-\xff]{1,8}?)\1)")
_LETTERS = bytes(ord(chr(byte).lower()) if chr(byte).isalpha() and byte < 128 else 32 for byte in range(256))
_LETTER_RUNS = re.compile(rb"[a-z]+")
_HYPHEN = re.compile(r"--?\s")

# Repetitions that are grammar: "what it is is", "the fact that that", "what we do do", "the state it was in in May".
_SUBJECT = frozenset("it that this what there he she one i you we they who".split())
_PARTICLE = frozenset("going go goes went gone come comes came carry move log logged put live lives lived".split())
_GRAMMAR = {
    **dict.fromkeys(_VERBS.split(), _SUBJECT),
    **dict.fromkeys("about around by in on over".split(), _PARTICLE | {"was", "were", "been"}),
    "that": frozenset("so fact idea reason sense given such case now point".split()),
}
_TO_BE = frozenset("is are was were".split())
_WHAT = re.compile(r"\bwhat\b[^,.;:?!]{0,30}\Z", re.IGNORECASE)  # "What the problem is is that …"
_LAST_WORD = re.compile(r"([\w'’]+)\s*$")
_WORD_HERE = re.compile(r"[\w'’-]+")


def fillers(text: str) -> Iterator[Edit]:
    """The edits of `text` that leave out sounds such as uh, um and mhm, in order and apart."""
    for match in _fillers(text):
        start, end = match.span()
        before = start
        while before and text[before - 1].isspace():
            before -= 1
        if not before or text[before - 1] in ".?!…":
            yield Edit(before, end, "", "filler") if end == len(text) else _opening(text, start, end, "filler")
        elif match["stop"].strip(","):
            while before and text[before - 1] == ",":
                before -= 1
            yield Edit(before, match.start("stop"), "", "filler")
        elif end == len(text):
            yield Edit(before, end, "", "filler")
        else:
            yield Edit(start, end, "", "filler")


def _fillers(text: str) -> Iterator[re.Match[str]]:
    lower = text.lower()
    if len(lower) != len(text):  # a letter such as İ moved the offsets
        yield from _FILLERS.finditer(text)
        return
    end = 0
    for _, hint, _ in _HINTS.find_matches_as_indexes(lower):
        start = hint
        while start > end and lower[start - 1] == lower[start]:
            start -= 1
        match = _FILLERS.match(text, start) if start >= end else None
        if match:
            end = match.end()
            yield match


def stammers(text: str) -> Iterator[Edit]:
    """The edits of `text` that leave out all but the last of repeated light words, in order and apart."""
    end = 0
    found = [match for match in _repeats(text) if _accident(text, match)]
    for match in sorted([*found, *_pieces(text)], key=re.Match.start):
        if match.start() >= end:
            end = match.end()
            yield _opening(text, match.start(), end, "stammer")


def _repeats(text: str) -> Iterator[re.Match[str]]:
    letters = text.encode("ascii", "replace").translate(_LETTERS)
    codes = bytes(map(_CODES.get, letters.split(), repeat(0)))
    if _CODES_TWICE.search(codes) is None:
        return
    starts = [run.start() for run in _LETTER_RUNS.finditer(letters)]
    end = 0
    for twice in _CODES_TWICE.finditer(codes):
        start = starts[twice.start()]
        match = _REPEATS.match(text, start) if start >= end else None
        if match:
            end = match.end()
            yield match


def _pieces(text: str) -> Iterator[re.Match[str]]:
    for hyphen in _HYPHEN.finditer(text):
        start = hyphen.start()
        while start and text[start - 1].isalpha():
            start -= 1
        match = _PIECES.match(text, start)
        if match:
            yield match


def _opening(text: str, start: int, end: int, kind: EditKind) -> Edit:
    """Leave out text[start:end]; the word that moves to its place takes over its capital.

    Then the edit takes in the whole word, so that no voice reads it in two.
    """
    word = _WORD_HERE.match(text, end)
    if word is None or not text[start].isupper() or not word[0][0].islower():
        return Edit(start, end, "", kind)
    return Edit(start, word.end(), word[0][0].upper() + word[0][1:], kind)


def _accident(text: str, match: re.Match[str]) -> bool:
    words = match["said"].lower().replace("’", "'").split()
    if not _LIGHT.issuperset(words) or words == ["had"] or {"more", "and"}.issubset(words):
        return False
    said = " ".join(words)
    if said in _TO_BE and _WHAT.search(text, max(0, match.start() - 120), match.start()):
        return False
    before = _LAST_WORD.search(text, max(0, match.start() - 40), match.start())
    return before is None or before[1].lower() not in _GRAMMAR.get(said, ())
