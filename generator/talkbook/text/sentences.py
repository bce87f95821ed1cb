"""Split shown text into sentences, and group sentences into paragraphs."""

import re
from collections.abc import Collection, Sequence
from itertools import product
from string import ascii_letters, digits

import numpy as np

from talkbook.text import scripts, tokens
from talkbook.text.tokens import Ints

_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof st vs etc e.g i.e cf no vol fig jr sr inc ltd co approx a.m p.m u.s u.k".split()
)
_ENDINGS = frozenset(word[-2:] for word in _ABBREVIATIONS)
_PLAIN = frozenset(  # pairs of letters that end no abbreviation: most words are ruled out by their last two
    pair for pair in map("".join, product(ascii_letters + digits, repeat=2)) if pair.lower() not in _ENDINGS
)
# A pattern that begins with a set of characters is searched five times as fast as one with alternatives.
_END = re.compile(
    r"""
    (?P<marks> [.?!…。！？\n]
      (?: (?<=[.?!…]) (?<![.?!…][.?!…]) [.?!…]* ["'”’)\]]* (?=\s)  # from the first of several marks
        | (?<=[。！？]) [。！？]* ["'”’」』）]*
        | (?<=\n) \s*\n
      )
    )
    \s*
    """,
    re.VERBOSE,
)
_EMPTY_LINE = re.compile(r"\s*\n\s*\n")
_TOO_LONG = 60  # words; text without punctuation is cut after as many
_LETTERS = 4 * _TOO_LONG  # characters; a text of this length has at most twice as many words
_REACH = 25  # words on either side in which to look for a better cut
_JOINING = frozenset("and but so because which then or".split())
_CLAUSE = re.compile(rf"(?<=[，、；])|(?<=\s)(?=[{scripts.LETTERS}])")  # a clause may also begin here
_SPACES = bytes(32 if chr(code).isspace() else 33 for code in range(128)).ljust(256, b"!")
_FOLLOWING = re.compile(r"\s*(\S)")

# Words that introduce a new point: a good place for a paragraph break.
_TURNING = re.compile(
    r"(?:and then )?(?:so|but|now|the (?:first|second|third|other|next|last)|another|one (?:thing|way|of)|first|second|"
    r"third|also|then|again|after that|at the same time|however|in (?:terms|the meantime)|on the other)\b",
    re.IGNORECASE,
)
_FULL, _LONG, _SHORT = 70, 120, 25  # words in a paragraph: it may end, must end; fewest in a turn's last one
WHOLE = _FULL + _SHORT  # words; a shorter turn is one paragraph unless there is an explicit break


def spans(text: str) -> list[tuple[int, int]]:
    """Return the (start, end) of each sentence in `text`, without the white space around it."""
    result: list[tuple[int, int]] = []
    start = len(text) - len(text.lstrip())
    for match in _END.finditer(text):
        at, end = match.span(1)
        if text[at] == "\n":
            end = at
            while end > start and text[end - 1].isspace():
                end -= 1
        elif end == at + 1 and text[at] == "." and text[at - 2 : at] not in _PLAIN and _abbreviation(text, start, at):
            continue
        if start < end:
            if end - start <= _LETTERS:
                result.append((start, end))
            else:
                result += _cut(text, start, end)
            start = match.end()
    end = len(text.rstrip())
    return [*result, *_cut(text, start, end)] if start < end else result


def _abbreviation(text: str, start: int, stop: int) -> bool:
    """Return whether the full stop at text[stop] ends an abbreviation, not the sentence that begins at `start`."""
    if _EMPTY_LINE.match(text, stop + 1):
        return False
    word = text[start:stop].rsplit(None, 1)[-1:] or [""]
    last = word[0].lower().lstrip("(\"'“")
    if last == "etc" or (len(last) > 1 and last in _ABBREVIATIONS and "." in last):
        following = _FOLLOWING.match(text, stop + 1)
        return following is not None and following[1].islower()
    return last in _ABBREVIATIONS or (len(last) == 1 and last.isalpha() and last != "i")


def _cut(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the span of a sentence, split at clauses into several if it is far too long."""
    if end - start <= _LETTERS or scripts.count(text[start:end]) <= 2 * _TOO_LONG:
        return [(start, end)]
    result = []
    words = scripts.words(text, start, end)
    first = 0
    while len(words) - first > 2 * _TOO_LONG:
        usual = first + _TOO_LONG
        clauses = (at for at in range(usual - _REACH, usual + _REACH) if _begins_clause(text, *words[at]))
        _, cut = min(((abs(at - usual), at) for at in clauses), default=(0, usual))
        result.append((words[first][0], words[cut - 1][1]))
        first = cut
    return [*result, (words[first][0], end)]


def _begins_clause(text: str, start: int, end: int) -> bool:
    return text[start:end].lower() in _JOINING or _CLAUSE.match(text, start) is not None


def sizes(text: str, starts: Ints, ends: Ints) -> Ints:
    """Return the number of words in each sentence of `text`, given the starts and ends of the sentences."""
    words = _begins(text)
    counts: Ints = np.searchsorted(words, ends) - np.searchsorted(words, starts, "right") + 1
    return counts


def _begins(text: str) -> Ints:
    """Return where the words begin, except one at offset 0."""
    if scripts.present(text):
        return np.array([start for start, _ in scripts.words(text, 0, len(text))], np.intp)
    for space in filter(str.isspace, tokens.non_ascii(text)):
        text = text.replace(space, "\t")
    space = tokens.encode(text, _SPACES) == ord(" ")
    return np.flatnonzero(space[:-1] > space[1:]) + 1


def paragraphs(
    text: str, sentences: Sequence[tuple[int, int]], sizes: Sequence[int], breaks: Collection[int] = ()
) -> list[int]:
    """Group sentences into paragraphs of readable length; return the indices of those that begin a paragraph.

    sizes: the number of words in each sentence.
    breaks: indices of sentences that begin a paragraph in any case.

    A paragraph also ends after about 70 words if the speaker then turns to a new point, and otherwise after 120.
    """
    left = sum(sizes)
    result: list[int] = []
    words = 0
    for at, ((start, _), size) in enumerate(zip(sentences, sizes, strict=True)):
        turning = words >= _FULL and _TURNING.match(text, start) is not None
        full = turning or (words + size > _LONG and words > _SHORT)
        if not result or at in breaks or (full and left > _SHORT):
            result.append(at)
            words = 0
        words += size
        left -= size
    return result
