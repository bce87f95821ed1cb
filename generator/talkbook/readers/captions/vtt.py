"""WebVTT: voices, names in cues, word times and rolling captions, as YouTube, Zoom and Teams write them."""

import re

from talkbook.readers.captions import webvtt_like
from talkbook.readers.speech.speech import Speech

_HEAD = re.compile(r"\s*WEBVTT(?![^\s-])")


def fits(text: str) -> bool:
    """Whether the text starts as WebVTT must."""
    return _HEAD.match(text) is not None


def read(text: str, path: str) -> Speech:
    """The speech in the captions; the source is the joined speech."""
    return webvtt_like.read(text, path)
