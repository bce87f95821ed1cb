"""AWS Transcribe's JSON: items with numbers in strings, punctuation without times, speakers in a list beside."""

from collections.abc import Iterator
from typing import Any

from talkbook.readers import cues, jsontext, wordlist
from talkbook.readers.cue import Cue
from talkbook.readers.times import seconds_of
from talkbook.readers.wordlist import Word
from talkbook.speech import Speech


def fits(text: str) -> bool:
    """Whether items of AWS Transcribe are in the JSON."""
    results = jsontext.get(jsontext.load(text), "results")
    return isinstance(results, dict) and "items" in results and "transcripts" in results


def read(text: str, path: str) -> Speech:
    """The speech in the items; the source is the joined speech."""
    results = jsontext.get(jsontext.load(text), "results")
    results = results if isinstance(results, dict) else {}
    found = list(wordlist.cues(_words(results)))
    if not found:
        whole = jsontext.objects(results.get("transcripts"))
        found = [Cue(jsontext.text(each.get("transcript"))) for each in whole]
    return cues.speech(found, path)


def _words(results: dict[str, Any]) -> Iterator[Word]:
    said = _speakers(results)
    speaker: str | None = None
    for item in jsontext.objects(results.get("items")):
        best = next(jsontext.objects(item.get("alternatives")), {})
        start = item.get("start_time")
        mark = item.get("type") == "punctuation"
        if not mark:
            speaker = jsontext.label(item.get("speaker_label")) or said.get(str(start))
        yield Word(
            jsontext.text(best.get("content")), seconds_of(start), seconds_of(item.get("end_time")), speaker, mark
        )


def _speakers(results: dict[str, Any]) -> dict[str, str]:
    """Start time, as it is written -> label, from the segments of speakers or channels beside the items."""
    said: dict[str, str] = {}
    for segment in jsontext.objects(jsontext.get(results, "speaker_labels", "segments")):
        for item in jsontext.objects(segment.get("items")):
            label = jsontext.label(item.get("speaker_label")) or jsontext.label(segment.get("speaker_label"))
            if label:
                said[str(item.get("start_time"))] = label
    for channel in jsontext.objects(jsontext.get(results, "channel_labels", "channels")):
        label = jsontext.label(channel.get("channel_label"))
        for item in jsontext.objects(channel.get("items")):
            if label:
                said[str(item.get("start_time"))] = label
    return said
