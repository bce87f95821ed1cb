"""Looking at the starts of lines only, which is much faster than a search that tries `^` at every character."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

_LINE = re.compile(r"[^\n]+")


def finditer(pattern: re.Pattern[str], text: str, first: str = "", holds: str = "") -> Iterator[re.Match[str]]:
    """The matches of a pattern that begins with `^`, in order and apart, as finditer would give them.

    first: the characters that a line to be looked at may start with; "" for any. holds: what stands in each such line,
    if that is known. Empty lines are passed over.
    """
    end = 0
    for at in _holding(text, holds) if holds else _starts(text):
        if at >= end and (not first or text[at] in first):
            match = pattern.match(text, at)
            if match and match.end() > at:
                yield match
                end = match.end()


def _holding(text: str, mark: str) -> Iterator[int]:
    """Where the lines start in which the mark stands."""
    at = text.find(mark)
    while at >= 0:
        yield text.rfind("\n", 0, at) + 1
        end = text.find("\n", at)
        at = text.find(mark, end) if end >= 0 else -1


@lru_cache(maxsize=1)
def _starts(text: str) -> Sequence[int]:
    return [match.start() for match in _LINE.finditer(text)]
