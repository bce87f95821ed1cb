"""Podcasting 2.0 JSON: `segments` with `startTime`, `body` and `speaker`."""

from talkbook.readers import cues, jsontext
from talkbook.readers.cue import Cue
from talkbook.readers.times import seconds_of
from talkbook.speech import Speech


def fits(text: str) -> bool:
    """Whether segments with a body are in the JSON."""
    return any("body" in segment for segment in jsontext.objects(jsontext.get(jsontext.load(text), "segments")))


def read(text: str, path: str) -> Speech:
    """The speech in the segments; the source is the joined speech."""
    segments = jsontext.objects(jsontext.get(jsontext.load(text), "segments"))
    return cues.speech(
        (
            Cue(
                jsontext.text(each.get("body")),
                seconds_of(each.get("startTime")),
                seconds_of(each.get("endTime")),
                jsontext.label(each.get("speaker")),
            )
            for each in segments
        ),
        path,
    )
