"""A transcript pasted from YouTube: a time on a line, the words below it."""

import re
from collections.abc import Iterator

from talkbook.model import Speech
from talkbook.readers import lines, script
from talkbook.readers.times import clock

_TIME = re.compile(r"^[ \t]*(?P<time>(?:\d{1,2}:)?\d{1,3}:\d\d)[ \t]*$\n?", re.MULTILINE)
_SAID = re.compile(r"[^\n]+\n?")
_TITLE = 70  # characters that a chapter's title may have


def fits(text: str) -> bool:
    """Whether times stand alone on at least two lines, each above some words."""
    return sum(1 for _ in lines.each(_TIME, text)) > 1


def read(text: str, path: str) -> Speech:
    """One voice, nobody named, with a moment for each line; the source is the file's text."""
    return script.speech(text, sorted(_heads(text), key=lambda head: head.start), path, stamped=True)


def _heads(text: str) -> Iterator[script.Head]:
    matches = list(lines.each(_TIME, text))
    ends = [*(match.start() for match in matches), len(text)][1:]
    single = 0
    extra = []
    for match, end in zip(matches, ends, strict=True):
        yield script.Head(match.start(), match.end(), script.SAME, clock(match["time"]))
        said = [line for line in _SAID.finditer(text, match.end(), end) if line[0].strip()]
        single += len(said) == 1
        last = said[-1] if len(said) > 1 else None
        if last and end < len(text) and len(last[0].strip()) <= _TITLE and last[0].strip()[-1] not in ".?!,;":
            extra.append((*last.span(), last[0].strip()))
    if single > 3 * len(extra):  # where one line a time is the rule, a second one is the next chapter's title
        for start, stop, title in extra:
            yield script.Head(start, stop, script.SAME, None, title)
