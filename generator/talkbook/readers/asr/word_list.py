"""From a list of single words, each with its time and perhaps its speaker, to cues."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise
from operator import itemgetter
from typing import Any

from talkbook.readers.asr import json_values
from talkbook.readers.speech.cue import Cue

_SILENCE = 4.0  # seconds between two words that start a new cue


@dataclass(frozen=True, slots=True)
class TimedWord:
    """A word, its seconds, and who says it. glued: follows the word before without a space."""

    text: str
    start: float | None = None
    end: float | None = None
    speaker: str | None = None
    glued: bool = False


def read(items: Iterable[Any], *keys: str, speaker: str | None = None, unit: float = 1.0) -> list[TimedWord]:
    """The words in objects with start, end and speaker.

    keys: one of which has the word itself. speaker: of words that say none. unit: seconds that a time counts in.
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
    """(offset, seconds) for those of the words, in order, that have a time and are found in the text."""
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
    """A cue for each run of words of one speaker without a long silence in it."""
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
    """Whether the character belongs to a script without spaces between words (Chinese, Japanese, Thai)."""
    return "\u3000" <= char <= "\u9fff" or "\uff00" <= char <= "\uffef" or "\u0e00" <= char <= "\u0e7f"
