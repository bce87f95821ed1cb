"""SubRip, with or without cue numbers, thousandths and names."""

from talkbook.readers.captions import webvtt_like
from talkbook.readers.speech import line_matches
from talkbook.readers.speech.speech import Speech


def fits(text: str) -> bool:
    """Whether lines with two times and an arrow stand in the text."""
    return ">" in text and any(
        "->" in match[0] for match in line_matches.finditer(webvtt_like.TIMING, text, holds="->")
    )


def read(text: str, path: str) -> Speech:
    """The speech in the captions; the source is the joined speech."""
    return webvtt_like.read(text, path)
