"""Whisper's JSON and its relatives (WhisperX, faster-whisper, whisper-timestamped, whisper.cpp)."""

from collections.abc import Iterator
from typing import Any

from talkbook.readers.asr import json_values, word_list
from talkbook.readers.asr.word_list import TimedWord
from talkbook.readers.speech import cues
from talkbook.readers.speech.cue import Cue, timed
from talkbook.readers.speech.speech import Speech
from talkbook.readers.speech.times import clock, seconds_of


def fits(text: str) -> bool:
    """Whether segments with a text are in the JSON."""
    return any("text" in segment for segment in _segments(json_values.load(text)))


def read(text: str, path: str) -> Speech:
    """The speech in the segments; the source is the joined speech."""
    return cues.speech((cue for segment in _segments(json_values.load(text)) for cue in _cues(segment)), path)


def _segments(data: Any) -> Iterator[dict[str, Any]]:
    found = data if isinstance(data, list) else json_values.first(data, "segments", "transcription", "chunks")
    return json_values.objects(found)


def _cues(segment: dict[str, Any]) -> Iterator[Cue]:
    text = json_values.text(segment.get("text"))
    speaker = json_values.label(segment.get("speaker"))
    words = [
        TimedWord(
            json_values.text(json_values.first(word, "word", "text")),
            seconds_of(word.get("start")),
            seconds_of(word.get("end")),
            json_values.label(word.get("speaker")) or speaker,
        )
        for word in json_values.objects(segment.get("words"))
    ]
    joined = "".join(word.text for word in words)
    if len({word.speaker for word in words}) > 1 and "".join(text.split()) == "".join(joined.split()):
        yield from word_list.cues(words)
        return
    start, end = _span(segment)
    yield Cue(text, start, end, speaker, timed(text, ((word.text, word.start) for word in words)))


def _span(segment: dict[str, Any]) -> tuple[float | None, float | None]:
    chunk = segment.get("timestamp")
    if isinstance(chunk, list) and len(chunk) == 2:
        return seconds_of(chunk[0]), seconds_of(chunk[1])
    stamps = segment.get("timestamps")
    if isinstance(stamps, dict):
        return clock(json_values.text(stamps.get("from"))), clock(json_values.text(stamps.get("to")))
    return seconds_of(segment.get("start")), seconds_of(segment.get("end"))
