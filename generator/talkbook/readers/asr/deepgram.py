"""Deepgram's JSON: `utterances`, or only the words of `channels`; numbered speakers."""

from collections.abc import Iterator
from typing import Any

from talkbook.readers.asr import json_values, word_list
from talkbook.readers.speech import cues
from talkbook.readers.speech.cue import Cue
from talkbook.readers.speech.speech import Speech


def fits(text: str) -> bool:
    """Return whether the JSON has channels with alternatives."""
    channels = json_values.objects(json_values.load(text), "results", "channels")
    return any("alternatives" in channel for channel in channels)


def read(text: str, path: str) -> Speech:
    """Return the speech in the utterances or, without any, in each channel's first alternative.

    The source is the joined speech.
    """
    results = json_values.get(json_values.load(text), "results")
    spoken = [cue for utterance in json_values.objects(results, "utterances") for cue in _cues(utterance)]
    return cues.speech(spoken or _channels(results), path)


def _channels(results: Any) -> Iterator[Cue]:
    channels = list(json_values.objects(results, "channels"))
    for number, channel in enumerate(channels):
        best = next(json_values.objects(channel, "alternatives"), {})
        yield from _cues(best, f"Channel {number}" if len(channels) > 1 else None)


def _cues(alternative: dict[str, Any], channel: str | None = None) -> Iterator[Cue]:
    speaker = json_values.label(alternative, "speaker")
    listed = json_values.objects(alternative, "words")
    if words := word_list.read(listed, "punctuated_word", "word", speaker=channel or speaker):
        yield from word_list.cues(words)
    else:
        start, end = (json_values.seconds(alternative, key) for key in ("start", "end"))
        yield Cue(json_values.text(alternative, "transcript"), start, end, speaker)
