"""AssemblyAI's JSON: `utterances`, `words`, or only `text`; milliseconds, lettered speakers."""

from dataclasses import replace
from typing import Any

from talkbook.readers.asr import json_values, word_list
from talkbook.readers.asr.word_list import TimedWord
from talkbook.readers.speech import cues
from talkbook.readers.speech.cue import Cue
from talkbook.readers.speech.speech import Speech

_KEYS = {"audio_url", "acoustic_model", "language_model", "speech_model", "audio_duration", "utterances"}
_UNIT = 0.001  # seconds


def fits(text: str) -> bool:
    """Return whether the JSON has text, words or utterances, and a key that only AssemblyAI uses."""
    data = json_values.load(text)
    return isinstance(data, dict) and bool(_KEYS & data.keys()) and bool({"text", "utterances", "words"} & data.keys())


def read(text: str, path: str) -> Speech:
    """Return the speech in the utterances, words or text; the source is the joined speech."""
    data = json_values.load(text)
    utterances = [_cue(utterance) for utterance in json_values.objects(data, "utterances")]
    return cues.speech(utterances or list(word_list.cues(_words(data))) or [Cue(json_values.text(data, "text"))], path)


def _cue(utterance: dict[str, Any]) -> Cue:
    text = json_values.text(utterance, "text")
    start, end = (json_values.seconds(utterance, key, unit=_UNIT) for key in ("start", "end"))
    speaker = _named(json_values.label(utterance, "speaker"))
    return Cue(text, start, end, speaker, word_list.offsets(text, _words(utterance)))


def _words(data: Any) -> list[TimedWord]:
    words = word_list.read(json_values.objects(data, "words"), "text", unit=_UNIT)
    return [replace(word, speaker=_named(word.speaker)) for word in words]


def _named(label: str | None) -> str | None:
    return f"Speaker {label}" if label and len(label) == 1 else label
