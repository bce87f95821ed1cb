"""From cues to speech: the one way in which the source of every format with cues is made.

Cues are put in the order of their start times. Within a cue, white space is one space.
Cues of one speaker are joined by a space, or by one line break where a new paragraph
starts; where another speaker begins, an empty line stands between. In scripts without
spaces none follows a mark. Names and times are not in the source; sounds are. Rolling
captions say each line once.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from talkbook.problems import ParseError, Problem
from talkbook.readers.speech import names_in_cues, rolling, sounds
from talkbook.readers.speech.cue import Cue, clean
from talkbook.readers.speech.speech import Heading, Speech, Utterance
from talkbook.text import scripts

_PAUSE = 4.0  # seconds of silence after a full stop that start a new paragraph
_SPACE = re.compile(r"\s+")
_NEEDLESS = re.compile(rf" (?<=[，、；：。！？」』）] )(?=[{scripts.LETTERS}「『（])")


def speech(cues: Iterable[Cue], path: str, problems: Iterable[Problem] = ()) -> Speech:
    """The cues joined as the module says; offsets are those of the joined source.

    path: of the file, for messages. problems: found already. Raises ParseError where no word is left.
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
    """The refusal of a file in which nobody says a word, after what else is wrong with it."""
    nothing = Problem(path, 0, "There is no speech in this file.", "Put a transcript here, or remove it.")
    return ParseError(*problems, nothing)


def _in_order(cues: list[Cue], path: str, problems: list[Problem]) -> list[Cue]:
    """The cues by start time; a warning where that is another order than the file's."""
    last, late = -1.0, []
    for cue in cues:
        if cue.start is not None:
            if cue.start < last:
                late.append(cue)
            last = max(last, cue.start)
    if late:
        message = f"Cues start before the one above them ({len(late)} of {len(cues)}); they were put in the order of "
        message += "their times."
        hint = "If the file joins recordings, add the length of those before to the times of each; else mend the times."
        problems.append(Problem(path, late[0].line, message, hint, warning=True))
    if not late or any(cue.start is None for cue in cues):
        return cues
    return sorted(cues, key=lambda cue: cue.start or 0.0)


class _Source:
    """The source as it grows, and the places in it."""

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
    """The cue's text with single spaces, and its words' offsets in that."""
    text = clean(cue.text)
    flat = _SPACE.sub(" ", text).strip()
    if cue.words:
        return flat, cue.words if flat == text else tuple(_moved(text, cue.words))
    return flat if flat.isascii() else _NEEDLESS.sub("", flat), ()


def _moved(text: str, words: Sequence[tuple[int, float]]) -> Iterator[tuple[int, float]]:
    """The words, of which there is one at least, with their offsets in _flat()."""
    at = words[0][0]
    moved = len(_SPACE.sub(" ", text[:at]).lstrip())
    for offset, seconds in words:
        moved += len(_SPACE.sub(" ", text[at:offset]))
        at = offset
        yield moved, seconds


def _pause(before: Cue, cue: Cue) -> bool:
    silent = before.end is not None and cue.start is not None and cue.start - before.end >= _PAUSE
    return silent and before.text.rstrip("\"'”’)").endswith((".", "?", "!", "…", "。", "！", "？"))
