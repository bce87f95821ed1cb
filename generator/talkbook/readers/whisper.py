"""Whisper's JSON and its relatives (WhisperX, faster-whisper, whisper-timestamped, whisper.cpp)."""

from collections.abc import Iterator
from typing import Any

from talkbook.readers import cues, jsontext, wordlist
from talkbook.readers.cue import Cue, timed
from talkbook.readers.times import clock, seconds_of
from talkbook.readers.wordlist import Word
from talkbook.speech import Speech


def fits(text: str) -> bool:
    """Whether segments with a text are in the JSON."""
    return any("text" in segment for segment in _segments(jsontext.load(text)))


def read(text: str, path: str) -> Speech:
    """The speech in the segments; the source is the joined speech."""
    return cues.speech((cue for segment in _segments(jsontext.load(text)) for cue in _cues(segment)), path)


def _segments(data: Any) -> Iterator[dict[str, Any]]:
    found = data if isinstance(data, list) else jsontext.first(data, "segments", "transcription", "chunks")
    return jsontext.objects(found)


def _cues(segment: dict[str, Any]) -> Iterator[Cue]:
    said = jsontext.text(segment.get("text"))
    speaker = jsontext.label(segment.get("speaker"))
    words = [
        Word(
            jsontext.text(jsontext.first(word, "word", "text")),
            seconds_of(word.get("start")),
            seconds_of(word.get("end")),
            jsontext.label(word.get("speaker")) or speaker,
        )
        for word in jsontext.objects(segment.get("words"))
    ]
    heard = "".join(word.text for word in words)
    if len({word.speaker for word in words}) > 1 and "".join(said.split()) == "".join(heard.split()):
        yield from wordlist.cues(words)
        return
    start, end = _span(segment)
    yield Cue(said, start, end, speaker, timed(said, ((word.text, word.start) for word in words)))


def _span(segment: dict[str, Any]) -> tuple[float | None, float | None]:
    chunk = segment.get("timestamp")
    if isinstance(chunk, list) and len(chunk) == 2:
        return seconds_of(chunk[0]), seconds_of(chunk[1])
    stamps = segment.get("timestamps")
    if isinstance(stamps, dict):
        return clock(jsontext.text(stamps.get("from"))), clock(jsontext.text(stamps.get("to")))
    return seconds_of(segment.get("start")), seconds_of(segment.get("end"))
