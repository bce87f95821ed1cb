"""Cutting shown text into sentences, and sentences into paragraphs."""

import re
from collections.abc import Iterator, Sequence

_ABBREVIATIONS = "mr mrs ms dr prof st vs etc e.g i.e cf no vol fig jr sr inc ltd co approx a.m p.m u.s u.k".split()
_END = re.compile(r"""[.?!…]+["'”’)\]]*(?=\s)|[。！？]+["'”’」』）]*|\n\s*\n""")
_TOO_LONG = 60  # words after which text without punctuation is cut all the same
_REACH = 25  # words on either side in which a better place for the cut is looked for
_JOINING = frozenset("and but so because which then or".split())
_WORDS = re.compile(r"\S+")

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
    for match in [*_END.finditer(text), None]:
        end = match.end() if match else len(text)
        if match and _abbreviation(text, start, match):
            continue
        result.extend(_cut(text, start, end))
        start = end
    return result


def _abbreviation(text: str, start: int, match: re.Match[str]) -> bool:
    if match[0] != ".":
        return False
    word = text[start : match.start()].rsplit(None, 1)[-1:] or [""]
    last = word[0].lower().lstrip("(\"'“")
    following = text[match.end() :].lstrip()[:1]
    if last == "etc" or len(last) > 1 and last in _ABBREVIATIONS and "." in last:
        return following.islower()
    return last in _ABBREVIATIONS or (len(last) == 1 and last.isalpha() and last != "i")


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentence, or pieces of one that runs on for too long, cut where a new clause begins."""
    words = list(_WORDS.finditer(text, start, end))
    while len(words) > 2 * _TOO_LONG:
        near = range(_TOO_LONG - _REACH, _TOO_LONG + _REACH)
        clauses = [at for at in near if words[at][0].lower() in _JOINING]
        at = min(clauses, key=lambda at: abs(at - _TOO_LONG), default=_TOO_LONG)
        yield words[0].start(), words[at - 1].end()
        words = words[at:]
    if words:
        yield words[0].start(), words[-1].end()


def paragraphs(text: str, sentences: Sequence[tuple[int, int]], breaks: Sequence[int] = ()) -> list[tuple[int, int]]:
    """The sentences joined into paragraphs that can be read: (start, end) in `text`.

    breaks: offsets at which a new paragraph starts in any case. Beyond that a paragraph
    ends after about 70 words where the speaker turns to a new point, after 120 anywhere.
    """
    result: list[tuple[int, int]] = []
    hard = set(breaks)
    left = sum(len(text[start:end].split()) for start, end in sentences)
    words = 0
    for start, end in sentences:
        size = len(text[start:end].split())
        turning = words >= _FULL and _TURNING.match(text, start) is not None
        if not result or start in hard or ((turning or words + size > _LONG and words > _SHORT) and left > _SHORT):
            result.append((start, end))
            words = 0
        else:
            result[-1] = (result[-1][0], end)
        words += size
        left -= size
    return result
