"""Speech: what a reader returns, before anyone is identified or anything is corrected.

Offsets are half-open, in characters of the speech's `source`. Times are seconds from the start of the recording.
"""

from bisect import bisect_right
from dataclasses import dataclass
from sys import maxsize
from typing import NamedTuple

from talkbook.model import Edit
from talkbook.problems import Problem
from talkbook.text.anchors import line_of


class Utterance(NamedTuple):
    """A stretch of speech as a reader found it, before anyone is identified."""

    start: int
    end: int
    label: str | None = None  # what the file calls the speaker; None if it doesn't say
    head: int | None = None  # offset of the label, if it precedes `start` in the source
    draft: str | None = None  # who probably speaks, if there is no label


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a section, and the offset where it starts. whole: whether it is that of the whole conversation."""

    start: int
    title: str
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Speech:
    """A transcript file as its reader understood it.

    source: the text that all offsets refer to. For plain text and Markdown, it is the file's text; for a format with
        cues, it is their joined speech.
    utterances: in order, without overlap; only what is spoken.
    moments: (offset, seconds), in ascending order of offset.
    breaks: offsets at which the file itself starts a new paragraph.
    sounds: (start, end) of noises and music, which are shown but never quoted.
    names: (offset, "Ada: ") of speakers' names that preceded the text there and are not in the source.
    lines: (offset, line of the file) of each caption; None if the source is the file's text.
    front: the YAML of the file's front matter, read like a sidecar; "" if it has none.
    problems: what could not be read, or only with doubt.
    marks: edits of kind "mark" that hide markup within the utterances; sorted, without overlap.
    """

    source: str
    utterances: tuple[Utterance, ...]
    moments: tuple[tuple[int, float], ...] = ()
    breaks: tuple[int, ...] = ()
    sounds: tuple[tuple[int, int], ...] = ()
    headings: tuple[Heading, ...] = ()
    names: tuple[tuple[int, str], ...] = ()
    lines: tuple[tuple[int, int], ...] | None = None
    front: str = ""
    problems: tuple[Problem, ...] = ()
    marks: tuple[Edit, ...] = ()

    def line(self, label: str) -> int:
        """Return the line of the file, from 1, on which the label first names a speaker; 0 if unknown."""
        turn = next((turn for turn in self.utterances if turn.label == label), None)
        if turn is None:
            return 0
        if self.lines is None:
            return line_of(self.source, turn.start if turn.head is None else turn.head)
        at = bisect_right(self.lines, (turn.start, maxsize)) - 1
        return self.lines[at][1] if at >= 0 else 0
