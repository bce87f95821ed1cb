"""Find a place in a text by the words that stand there, as a curator writes them."""

import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from talkbook.problems import excerpt
from talkbook.text import scripts

_LIKE = 50  # of 100; a less similar passage is not worth suggesting
UNLIKE = "Nothing there is similar; copy the words from the file."


@dataclass(eq=False)  # not frozen: Python writes the traceback into an exception
class AnchorNotFound(Exception):
    """Raised when the words name no place, or more than one.

    message, hint: one sentence each, ready for a Problem.
    """

    message: str
    hint: str


def pattern(words: str) -> re.Pattern[str]:
    """Compile a pattern for the words: whole words, same case, any white space between. "" matches nowhere."""
    body = _body(words.split())
    return re.compile(f"{scripts.BEGIN}{body}{scripts.END}" if body else r"(?!)")


def spans(text: str, words: str, start: int = 0, end: int = sys.maxsize) -> list[tuple[int, int]]:
    """Return every (start, end) in `text` where the words occur within text[start:end], in order, without overlap."""
    parts = words.split()
    at = text.find(parts[0], start, end) if parts else -1
    if at < 0:
        return []
    # Finding the first word as a plain string is some fifty times as fast as a pattern that begins with a word
    # boundary.
    body = re.compile(_body(parts) + scripts.END)
    result: list[tuple[int, int]] = []
    while at >= 0:
        match = body.match(text, at) if scripts.begins(text, at) else None
        if match and match.end() <= end:
            result.append(match.span())
        at = text.find(parts[0], match.end() if match else at + 1, end)
    return result


def _body(parts: Iterable[str]) -> str:
    return r"\s+".join(map(re.escape, parts))


def span(text: str, words: str, source: str) -> tuple[int, int]:
    """Return the only (start, end) at which the words occur in `text`.

    source: the name of the text, for messages.

    Raises AnchorNotFound if the words occur nowhere, or more than once.
    """
    places = spans(text, words)
    if len(places) == 1:
        return places[0]
    if places:
        lines = ", ".join(str(line_of(text, start)) for start, _ in places[:5])
        raise AnchorNotFound(
            f'"{excerpt(words)}" appears {len(places)} times in {source} (lines {lines}).',
            "Add words until it appears there once.",
        )
    raise AnchorNotFound(f'"{excerpt(words)}" is not in {source}.', nearest(text, words, source))


def most_similar(texts: Iterable[str], words: str) -> int | None:
    """Return the index of the text that contains the passage most similar to the words; None if none is similar."""
    best = process.extractOne(words, texts, scorer=fuzz.partial_ratio, processor=str.lower, score_cutoff=_LIKE)
    return best[2] if best else None


def nearest(text: str, words: str, source: str) -> str:
    """Return a sentence that quotes the passage of `text` most similar to the words, or UNLIKE if none is similar."""
    best = fuzz.partial_ratio_alignment(words.lower(), text.lower(), score_cutoff=_LIKE)
    if best is None or not words.strip():
        return UNLIKE
    start, end = best.dest_start, best.dest_end
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return f'The nearest passage is "{excerpt(text[start:end], 160)}" ({source}:{line_of(text, start)}).'


def line_of(text: str, offset: int) -> int:
    """Return the line, counted from 1, of the character at `offset`."""
    return text.count("\n", 0, offset) + 1
