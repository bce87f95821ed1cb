"""Scripts that put no spaces between words: those of Chinese, Japanese, Thai, Lao, Burmese and Khmer.

Where a word ends there only a dictionary could tell. As many characters as words have on average are taken for one:
so many are counted as a word, and any so many in a row are compared as one, of which the right ones are some.
"""

import re

from talkbook.text import tokens

_SIZES = {  # characters of a word, by the letters and marks of the scripts
    "\u3005-\u3007\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3400-\u9fff\U00020000-\U0003ffff": 2,  # kana and Han
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ece\u1000-\u103f\u1050-\u108f\u1780-\u17d3": 4,  # Thai, Lao, and so on
}
LETTERS = "".join(_SIZES)  # for the square brackets of a pattern
_LETTER = re.compile(f"[{LETTERS}]")
_BESIDE = rf"(?<=[{LETTERS}])|(?=[{LETTERS}])"
BEGIN, END = rf"(?:(?<!\w)|{_BESIDE})", rf"(?:(?!\w)|{_BESIDE})"  # of whole words, in patterns; in any script
_BEGIN = re.compile(BEGIN)
_RUN = re.compile("|".join(f"([{letters}]+)" for letters in _SIZES))
_JOINER = "\u2060"  # so that two characters are as long as words that carry a meaning; says that there is no space
_PIECES = "|".join(f"[{letters}]{{1,{size}}}" for letters, size in _SIZES.items())
_WORD = re.compile(rf"(?:{_PIECES})(?:(?![{LETTERS}])[^\w\s])*|[^\s{LETTERS}]+")


def present(text: str) -> bool:
    """Whether any letter of these scripts stands in the text."""
    others = tokens.non_ascii(text)  # few characters, where a pattern would look at all
    return bool(others) and _LETTER.search("".join(others)) is not None


def count(text: str) -> int:
    """How many words the text has, of any script."""
    return len(_WORD.findall(text)) if present(text) else len(text.split())


def begins(text: str, at: int) -> bool:
    """Whether a word may begin at text[at], in any script."""
    return _BEGIN.match(text, at) is not None


def words(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """(start, end) of each of the words in text[start:end], of any script, with the marks beside it."""
    return [match.span() for match in _WORD.finditer(text, start, end)]


def with_spaces(text: str) -> str:
    """The text with spaces between all that may be words in its runs of these scripts: 天气很好 as 天气 气很 很好."""
    return _RUN.sub(_overlapping, text)


def _overlapping(match: re.Match[str]) -> str:
    run, size = match[0], list(_SIZES.values())[(match.lastindex or 1) - 1]
    parts = (run[at : at + size] for at in range(max(1, len(run) - size + 1)))
    return f" {' '.join(map(_JOINER.join, parts))} "
