"""AssemblyAI's JSON: `utterances`, `words`, or only `text`; milliseconds, lettered speakers."""

from typing import Any

from talkbook.readers.asr import json_values, word_list
from talkbook.readers.asr.word_list import TimedWord
from talkbook.readers.speech import cues
from talkbook.readers.speech.cue import Cue, timed
from talkbook.readers.speech.speech import Speech
from talkbook.readers.speech.times import seconds_of

_KEYS = ("audio_url", "acoustic_model", "language_model", "speech_model", "audio_duration", "utterances")


def fits(text: str) -> bool:
    """Whether the JSON has a text or utterances, and keys of AssemblyAI."""
    data = json_values.load(text)
    return (
        isinstance(data, dict)
        and any(key in data for key in _KEYS)
        and bool({"text", "utterances", "words"} & set(data))
    )


def read(text: str, path: str) -> Speech:
    """The speech in the utterances; the source is the joined speech."""
    data = json_values.load(text)
    utterances = [_cue(utterance) for utterance in json_values.objects(json_values.get(data, "utterances"))]
    words = [_word(word) for word in json_values.objects(json_values.get(data, "words"))]
    return cues.speech(
        utterances or list(word_list.cues(words)) or [Cue(json_values.text(json_values.get(data, "text")))], path
    )


def _cue(utterance: dict[str, Any]) -> Cue:
    text = json_values.text(utterance.get("text"))
    words = [_word(word) for word in json_values.objects(utterance.get("words"))]
    return Cue(
        text,
        seconds_of(utterance.get("start"), 0.001),
        seconds_of(utterance.get("end"), 0.001),
        _speaker(utterance),
        timed(text, ((word.text, word.start) for word in words)),
    )


def _word(word: dict[str, Any]) -> TimedWord:
    start, end = (seconds_of(word.get(key), 0.001) for key in ("start", "end"))
    return TimedWord(json_values.text(word.get("text")), start, end, _speaker(word))


def _speaker(utterance: dict[str, Any]) -> str | None:
    label = json_values.label(utterance.get("speaker"))
    return f"Speaker {label}" if label and len(label) == 1 else label
