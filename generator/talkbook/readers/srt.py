"""SubRip, with or without cue numbers, thousandths and names."""

from talkbook.readers import captioned, lines
from talkbook.speech import Speech


def fits(text: str) -> bool:
    """Whether lines with two times and an arrow stand in the text."""
    return ">" in text and any("->" in match[0] for match in lines.each(captioned.TIMING, text, holds="->"))


def read(text: str, path: str) -> Speech:
    """The speech in the captions; the source is the joined speech."""
    return captioned.read(text, path)
