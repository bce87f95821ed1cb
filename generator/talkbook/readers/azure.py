"""Azure's JSON, batch and fast: ISO durations, ticks of 100 ns, or milliseconds; numbered speakers."""

from typing import Any

from talkbook.readers import cues, jsontext
from talkbook.readers.cue import Cue, timed
from talkbook.readers.times import iso, seconds_of
from talkbook.speech import Speech

_TICK = 1e-7


def fits(text: str) -> bool:
    """Whether recognised phrases are in the JSON."""
    data = jsontext.load(text)
    return isinstance(data, dict) and ("recognizedPhrases" in data or ("phrases" in data and "combinedPhrases" in data))


def read(text: str, path: str) -> Speech:
    """The speech in the best reading of each phrase; the source is the joined speech."""
    phrases = jsontext.first(jsontext.load(text), "recognizedPhrases", "phrases")
    return cues.speech((_cue(phrase) for phrase in jsontext.objects(phrases)), path)


def _cue(phrase: dict[str, Any]) -> Cue:
    best = next(jsontext.objects(phrase.get("nBest")), phrase)
    said = jsontext.text(jsontext.first(best, "display", "text", "lexical"))
    words = jsontext.objects(jsontext.first(best, "displayWords", "words"))
    start = _offset(phrase)
    length = seconds_of(phrase.get("durationInTicks"), _TICK) or iso(phrase.get("duration"))
    pairs = ((jsontext.text(jsontext.first(word, "displayText", "text", "word")), _offset(word)) for word in words)
    end = start + length if start is not None and length is not None else None
    return Cue(said, start, end, jsontext.label(phrase.get("speaker")), timed(said, pairs))


def _offset(part: dict[str, Any]) -> float | None:
    if "offsetMilliseconds" in part:
        return seconds_of(part["offsetMilliseconds"], 0.001)
    ticks = seconds_of(part.get("offsetInTicks"), _TICK)
    return ticks if ticks is not None else iso(part.get("offset"))
