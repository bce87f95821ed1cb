"""Google Speech's JSON: times such as `"1.300s"`; with diarisation, the last result repeats all words."""

from collections.abc import Iterator
from typing import Any

from talkbook.readers.asr import json_values, word_list
from talkbook.readers.asr.word_list import TimedWord
from talkbook.readers.speech import cues
from talkbook.readers.speech.cue import Cue
from talkbook.readers.speech.speech import Speech
from talkbook.readers.speech.times import seconds_of

_SPEAKER = ("speakerLabel", "speaker_label", "speakerTag", "speaker_tag")


def fits(text: str) -> bool:
    """Return whether the JSON has results with alternatives."""
    return any("alternatives" in result for result in _results(text))


def read(text: str, path: str) -> Speech:
    """Return the speech in the best alternative of each result; the source is the joined speech."""
    best = [next(json_values.objects(result, "alternatives"), {}) for result in _results(text)]
    words = [list(_words(alternative)) for alternative in best]
    last = words[-1] if words else []
    if any(word.speaker for word in last) and (len(words) == 1 or len(last) >= sum(map(len, words[:-1]))):
        return cues.speech(word_list.cues(last), path)
    return cues.speech(map(_cue, best, words), path)


def _results(text: str) -> Iterator[dict[str, Any]]:
    data = json_values.load(text)
    return json_values.objects(json_values.get(data, "results") or json_values.get(data, "response", "results"))


def _cue(alternative: dict[str, Any], words: list[TimedWord]) -> Cue:
    transcript = json_values.text(alternative, "transcript") or " ".join(word.text for word in words)
    start, end = (words[0].start, words[-1].end) if words else (None, None)
    return Cue(transcript, start, end, words=word_list.offsets(transcript, words))


def _words(best: dict[str, Any]) -> Iterator[TimedWord]:
    for word in json_values.objects(best, "words"):
        start = _time(json_values.first(word, "startTime", "start_time", "startOffset", "start_offset"))
        end = _time(json_values.first(word, "endTime", "end_time", "endOffset", "end_offset"))
        label = json_values.label(word, *_SPEAKER) if json_values.first(word, *_SPEAKER) else None  # 0 is nobody
        name = f"Speaker {label}" if label and label.isdigit() else label
        yield TimedWord(json_values.text(word, "word"), start, end, name)


def _time(value: Any) -> float | None:
    if isinstance(value, dict):
        seconds, nanos = seconds_of(value.get("seconds", 0)), seconds_of(value.get("nanos", 0), 1e-9)
        return None if seconds is None or nanos is None else seconds + nanos
    return seconds_of(value)
