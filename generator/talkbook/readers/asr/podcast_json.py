"""Podcasting 2.0 JSON: `segments` with `startTime`, `body` and `speaker`."""

from talkbook.readers.asr import json_values
from talkbook.readers.speech import cues
from talkbook.readers.speech.cue import Cue
from talkbook.readers.speech.speech import Speech
from talkbook.readers.speech.times import seconds_of


def fits(text: str) -> bool:
    """Whether segments with a body are in the JSON."""
    return any(
        "body" in segment for segment in json_values.objects(json_values.get(json_values.load(text), "segments"))
    )


def read(text: str, path: str) -> Speech:
    """The speech in the segments; the source is the joined speech."""
    segments = json_values.objects(json_values.get(json_values.load(text), "segments"))
    return cues.speech(
        (
            Cue(
                json_values.text(segment.get("body")),
                seconds_of(segment.get("startTime")),
                seconds_of(segment.get("endTime")),
                json_values.label(segment.get("speaker")),
            )
            for segment in segments
        ),
        path,
    )
