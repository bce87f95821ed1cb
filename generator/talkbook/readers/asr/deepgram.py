"""Deepgram's JSON: `utterances`, or only the words of `channels`; numbered speakers."""

from collections.abc import Iterator
from typing import Any

from talkbook.readers.asr import json_values, word_list
from talkbook.readers.asr.word_list import TimedWord
from talkbook.readers.speech import cues
from talkbook.readers.speech.cue import Cue
from talkbook.readers.speech.speech import Speech
from talkbook.readers.speech.times import seconds_of


def fits(text: str) -> bool:
    """Whether channels with alternatives are in the JSON."""
    channels = json_values.objects(json_values.get(json_values.load(text), "results", "channels"))
    return any("alternatives" in channel for channel in channels)


def read(text: str, path: str) -> Speech:
    """The speech of the first alternative of each channel; the source is the joined speech."""
    results = json_values.get(json_values.load(text), "results")
    return cues.speech(list(_utterances(results)) or list(_channels(results)), path)


def _utterances(results: Any) -> Iterator[Cue]:
    for utterance in json_values.objects(json_values.get(results, "utterances")):
        words = _words(utterance.get("words"), json_values.label(utterance.get("speaker")))
        yield from word_list.cues(words) if words else [_plain(utterance)]


def _channels(results: Any) -> Iterator[Cue]:
    channels = list(json_values.objects(json_values.get(results, "channels")))
    for number, channel in enumerate(channels):
        best = next(json_values.objects(channel.get("alternatives")), {})
        words = _words(best.get("words"), f"Channel {number}" if len(channels) > 1 else None)
        yield from word_list.cues(words) if words else [_plain(best)]


def _plain(alternative: dict[str, Any]) -> Cue:
    start, end = seconds_of(alternative.get("start")), seconds_of(alternative.get("end"))
    return Cue(
        json_values.text(alternative.get("transcript")), start, end, json_values.label(alternative.get("speaker"))
    )


def _words(value: Any, speaker: str | None) -> list[TimedWord]:
    return [
        TimedWord(
            json_values.text(json_values.first(word, "punctuated_word", "word")),
            seconds_of(word.get("start")),
            seconds_of(word.get("end")),
            json_values.label(word.get("speaker")) or speaker,
        )
        for word in json_values.objects(value)
    ]
