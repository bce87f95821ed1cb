"""SubStation Alpha, SSA and ASS: dialogue lines with times and an actor."""

import re
import warnings

import pysubs2

from talkbook.problems import ParseError, Problem, excerpt
from talkbook.readers.speech import cues
from talkbook.readers.speech.cue import Cue
from talkbook.readers.speech.speech import Speech

_HEAD = re.compile(r"\s*\[Script Info\]", re.IGNORECASE)
_EVENTS = re.compile(r"^\[Events\][ \t]*$", re.MULTILINE | re.IGNORECASE)
_DIALOGUE = re.compile(r"^Dialogue:", re.MULTILINE)


def fits(text: str) -> bool:
    """Whether the text starts as a script of SubStation Alpha."""
    return _HEAD.match(text) is not None


def read(text: str, path: str) -> Speech:
    """The speech in the dialogue lines, each actor a speaker; the source is the joined speech."""
    events_at = _EVENTS.search(text)
    old = "[V4 Styles]" in text
    plain = f"[Script Info]\n[V4{'' if old else '+'} Styles]\n{text[events_at.start() :] if events_at else ''}"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about margins, which are not read
            events = pysubs2.SSAFile.from_string(plain, format_="ssa" if old else "ass").events
    except Exception as error:  # pysubs2 lets whatever its parser meets through
        message = f"This script can't be read: {excerpt(str(error))}."
        raise ParseError(Problem(path, 1, message, "Save it as WebVTT.")) from None
    dialogue = [event for event in events if event.type == "Dialogue"]
    lines = len(_DIALOGUE.findall(text))
    problems = []
    if len(dialogue) < lines:
        message = f"{lines - len(dialogue)} of {lines} lines of dialogue could not be read."
        problems.append(Problem(path, 0, message, "Save the script again with a subtitle editor, or as WebVTT."))
    spoken = [
        Cue(_plain(event), event.start / 1000, event.end / 1000, event.name.strip() or None) for event in dialogue
    ]
    return cues.speech(spoken, path, problems)


def _plain(event: pysubs2.SSAEvent) -> str:
    """What pysubs2 takes for the event's plain text.

    It looks for the end of a tag from every `{` on, so behind the last `}` it is given none: no tag is there.
    """
    tagged, close, rest = event.text.rpartition("}")
    event.text = rest.replace("{", "\0")
    after = event.plaintext.replace("\0", "{")
    event.text = tagged + close
    return str(event.plaintext + after)
