"""Google Speech's JSON: `"1.300s"`; with speakers told apart, the last result repeats all the words."""

from collections.abc import Iterator
from typing import Any

from talkbook.readers.asr import json_values, word_list
from talkbook.readers.asr.word_list import TimedWord
from talkbook.readers.speech import cues
from talkbook.readers.speech.cue import Cue, timed
from talkbook.readers.speech.speech import Speech
from talkbook.readers.speech.times import seconds_of


def fits(text: str) -> bool:
    """Whether results with alternatives are in the JSON."""
    return any("alternatives" in result for result in _results(json_values.load(text)))


def read(text: str, path: str) -> Speech:
    """The speech in the best alternative of each result; the source is the joined speech."""
    best = [next(json_values.objects(result.get("alternatives")), {}) for result in _results(json_values.load(text))]
    words = [list(_words(alternative)) for alternative in best]
    if (
        words
        and any(word.speaker for word in words[-1])
        and (len(words) == 1 or len(words[-1]) >= sum(map(len, words[:-1])))
    ):
        return cues.speech(word_list.cues(words[-1]), path)
    return cues.speech(
        (
            Cue(
                transcript := json_values.text(alternative.get("transcript"))
                or " ".join(word.text for word in timings),
                timings[0].start if timings else None,
                timings[-1].end if timings else None,
                words=timed(transcript, ((word.text, word.start) for word in timings)),
            )
            for alternative, timings in zip(best, words, strict=True)
        ),
        path,
    )


def _results(data: Any) -> Iterator[dict[str, Any]]:
    return json_values.objects(json_values.get(data, "results") or json_values.get(data, "response", "results"))


def _words(best: dict[str, Any]) -> Iterator[TimedWord]:
    for word in json_values.objects(best.get("words")):
        start = _time(json_values.first(word, "startTime", "start_time", "startOffset", "start_offset"))
        end = _time(json_values.first(word, "endTime", "end_time", "endOffset", "end_offset"))
        label = json_values.label(
            json_values.first(word, "speakerLabel", "speaker_label", "speakerTag", "speaker_tag") or None
        )
        name = f"Speaker {label}" if label and label.isdigit() else label
        yield TimedWord(json_values.text(word.get("word")), start, end, name)


def _time(value: Any) -> float | None:
    if isinstance(value, dict):
        seconds, nanos = seconds_of(value.get("seconds", 0)), seconds_of(value.get("nanos", 0), 1e-9)
        return None if seconds is None or nanos is None else seconds + nanos
    return seconds_of(value)
