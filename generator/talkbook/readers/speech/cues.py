"""Join cues into Speech: every format with cues makes its source in this way.

Cues are sorted by start time. White space within a cue becomes one space. Cues of one speaker are joined by a space, or
by a line break before a new paragraph; an empty line separates speakers. In scripts without spaces, none follows a
punctuation mark. The source contains sounds, but no names or times. The repeated lines of rolling captions appear once.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from talkbook.problems import ParseError, Problem
from talkbook.readers.speech import names_in_cues, rolling, sounds
from talkbook.readers.speech.cue import Cue, clean
from talkbook.readers.speech.speech import Heading, Speech, Utterance
from talkbook.text import scripts

_PAUSE = 4.0  # seconds of silence that start a new paragraph after a full stop
_SPACE = re.compile(r"\s+")
_NEEDLESS = re.compile(rf" (?<=[，、；：。！？」』）] )(?=[{scripts.LETTERS}「『（])")


def speech(cues: Iterable[Cue], path: str, problems: Iterable[Problem] = ()) -> Speech:
    """Join the cues as described above; offsets are those of the joined source.

    path: the file, for messages.
    problems: those found so far.

    Raises ParseError if there are no words.
    """
    reports = list(problems)
    filled = [cue for cue in cues if cue.text.strip() or cue.title]
    ordered = names_in_cues.split(rolling.fold(_in_order(filled, path, reports)), path, reports)
    built = _Source()
    for cue in ordered:
        built.add(cue)
    if not built.length:
        raise silent(path, reports)
    return built.speech(reports)


def silent(path: str, problems: Iterable[Problem]) -> ParseError:
    """Return the error for a file without speech, which also holds the problems found before."""
    nothing = Problem(path, 0, "There is no speech in this file.", "Put a transcript here, or remove it.")
    return ParseError(*problems, nothing)


def _in_order(cues: list[Cue], path: str, problems: list[Problem]) -> list[Cue]:
    """Sort the cues by start time, if all have one; report a warning if the file has them in another order."""
    last, late = -1.0, []
    for cue in cues:
        if cue.start is not None:
            if cue.start < last:
                late.append(cue)
            last = max(last, cue.start)
    if late:
        message = f"Some cues start before the one above them ({len(late)} of {len(cues)}); they were sorted by time."
        hint = "If the file joins recordings, add the length of the earlier ones to the times of each. "
        hint += "Otherwise, correct the times."
        problems.append(Problem(path, late[0].line, message, hint, warning=True))
    if not late or any(cue.start is None for cue in cues):
        return cues
    return sorted(cues, key=lambda cue: cue.start or 0.0)


class _Source:
    """Builds the source, and records offsets in it."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.utterances: list[Utterance] = []
        self.moments: list[tuple[int, float]] = []
        self.breaks: list[int] = []
        self.sounds: list[tuple[int, int]] = []
        self.headings: list[Heading] = []
        self.names: list[tuple[int, str]] = []
        self.lines: list[tuple[int, int]] = []
        self.last: Cue | None = None
        self.title = ""

    def add(self, cue: Cue) -> None:
        if cue.title:
            self.title = clean(cue.title).strip()
        text, words = _flat(cue)
        if not text:
            return
        only_sound = sounds.alone(text)
        last, speaker = self.last, clean(cue.speaker).strip() or None if cue.speaker else None
        if only_sound and last is not None and not self.title and speaker is None and not cue.turn:
            speaker = last.speaker
        same = last is not None and last.speaker == speaker and not self.title and not cue.turn
        if last is not None:
            new = cue.fresh or _pause(last, cue)
            space = " " if text.isascii() else _NEEDLESS.sub("", f"{last.text[-1:]} {text[:1]}")[1:-1]
            self._write(("\n" if new else space) if same else "\n\n")
            if new and same:
                self.breaks.append(self.length)
        start = self.length
        if self.title:
            self.headings.append(Heading(start, self.title))
            self.title = ""
        if cue.line:
            self.lines.append((start, cue.line))
        if cue.name:
            self.names.append((start, clean(_SPACE.sub(" ", cue.name)).lstrip()))
        self._write(text)
        if same:
            self.utterances[-1] = self.utterances[-1]._replace(end=self.length)
        else:
            self.utterances.append(Utterance(start, self.length, speaker))
        if cue.start is not None and (not words or words[0][0] > 0):
            self._moment(start, cue.start)
        for offset, seconds in words:
            self._moment(start + offset, seconds)
        noises = [(0, len(text))] if only_sound else sounds.spans(text)
        self.sounds += [(start + first, start + end) for first, end in noises]
        self.last = replace(cue, text=text[-8:], speaker=speaker)

    def _write(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def _moment(self, offset: int, seconds: float) -> None:
        if not self.moments or offset > self.moments[-1][0]:
            self.moments.append((offset, seconds))

    def speech(self, problems: Sequence[Problem]) -> Speech:
        return Speech(
            source="".join(self.parts),
            utterances=tuple(self.utterances),
            moments=tuple(self.moments),
            breaks=tuple(self.breaks),
            sounds=tuple(self.sounds),
            headings=tuple(self.headings),
            names=tuple(self.names),
            lines=tuple(self.lines),
            problems=tuple(problems),
        )


def _flat(cue: Cue) -> tuple[str, tuple[tuple[int, float], ...]]:
    """Return the cue's text with single spaces, and its words with their offsets in that."""
    text = clean(cue.text)
    flat = _SPACE.sub(" ", text).strip()
    if cue.words:
        return flat, cue.words if flat == text else tuple(_moved(text, cue.words))
    return flat if flat.isascii() else _NEEDLESS.sub("", flat), ()


def _moved(text: str, words: Sequence[tuple[int, float]]) -> Iterator[tuple[int, float]]:
    """Yield the words (at least one) with their offsets in the text that _flat() returns."""
    at = words[0][0]
    moved = len(_SPACE.sub(" ", text[:at]).lstrip())
    for offset, seconds in words:
        moved += len(_SPACE.sub(" ", text[at:offset]))
        at = offset
        yield moved, seconds


def _pause(before: Cue, cue: Cue) -> bool:
    silent = before.end is not None and cue.start is not None and cue.start - before.end >= _PAUSE
    return silent and before.text.rstrip("\"'”’)").endswith((".", "?", "!", "…", "。", "！", "？"))
