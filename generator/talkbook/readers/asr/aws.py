"""AWS Transcribe's JSON: items with numbers in strings, punctuation without times, speakers in a separate list."""

from collections.abc import Iterator
from typing import Any

from talkbook.readers.asr import json_values, word_list
from talkbook.readers.asr.word_list import TimedWord
from talkbook.readers.speech import cues
from talkbook.readers.speech.cue import Cue
from talkbook.readers.speech.speech import Speech


def fits(text: str) -> bool:
    """Return whether the JSON has the items and transcripts of AWS Transcribe."""
    results = json_values.get(json_values.load(text), "results")
    return isinstance(results, dict) and "items" in results and "transcripts" in results


def read(text: str, path: str) -> Speech:
    """Return the speech in the items; the source is the joined speech."""
    results = json_values.get(json_values.load(text), "results")
    whole = [Cue(json_values.text(part, "transcript")) for part in json_values.objects(results, "transcripts")]
    return cues.speech(list(word_list.cues(_words(results))) or whole, path)


def _words(results: Any) -> Iterator[TimedWord]:
    labels = _speakers(results)
    speaker: str | None = None
    for item in json_values.objects(results, "items"):
        best = next(json_values.objects(item, "alternatives"), {})
        start, end = (json_values.seconds(item, key) for key in ("start_time", "end_time"))
        mark = item.get("type") == "punctuation"
        if not mark:
            speaker = json_values.label(item, "speaker_label") or labels.get(str(item.get("start_time")))
        yield TimedWord(json_values.text(best, "content"), start, end, speaker, mark)


def _speakers(results: Any) -> dict[str, str]:
    """Return start time (a string, as in the items) -> label, from the segments of speakers or channels."""
    segments = json_values.objects(results, "speaker_labels", "segments")
    channels = json_values.objects(results, "channel_labels", "channels")
    labels = {}
    for part in (*segments, *channels):
        usual = json_values.label(part, "speaker_label", "channel_label")
        for item in json_values.objects(part, "items"):
            if label := json_values.label(item, "speaker_label") or usual:
                labels[str(item.get("start_time"))] = label
    return labels
