"""Markup within a caption: voices, word times, styles, entities and speaker changes."""

import html
import re
from collections.abc import Iterator
from dataclasses import replace

from talkbook.readers.speech import times
from talkbook.readers.speech.cue import Cue

_TAG = re.compile(
    r"""
      < (?P<time> \d+ : [\d:.]+ ) >
    | < v (?: \.[^\s<>]* )? (?: \s (?P<voice> [^<>]* ) )? >
    | (?P<close> </v> )
    | </? (?: [bicus] | font | ruby | rt | lang | span | em | strong | br | p ) (?: [.\s/] [^<>]* )? >
    | \{ \\ [^{}\n]* \}                                       # {\an8} and the like, of SSA
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SPACE = re.compile(r"\s*")
_CHANGE = re.compile(r"^[ \t]*-?[ \t]?>>>?[ \t]*|[ \t]-?>>>?[ \t]+|^[ \t]*[-–—][ \t]+(?=\S)", re.MULTILINE)


def cues(raw: str, start: float | None, end: float | None, line: int) -> Iterator[Cue]:
    """Yield a caption as cues, one for each speaker that it marks.

    raw: the caption as it stands in the file.
    start, end: its times in seconds.
    line: its first line in the file.
    """
    text = ""
    words: list[tuple[int, float]] = []
    speaker: str | None = None
    at = 0
    for tag in _TAG.finditer(raw):
        text += html.unescape(raw[at : tag.start()])
        at = tag.end()
        if tag["time"]:
            seconds = times.clock(tag["time"])
            if seconds is not None:
                words.append((len(text), seconds))
        elif tag["voice"] is not None or tag["close"]:
            yield from _changes(Cue(text, start, end, speaker, _starts(text, words), line))
            start = words[-1][1] if words else start
            text, words = "", []
            speaker = " ".join(html.unescape(tag["voice"]).split()) or None if tag["voice"] else None
        elif tag[0][:3].lower() == "<br":
            text += "\n"
    text += html.unescape(raw[at:])
    yield from _changes(Cue(text, start, end, speaker, _starts(text, words), line))


def _starts(text: str, words: list[tuple[int, float]]) -> tuple[tuple[int, float], ...]:
    """Return the words with offsets moved past the white space that follows their time tags."""
    return tuple((match.end(), seconds) for offset, seconds in words if (match := _SPACE.match(text, offset)))


def _changes(cue: Cue) -> Iterator[Cue]:
    """Split a cue without a known speaker at `>>`, and at dashes at the start of a line."""
    if not cue.text.strip():
        return
    marks = list(_CHANGE.finditer(cue.text))
    if not marks or cue.speaker is not None:
        yield cue
        return
    starts = [(0, cue.turn), *((mark.end(), True) for mark in marks)]
    ends = [*(mark.start() for mark in marks), len(cue.text)]
    for (start, turn), end in zip(starts, ends, strict=True):
        if cue.text[start:end].strip():
            yield replace(cue.part(start, end), turn=turn)
