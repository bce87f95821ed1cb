"""Scripts that put no spaces between words: Chinese, Japanese, Thai, Lao, Burmese and Khmer.

Only a dictionary could tell where their words end. Instead, a fixed number of characters, the average length of a word,
counts as one word, and any such number of consecutive characters can be searched for.
"""

import re

from talkbook.text import tokens

_SIZES = {  # letters and marks of the scripts -> characters that count as a word
    "\u3005-\u3007\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3400-\u9fff\U00020000-\U0003ffff": 2,  # kana and Han
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ece\u1000-\u103f\u1050-\u108f\u1780-\u17d3": 4,  # Thai, Lao, Burmese, Khmer
}
LETTERS = "".join(_SIZES)  # for use within the square brackets of a pattern
_LETTER = re.compile(f"[{LETTERS}]")
_BESIDE = rf"(?<=[{LETTERS}])|(?=[{LETTERS}])"
BEGIN, END = rf"(?:(?<!\w)|{_BESIDE})", rf"(?:(?!\w)|{_BESIDE})"  # word boundaries for patterns, in any script
_BEGIN = re.compile(BEGIN)
_RUN = re.compile("|".join(f"([{letters}]+)" for letters in _SIZES))
_JOINER = "\u2060"  # an invisible word joiner: makes a two-character word long enough for rules that skip short words
_PIECES = "|".join(f"[{letters}]{{1,{size}}}" for letters, size in _SIZES.items())
_WORD = re.compile(rf"(?:{_PIECES})(?:(?![{LETTERS}])[^\w\s])*|[^\s{LETTERS}]+")


def present(text: str) -> bool:
    """Return whether the text contains a letter of these scripts."""
    others = tokens.non_ascii(text)  # a small set, so that the pattern need not scan the text
    return bool(others) and _LETTER.search("".join(others)) is not None


def count(text: str) -> int:
    """Return the number of words in a text of any script."""
    return len(_WORD.findall(text)) if present(text) else len(text.split())


def begins(text: str, at: int) -> bool:
    """Return whether a word of any script may begin at text[at]."""
    return _BEGIN.match(text, at) is not None


def words(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the (start, end) of each word in text[start:end], in any script, including adjacent punctuation."""
    return [match.span() for match in _WORD.finditer(text, start, end)]


def with_spaces(text: str) -> str:
    """Replace each run of these scripts by all its possible words, separated by spaces: 天气很好 by 天气 气很 很好."""
    return _RUN.sub(_overlapping, text)


def _overlapping(match: re.Match[str]) -> str:
    run, size = match[0], list(_SIZES.values())[(match.lastindex or 1) - 1]
    parts = (run[at : at + size] for at in range(max(1, len(run) - size + 1)))
    return f" {' '.join(map(_JOINER.join, parts))} "
