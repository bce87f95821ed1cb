"""Cutting shown text into sentences, and sentences into paragraphs."""

import re
from collections.abc import Sequence
from itertools import pairwise

_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof st vs etc e.g i.e cf no vol fig jr sr inc ltd co approx a.m p.m u.s u.k".split()
)
_ENDINGS = frozenset(word[-2:] for word in _ABBREVIATIONS)
# It begins with one set of characters, for which the regex engine looks five times as fast as for alternatives.
_END = re.compile(
    r"""
    [.?!…。！？\n]
    (?: (?<=[.?!…]) [.?!…]* ["'”’)\]]* (?=\s)
      | (?<=[。！？]) [。！？]* ["'”’」』）]*
      | (?<=\n) \s*\n
    )
    (?= (?P<gap> \s* ) )
    """,
    re.VERBOSE,
)
_TOO_LONG = 60  # words after which text without punctuation is cut all the same
_REACH = 25  # words on either side in which a better place for the cut is looked for
_JOINING = frozenset("and but so because which then or".split())
_WORDS = re.compile(r"\S+")
_FOLLOWING = re.compile(r"\s*(\S)")

# Words with which a speaker turns to the next point: a good place for a new paragraph.
_TURNING = re.compile(
    r"(?:and then )?(?:so|but|now|the (?:first|second|third|other|next|last)|another|one (?:thing|way|of)|first|second|"
    r"third|also|then|again|after that|at the same time|however|in (?:terms|the meantime)|on the other)\b",
    re.IGNORECASE,
)
_FULL, _LONG, _SHORT = 70, 120, 25  # words: may end, must end, may not end a turn


def spans(text: str) -> list[tuple[int, int]]:
    """(start, end) of each sentence in `text`, without the white space around it."""
    result: list[tuple[int, int]] = []
    start = len(text) - len(text.lstrip())
    for match in _END.finditer(text):
        at, end = match.span()
        if text[at] == "\n":
            end = len(text[:at].rstrip())
        elif text[at] == "." and end == at + 1 and _abbreviation(text, start, at):
            continue
        if start < end:
            result += _cut(text, start, end)
            start = match.end("gap")
    end = len(text.rstrip())
    return [*result, *_cut(text, start, end)] if start < end else result


def _abbreviation(text: str, start: int, stop: int) -> bool:
    """Whether the full stop at text[stop] belongs to the word before it, in a sentence that begins at `start`."""
    ending = text[stop - 2 : stop].lower()
    if ending.isalnum() and ending not in _ENDINGS:
        return False  # as most do not
    word = text[start:stop].rsplit(None, 1)[-1:] or [""]
    last = word[0].lower().lstrip("(\"'“")
    if last == "etc" or (len(last) > 1 and last in _ABBREVIATIONS and "." in last):
        following = _FOLLOWING.match(text, stop + 1)
        return following is not None and following[1].islower()
    return last in _ABBREVIATIONS or (len(last) == 1 and last.isalpha() and last != "i")


def _cut(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentence, or pieces of one that runs on for too long, cut where a new clause begins."""
    if end - start <= 4 * _TOO_LONG or len(text[start:end].split()) <= 2 * _TOO_LONG:
        return [(start, end)]
    result = []
    words = list(_WORDS.finditer(text, start, end))
    while len(words) > 2 * _TOO_LONG:
        near = range(_TOO_LONG - _REACH, _TOO_LONG + _REACH)
        clauses = [at for at in near if words[at][0].lower() in _JOINING]
        at = min(clauses, key=lambda at: abs(at - _TOO_LONG), default=_TOO_LONG)
        result.append((words[0].start(), words[at - 1].end()))
        words = words[at:]
    return [*result, (words[0].start(), end)]


def sizes(text: str, sentences: Sequence[tuple[int, int]]) -> list[int]:
    """How many words each sentence of `text` has."""
    return [len(text[start:end].split()) for start, end in sentences]


def words(sentences: Sequence[tuple[int, int]], sizes: Sequence[int]) -> int:
    """How many words all have, where a word ends at white space only: 好。是。 is one, of two sentences."""
    return sum(sizes) - sum(end == start for (_, end), (start, _) in pairwise(sentences))


def paragraphs(
    text: str, sentences: Sequence[tuple[int, int]], sizes: Sequence[int], breaks: Sequence[int] = ()
) -> list[tuple[int, int]]:
    """The sentences joined into paragraphs that can be read: (start, end) in `text`.

    sizes: words of each. breaks: offsets at which a new paragraph starts in any case. Beyond that
    a paragraph ends after about 70 words where the speaker turns to a new point, after 120 anywhere.
    """
    left = sum(sizes)
    if not breaks and sentences and left <= _FULL + _SHORT:
        return [(sentences[0][0], sentences[-1][1])]  # too short for a second one, as most turns are
    result: list[tuple[int, int]] = []
    hard = set(breaks)
    words = 0
    for (start, end), size in zip(sentences, sizes, strict=True):
        turning = words >= _FULL and _TURNING.match(text, start) is not None
        full = turning or (words + size > _LONG and words > _SHORT)
        if not result or start in hard or (full and left > _SHORT):
            result.append((start, end))
            words = 0
        else:
            result[-1] = (result[-1][0], end)
        words += size
        left -= size
    return result
