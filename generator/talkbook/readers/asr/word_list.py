"""Make cues from a list of words that have times and perhaps speakers."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise
from operator import itemgetter
from typing import Any

from talkbook.readers.asr import json_values
from talkbook.readers.speech.cue import Cue

_SILENCE = 4.0  # seconds of silence that start a new cue


@dataclass(frozen=True, slots=True)
class TimedWord:
    """A word with its times in seconds and its speaker. glued: it follows the previous word without a space."""

    text: str
    start: float | None = None
    end: float | None = None
    speaker: str | None = None
    glued: bool = False


def read(items: Iterable[Any], *keys: str, speaker: str | None = None, unit: float = 1.0) -> list[TimedWord]:
    """Return the words in objects with "start", "end" and perhaps "speaker".

    keys: the possible keys of the word itself.
    speaker: of words that have none of their own.
    unit: the seconds in one unit of a time.
    """
    return [
        TimedWord(
            json_values.text(item, *keys),
            json_values.seconds(item, "start", unit=unit),
            json_values.seconds(item, "end", unit=unit),
            json_values.label(item, "speaker") or speaker,
        )
        for item in items
    ]


def offsets(text: str, words: Iterable[TimedWord]) -> tuple[tuple[int, float], ...]:
    """Return (offset, seconds) for the words that have a time and are found in the text, in order."""
    result, at = [], 0
    for word in words:
        spoken = word.text.strip()
        place = text.find(spoken, at, at + 200 + len(spoken)) if spoken else -1
        if place >= 0:
            at = place + len(spoken)
            if word.start is not None:
                result.append((place, word.start))
    return tuple(result)


def cues(words: Iterable[TimedWord]) -> Iterator[Cue]:
    """Yield one cue for each run of words by one speaker without a long silence."""
    spoken = [word for word in words if word.text.strip()]
    runs = accumulate((_apart(before, word) for before, word in pairwise(spoken)), initial=0)
    for _, pairs in groupby(zip(runs, spoken, strict=False), key=itemgetter(0)):
        yield _cue([word for _, word in pairs])


def _apart(before: TimedWord, word: TimedWord) -> bool:
    if word.glued:
        return False
    silent = before.end is not None and word.start is not None and word.start - before.end >= _SILENCE
    return before.speaker != word.speaker or silent


def _cue(words: list[TimedWord]) -> Cue:
    parts: list[str] = []
    timed: list[tuple[int, float]] = []
    length = 0
    for word in words:
        text = word.text.strip()
        space = "" if not parts or word.glued or (_joined(text[0]) and _joined(parts[-1][-1])) else " "
        parts += [space, text] if space else [text]
        length += len(space) + len(text)
        if word.start is not None:
            timed.append((length - len(text), word.start))
    ends = [word.end for word in words if word.end is not None]
    start = timed[0][1] if timed else None
    return Cue("".join(parts), start, ends[-1] if ends else None, words[0].speaker, tuple(timed))


def _joined(char: str) -> bool:
    """Return whether the character belongs to a script without spaces between words (Chinese, Japanese, Thai)."""
    return "\u3000" <= char <= "\u9fff" or "\uff00" <= char <= "\uffef" or "\u0e00" <= char <= "\u0e7f"
