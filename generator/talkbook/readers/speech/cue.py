"""A cue: a piece of speech as a file gives it, before it is joined with the others."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufeff]")


@dataclass(frozen=True, slots=True)
class Cue:
    """A piece of speech with its times, as a file gives it.

    text: plain, without markup; its line breaks matter only to rolling captions.
    start, end: seconds, or None. words: (offset into text, seconds) of single words.
    line: of the file, from 1, or 0. fresh: starts a paragraph. turn: a new speaker
    begins, known or not. title: of the section that starts here. name: the speaker's, with its colon, where it stood
    before the text of the caption.
    """

    text: str
    start: float | None = None
    end: float | None = None
    speaker: str | None = None
    words: tuple[tuple[int, float], ...] = ()
    line: int = 0
    fresh: bool = False
    turn: bool = False
    title: str = ""
    name: str = ""


def clean(text: str) -> str:
    """The text without characters that are no text; each is replaced by one space, so offsets stay."""
    return _UNFIT.sub(" ", text)


def timed(text: str, words: Iterable[tuple[str, float | None]]) -> tuple[tuple[int, float], ...]:
    """(offset, seconds) for those of the words, in order, that are found in the text."""
    result, at = [], 0
    for word, seconds in words:
        spoken = word.strip()
        place = text.find(spoken, at, at + 200 + len(spoken)) if spoken else -1
        if place >= 0:
            at = place + len(spoken)
            if seconds is not None:
                result.append((place, seconds))
    return tuple(result)
