"""Deepgram's JSON: `utterances`, or only the words of `channels`; numbered speakers."""

from collections.abc import Iterator
from typing import Any

from talkbook.readers import cues, jsontext, wordlist
from talkbook.readers.cue import Cue
from talkbook.readers.times import seconds_of
from talkbook.readers.wordlist import Word
from talkbook.speech import Speech


def fits(text: str) -> bool:
    """Whether channels with alternatives are in the JSON."""
    channels = jsontext.objects(jsontext.get(jsontext.load(text), "results", "channels"))
    return any("alternatives" in channel for channel in channels)


def read(text: str, path: str) -> Speech:
    """The speech of the first alternative of each channel; the source is the joined speech."""
    results = jsontext.get(jsontext.load(text), "results")
    return cues.speech(list(_utterances(results)) or list(_channels(results)), path)


def _utterances(results: Any) -> Iterator[Cue]:
    for each in jsontext.objects(jsontext.get(results, "utterances")):
        words = _words(each.get("words"), jsontext.label(each.get("speaker")))
        yield from wordlist.cues(words) if words else [_plain(each)]


def _channels(results: Any) -> Iterator[Cue]:
    channels = list(jsontext.objects(jsontext.get(results, "channels")))
    for number, channel in enumerate(channels):
        best = next(jsontext.objects(channel.get("alternatives")), {})
        words = _words(best.get("words"), f"Channel {number}" if len(channels) > 1 else None)
        yield from wordlist.cues(words) if words else [_plain(best)]


def _plain(said: dict[str, Any]) -> Cue:
    start, end = seconds_of(said.get("start")), seconds_of(said.get("end"))
    return Cue(jsontext.text(said.get("transcript")), start, end, jsontext.label(said.get("speaker")))


def _words(value: Any, speaker: str | None) -> list[Word]:
    return [
        Word(
            jsontext.text(jsontext.first(word, "punctuated_word", "word")),
            seconds_of(word.get("start")),
            seconds_of(word.get("end")),
            jsontext.label(word.get("speaker")) or speaker,
        )
        for word in jsontext.objects(value)
    ]
