"""Lines with a time and a name above the words: `[00:01:02] Ada`, `00:01:02 Ada Lovelace`."""

import re
from collections import Counter

from talkbook.readers.dialogue import assemble, colon_labels
from talkbook.readers.speech import label_rules, line_matches
from talkbook.readers.speech.speech import Speech
from talkbook.readers.speech.times import CLOCK, clock

_TIME = rf"(?:[\[(]{CLOCK}[\])]|{CLOCK}(?![\d:]))"
_STAMPED = re.compile(rf"^[ \t]*{_TIME}", re.MULTILINE)
_LINE = re.compile(
    rf"^[ \t]*[\[(]?(?P<time>{CLOCK})(?![\d:])[\])]?[ \t]*(?:[-–—|:][ \t]*)?"
    rf"(?![AaPp]\.?[Mm]\b)(?P<name>{label_rules.NAME})[ \t]*:?[ \t]*$\n"
    rf"(?=\s*\S)(?!\s*{_TIME})",  # words follow
    re.MULTILINE,
)
_FEW = 2  # a label that doesn't look like a name must recur more often


def fits(text: str) -> bool:
    """Return whether nearly all lines that start with a time have only a name after it, and the names recur.

    Labels followed by a colon must not outnumber them.
    """
    heads = _heads(text)
    times = sum(1 for _ in line_matches.finditer(_STAMPED, text))
    names = {head.label or "" for head in heads}
    recurring = len(names) * 2 <= len(heads) or all(label_rules.strong(name) for name in names)
    usual = len(heads) >= label_rules.NEARLY_ALL * times and not colon_labels.fits(text, len(heads))
    return len(heads) > 1 and recurring and usual


def read(text: str, path: str) -> Speech:
    """Return one utterance from each name to the next; the source is the text of the file."""
    return assemble.speech(text, _heads(text), path)


def _heads(text: str) -> list[assemble.Head]:
    found = [(match, match["name"].strip(" :")) for match in line_matches.finditer(_LINE, text)]
    counts = Counter(name for _, name in found)
    return [
        assemble.head(match, name, clock(match["time"]))
        for match, name in found
        if label_rules.possible(name) or counts[name] > _FEW
    ]
