"""SubRip, with or without cue numbers, thousandths and names."""

from talkbook.readers.captions import webvtt_like
from talkbook.readers.captions.webvtt_like import read
from talkbook.readers.speech import line_matches

__all__ = ["fits", "read"]


def fits(text: str) -> bool:
    """Return whether the text has lines with two times separated by an arrow."""
    return "->" in text and any("->" in match[0] for match in line_matches.finditer(webvtt_like.TIMING, text))
