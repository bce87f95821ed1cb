"""What a reader hands on: a transcript file as it stands, before anybody is identified or anything corrected.

Offsets are characters into the speech's `source`, half-open. Times are seconds from the start of the recording.
"""

from bisect import bisect_right
from dataclasses import dataclass
from sys import maxsize
from typing import NamedTuple

from talkbook.model import Edit
from talkbook.problems import Problem
from talkbook.text.anchors import line_of


class Utterance(NamedTuple):
    """A stretch of speech as a reader found it, before anybody is identified."""

    start: int
    end: int
    label: str | None = None  # what the file calls the speaker; None where it does not say
    head: int | None = None  # where the label begins, if it stands in the source before `start`
    draft: str | None = None  # who probably speaks, where there is no label


@dataclass(frozen=True, slots=True)
class Heading:
    """A section's title as a reader found it, and the offset where the section starts."""

    start: int
    title: str


@dataclass(frozen=True, slots=True)
class Speech:
    """A transcript file as its reader understood it.

    source: the text that all offsets count in. For plain text and Markdown it is the
        file's text; for a format with cues it is the joined speech.
    utterances: in order, without overlap; only what is spoken.
    moments: (offset, seconds) in ascending order of offset.
    breaks: offsets at which the file itself starts a new paragraph.
    sounds: (start, end) of noises and music, kept in the text and never quoted.
    names: (offset, "Ada: ") of the speakers' names that stood in captions there, and are not in the source.
    lines: (offset, line of the file) of the captions there; None where the source is the file's text.
    front: YAML text of the file's own front matter, "" if it has none; read as the sidecar is.
    problems: what could not be read, or was read with a doubt.
    marks: edits of kind "mark" that leave markup within the utterances unseen; sorted and apart.
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
        """The line of the file, from 1, on which the label first names who speaks; 0 where that isn't known."""
        turn = next((turn for turn in self.utterances if turn.label == label), None)
        if turn is None:
            return 0
        if self.lines is None:
            return line_of(self.source, turn.start if turn.head is None else turn.head)
        at = bisect_right(self.lines, (turn.start, maxsize)) - 1
        return self.lines[at][1] if at >= 0 else 0
