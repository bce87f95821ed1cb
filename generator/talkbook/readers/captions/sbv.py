"""SBV, YouTube's own captions: `0:00:00.378,0:00:11.378` above the words."""

import re

from talkbook.readers.captions import webvtt_like
from talkbook.readers.speech import line_matches
from talkbook.readers.speech.speech import Speech

_TIMES = re.compile(r"^\d{1,3}:\d\d:\d\d\.\d{3},\d{1,3}:\d\d:\d\d\.\d{3}[ \t]*$", re.MULTILINE)


def fits(text: str) -> bool:
    """Whether lines with two times and a comma stand in the text."""
    return next(line_matches.finditer(_TIMES, text), None) is not None


def read(text: str, path: str) -> Speech:
    """The speech in the captions; the source is the joined speech."""
    return webvtt_like.read(text, path)
