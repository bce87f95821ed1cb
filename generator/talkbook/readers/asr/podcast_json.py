"""Podcasting 2.0 JSON: `segments` with `startTime`, `body` and `speaker`."""

from collections.abc import Iterator
from typing import Any

from talkbook.readers.asr import json_values
from talkbook.readers.speech import cues
from talkbook.readers.speech.cue import Cue
from talkbook.readers.speech.speech import Speech


def fits(text: str) -> bool:
    """Return whether the JSON has segments with a body."""
    return any("body" in segment for segment in _segments(text))


def read(text: str, path: str) -> Speech:
    """Return the speech in the segments; the source is the joined speech."""
    return cues.speech(map(_cue, _segments(text)), path)


def _segments(text: str) -> Iterator[dict[str, Any]]:
    return json_values.objects(json_values.load(text), "segments")


def _cue(segment: dict[str, Any]) -> Cue:
    start, end = (json_values.seconds(segment, key) for key in ("startTime", "endTime"))
    return Cue(json_values.text(segment, "body"), start, end, json_values.label(segment, "speaker"))
