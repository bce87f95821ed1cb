"""Cues: pieces of speech as a file has them, before they are joined."""

import re
from dataclasses import dataclass, replace

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufeff]")


@dataclass(frozen=True, slots=True)
class Cue:
    """A piece of speech with its times, as a file has it.

    text: without markup; its line breaks matter only in rolling captions.
    start, end: seconds, or None.
    words: (offset in text, seconds) of single words.
    line: of the file, from 1; 0 if unknown.
    fresh: whether it starts a paragraph.
    turn: whether a new speaker begins, known or not.
    title: of the section that starts here.
    name: the speaker's name and colon, if they preceded the text in the caption.
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

    def part(self, start: int, end: int) -> "Cue":
        """Return the cue for text[start:end]. It starts at the time of its first timed word."""
        words = tuple((offset - start, seconds) for offset, seconds in self.words if start <= offset < end)
        begin = words[0][1] if words and start else self.start
        return replace(self, text=self.text[start:end], words=words, start=begin)


def clean(text: str) -> str:
    """Replace each character that is not valid in text by a space; offsets stay the same."""
    return _UNFIT.sub(" ", text)
