"""Whisper's JSON and its relatives (WhisperX, faster-whisper, whisper-timestamped, whisper.cpp)."""

from collections.abc import Iterator
from typing import Any

from talkbook.readers.asr import json_values, word_list
from talkbook.readers.speech import cues
from talkbook.readers.speech.cue import Cue
from talkbook.readers.speech.speech import Speech
from talkbook.readers.speech.times import clock, seconds_of


def fits(text: str) -> bool:
    """Return whether the JSON has segments with a text."""
    return any("text" in segment for segment in _segments(text))


def read(text: str, path: str) -> Speech:
    """Return the speech in the segments; the source is the joined speech."""
    return cues.speech((cue for segment in _segments(text) for cue in _cues(segment)), path)


def _segments(text: str) -> Iterator[dict[str, Any]]:
    data = json_values.load(text)
    listed = isinstance(data, list)
    return json_values.objects(data if listed else json_values.first(data, "segments", "transcription", "chunks"))


def _cues(segment: dict[str, Any]) -> Iterator[Cue]:
    text = json_values.text(segment, "text")
    speaker = json_values.label(segment, "speaker")
    words = word_list.read(json_values.objects(segment, "words"), "word", "text", speaker=speaker)
    joined = "".join(word.text for word in words)
    if len({word.speaker for word in words}) > 1 and "".join(text.split()) == "".join(joined.split()):
        yield from word_list.cues(words)
    else:
        yield Cue(text, *_span(segment), speaker, word_list.offsets(text, words))


def _span(segment: dict[str, Any]) -> tuple[float | None, float | None]:
    chunk = segment.get("timestamp")
    if isinstance(chunk, list) and len(chunk) == 2:
        return seconds_of(chunk[0]), seconds_of(chunk[1])
    stamps = segment.get("timestamps")
    if isinstance(stamps, dict):
        return clock(json_values.text(stamps, "from")), clock(json_values.text(stamps, "to"))
    return json_values.seconds(segment, "start"), json_values.seconds(segment, "end")
