"""Azure's JSON, batch and fast: ISO durations, ticks of 100 ns, or milliseconds; numbered speakers."""

from typing import Any

from talkbook.readers.asr import json_values, word_list
from talkbook.readers.asr.word_list import TimedWord
from talkbook.readers.speech import cues
from talkbook.readers.speech.cue import Cue
from talkbook.readers.speech.speech import Speech
from talkbook.readers.speech.times import iso

_TICK = 1e-7


def fits(text: str) -> bool:
    """Return whether the JSON has recognised phrases."""
    data = json_values.load(text)
    return isinstance(data, dict) and ("recognizedPhrases" in data or ("phrases" in data and "combinedPhrases" in data))


def read(text: str, path: str) -> Speech:
    """Return the speech in the best alternative of each phrase; the source is the joined speech."""
    phrases = json_values.first(json_values.load(text), "recognizedPhrases", "phrases")
    return cues.speech(map(_cue, json_values.objects(phrases)), path)


def _cue(phrase: dict[str, Any]) -> Cue:
    best = next(json_values.objects(phrase, "nBest"), phrase)
    display = json_values.text(best, "display", "text", "lexical")
    words = json_values.objects(json_values.first(best, "displayWords", "words"))
    timed = [TimedWord(json_values.text(word, "displayText", "text", "word"), _offset(word)) for word in words]
    start = _offset(phrase)
    length = json_values.seconds(phrase, "durationInTicks", unit=_TICK) or iso(phrase.get("duration"))
    end = start + length if start is not None and length is not None else None
    return Cue(display, start, end, json_values.label(phrase, "speaker"), word_list.offsets(display, timed))


def _offset(part: dict[str, Any]) -> float | None:
    if "offsetMilliseconds" in part:
        return json_values.seconds(part, "offsetMilliseconds", unit=0.001)
    ticks = json_values.seconds(part, "offsetInTicks", unit=_TICK)
    return ticks if ticks is not None else iso(part.get("offset"))
