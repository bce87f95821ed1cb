"""AssemblyAI's JSON: `utterances`, `words`, or only `text`; milliseconds, lettered speakers."""

from typing import Any

from talkbook.readers import cues, jsontext, wordlist
from talkbook.readers.cue import Cue, timed
from talkbook.readers.times import seconds_of
from talkbook.readers.wordlist import Word
from talkbook.speech import Speech

_KEYS = ("audio_url", "acoustic_model", "language_model", "speech_model", "audio_duration", "utterances")


def fits(text: str) -> bool:
    """Whether the JSON has a text or utterances, and keys of AssemblyAI."""
    data = jsontext.load(text)
    return (
        isinstance(data, dict)
        and any(key in data for key in _KEYS)
        and bool({"text", "utterances", "words"} & set(data))
    )


def read(text: str, path: str) -> Speech:
    """The speech in the utterances; the source is the joined speech."""
    data = jsontext.load(text)
    found = [_cue(each) for each in jsontext.objects(jsontext.get(data, "utterances"))]
    words = [_word(each) for each in jsontext.objects(jsontext.get(data, "words"))]
    return cues.speech(found or list(wordlist.cues(words)) or [Cue(jsontext.text(jsontext.get(data, "text")))], path)


def _cue(each: dict[str, Any]) -> Cue:
    said = jsontext.text(each.get("text"))
    words = [_word(word) for word in jsontext.objects(each.get("words"))]
    return Cue(
        said,
        seconds_of(each.get("start"), 0.001),
        seconds_of(each.get("end"), 0.001),
        _speaker(each),
        timed(said, ((word.text, word.start) for word in words)),
    )


def _word(word: dict[str, Any]) -> Word:
    start, end = (seconds_of(word.get(key), 0.001) for key in ("start", "end"))
    return Word(jsontext.text(word.get("text")), start, end, _speaker(word))


def _speaker(each: dict[str, Any]) -> str | None:
    label = jsontext.label(each.get("speaker"))
    return f"Speaker {label}" if label and len(label) == 1 else label
