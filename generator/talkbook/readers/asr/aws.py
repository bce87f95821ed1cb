"""AWS Transcribe's JSON: items with numbers in strings, punctuation without times, speakers in a list beside."""

from collections.abc import Iterator
from typing import Any

from talkbook.readers.asr import json_values, word_list
from talkbook.readers.asr.word_list import TimedWord
from talkbook.readers.speech import cues
from talkbook.readers.speech.cue import Cue
from talkbook.readers.speech.speech import Speech
from talkbook.readers.speech.times import seconds_of


def fits(text: str) -> bool:
    """Whether items of AWS Transcribe are in the JSON."""
    results = json_values.get(json_values.load(text), "results")
    return isinstance(results, dict) and "items" in results and "transcripts" in results


def read(text: str, path: str) -> Speech:
    """The speech in the items; the source is the joined speech."""
    results = json_values.get(json_values.load(text), "results")
    results = results if isinstance(results, dict) else {}
    spoken = list(word_list.cues(_words(results)))
    if not spoken:
        whole = json_values.objects(results.get("transcripts"))
        spoken = [Cue(json_values.text(transcript.get("transcript"))) for transcript in whole]
    return cues.speech(spoken, path)


def _words(results: dict[str, Any]) -> Iterator[TimedWord]:
    labels = _speakers(results)
    speaker: str | None = None
    for item in json_values.objects(results.get("items")):
        best = next(json_values.objects(item.get("alternatives")), {})
        start = item.get("start_time")
        mark = item.get("type") == "punctuation"
        if not mark:
            speaker = json_values.label(item.get("speaker_label")) or labels.get(str(start))
        yield TimedWord(
            json_values.text(best.get("content")), seconds_of(start), seconds_of(item.get("end_time")), speaker, mark
        )


def _speakers(results: dict[str, Any]) -> dict[str, str]:
    """Start time, as it is written -> label, from the segments of speakers or channels beside the items."""
    labels: dict[str, str] = {}
    for segment in json_values.objects(json_values.get(results, "speaker_labels", "segments")):
        for item in json_values.objects(segment.get("items")):
            label = json_values.label(item.get("speaker_label")) or json_values.label(segment.get("speaker_label"))
            if label:
                labels[str(item.get("start_time"))] = label
    for channel in json_values.objects(json_values.get(results, "channel_labels", "channels")):
        label = json_values.label(channel.get("channel_label"))
        for item in json_values.objects(channel.get("items")):
            if label:
                labels[str(item.get("start_time"))] = label
    return labels
