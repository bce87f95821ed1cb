"""WebVTT: voices, names in cues, word times and rolling captions, as YouTube, Zoom and Teams write them."""

import re

from talkbook.readers.captions.webvtt_like import read

__all__ = ["fits", "read"]

_HEAD = re.compile(r"\s*WEBVTT(?![^\s-])")


def fits(text: str) -> bool:
    """Return whether the text starts with the header of WebVTT."""
    return _HEAD.match(text) is not None
