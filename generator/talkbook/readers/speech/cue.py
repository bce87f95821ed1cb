"""A cue: a piece of speech as a file gives it, before it is joined with the others."""

import re
from dataclasses import dataclass, replace

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

    def part(self, start: int, end: int) -> "Cue":
        """What stands at [start, end) of the text. It begins with its first word that has a time."""
        words = tuple((offset - start, seconds) for offset, seconds in self.words if start <= offset < end)
        begin = words[0][1] if words and start else self.start
        return replace(self, text=self.text[start:end], words=words, start=begin)


def clean(text: str) -> str:
    """The text without characters that are no text; each is replaced by one space, so offsets stay."""
    return _UNFIT.sub(" ", text)
