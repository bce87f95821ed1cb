"""SubStation Alpha (SSA and ASS): dialogue lines with times and an actor."""

import re

from talkbook.problems import Problem
from talkbook.readers.speech import cues
from talkbook.readers.speech.cue import Cue
from talkbook.readers.speech.speech import Speech
from talkbook.readers.speech.times import clock

_HEAD = re.compile(r"\s*\[Script Info\]", re.IGNORECASE)
_LINE = re.compile(r"^[ \t]*Dialogue:", re.MULTILINE)
_FIELD = r"[^,\n]*,"
_TIME = r"[ \t]*(?:\d{1,2}:){2}\d{1,2}(?:[.,]\d{1,3})?[ \t]*"
_DIALOGUE = re.compile(  # layer, start, end, style, actor, three margins, effect, text
    rf"^[ \t]*Dialogue:{_FIELD}(?P<start>{_TIME}),(?P<end>{_TIME}),{_FIELD}(?P<actor>[^,\n]*),"
    rf"(?:{_FIELD}){{4}}(?P<text>.*)",
    re.MULTILINE,
)
_DRAWING = re.compile(r"\{[^{}]*\\p[1-9][^{}]*\}[^{}]*")  # coordinates, up to the next braces
_STYLE = re.compile(r"\{[^{}]*\}")
_BREAK = re.compile(r"\\[nN]")


def fits(text: str) -> bool:
    """Return whether the text starts like a SubStation Alpha script."""
    return _HEAD.match(text) is not None


def read(text: str, path: str) -> Speech:
    """Return the speech in the dialogue lines, with actors as speakers; the source is the joined speech."""
    dialogue = list(_DIALOGUE.finditer(text))
    lines = len(_LINE.findall(text))
    problems = []
    if len(dialogue) < lines:
        message = f"{lines - len(dialogue)} of {lines} lines of dialogue could not be read."
        problems.append(Problem(path, 0, message, "Save the script again with a subtitle editor, or as WebVTT."))
    return cues.speech(map(_cue, dialogue), path, problems)


def _cue(match: re.Match[str]) -> Cue:
    text = _BREAK.sub("\n", _STYLE.sub("", _DRAWING.sub("", match["text"])).replace(r"\h", " "))
    return Cue(text, clock(match["start"]), clock(match["end"]), match["actor"].strip() or None)
