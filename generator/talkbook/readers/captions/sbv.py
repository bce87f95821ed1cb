"""SBV, YouTube's own caption format: `0:00:00.378,0:00:11.378` above the words."""

import re

from talkbook.readers.captions.webvtt_like import read
from talkbook.readers.speech import line_matches

__all__ = ["fits", "read"]

_TIMES = re.compile(r"^\d{1,3}:\d\d:\d\d\.\d{3},\d{1,3}:\d\d:\d\d\.\d{3}[ \t]*$", re.MULTILINE)


def fits(text: str) -> bool:
    """Return whether the text has lines with two times separated by a comma."""
    return next(line_matches.finditer(_TIMES, text), None) is not None
