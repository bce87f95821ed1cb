"""Cutting shown text into sentences, and sentences into paragraphs."""

import re
from collections.abc import Sequence

_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof st vs etc e.g i.e cf no vol fig jr sr inc ltd co approx a.m p.m u.s u.k".split()
)
# It begins with one set of characters, for which the regex engine looks five times as fast as for alternatives.
_END = re.compile(
    r"""
    [.?!…。！？\n]
    (?: (?<=[.?!…]) [.?!…]* ["'”’)\]]* (?=\s)
      | (?<=[。！？]) [。！？]* ["'”’」』）]*
      | (?<=\n) \s*\n
    )
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
    start = 0
    for match in _END.finditer(text):
        if match[0] != "." or not _abbreviation(text, start, match.start()):
            end = match.end()
            _cut(text, start, end, result)
            start = end
    _cut(text, start, len(text), result)
    return result


def _abbreviation(text: str, start: int, stop: int) -> bool:
    """Whether the full stop at text[stop] belongs to the word before it, in a sentence that begins at `start`."""
    word = text[start:stop].rsplit(None, 1)[-1:] or [""]
    last = word[0].lower().lstrip("(\"'“")
    if last == "etc" or (len(last) > 1 and last in _ABBREVIATIONS and "." in last):
        following = _FOLLOWING.match(text, stop + 1)
        return following is not None and following[1].islower()
    return last in _ABBREVIATIONS or (len(last) == 1 and last.isalpha() and last != "i")


def _cut(text: str, start: int, end: int, result: list[tuple[int, int]]) -> None:
    """Add the sentence, or pieces of one that runs on for too long, cut where a new clause begins."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if end - start > 4 * _TOO_LONG:  # in less there are not twice as many words, each with the space after it
        words = list(_WORDS.finditer(text, start, end))
        while len(words) > 2 * _TOO_LONG:
            near = range(_TOO_LONG - _REACH, _TOO_LONG + _REACH)
            clauses = [at for at in near if words[at][0].lower() in _JOINING]
            at = min(clauses, key=lambda at: abs(at - _TOO_LONG), default=_TOO_LONG)
            result.append((words[0].start(), words[at - 1].end()))
            words = words[at:]
        start = words[0].start()
    if start < end:
        result.append((start, end))


def paragraphs(text: str, sentences: Sequence[tuple[int, int]], breaks: Sequence[int] = ()) -> list[tuple[int, int]]:
    """The sentences joined into paragraphs that can be read: (start, end) in `text`.

    breaks: offsets at which a new paragraph starts in any case. Beyond that a paragraph
    ends after about 70 words where the speaker turns to a new point, after 120 anywhere.
    """
    if not breaks and sentences and sentences[-1][1] - sentences[0][0] < 2 * _FULL:
        return [(sentences[0][0], sentences[-1][1])]  # too short for a second one, as most turns are
    result: list[tuple[int, int]] = []
    hard = set(breaks)
    sizes = [len(text[start:end].split()) for start, end in sentences]
    left = sum(sizes)
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
