"""A transcript pasted from YouTube: each time on a line of its own, with the words below."""

import re
from collections.abc import Iterator

from talkbook.readers.dialogue import assemble, colon_labels
from talkbook.readers.speech import line_matches
from talkbook.readers.speech.speech import Speech
from talkbook.readers.speech.times import clock

_TIME = re.compile(r"^[ \t]{0,20}(?P<time>(?:\d{1,2}:)?\d{1,3}:\d\d)[ \t]*$\n?", re.MULTILINE)
_SPELT = re.compile(
    r"[ \t]{0,20}(?:(\d{1,3}) hours?\b,?)? ?(?:(\d{1,3}) minutes?\b,?)? ?(?:(\d{1,3}) seconds?)?"
    r"[ \t]{0,20}\n(?=[^\n]*[^\W\d])"
)
_SAID = re.compile(r"[^\n]+\n?")
_TITLE = 70  # characters; longer lines are not titles of chapters


def fits(text: str) -> bool:
    """Return whether at least two lines are only a time, and speakers' labels don't outnumber them."""
    times = sum(1 for _ in line_matches.finditer(_TIME, text))
    return times > 1 and not colon_labels.fits(text, times)


def read(text: str, path: str) -> Speech:
    """Return the speech without speakers, with a moment for each line; the source is the text of the file."""
    return assemble.speech(text, _heads(text), path, stamped=True)


def _heads(text: str) -> Iterator[assemble.Head]:
    matches = list(line_matches.finditer(_TIME, text))
    ends = [*(match.start() for match in matches), len(text)][1:]
    single = 0
    extra = []
    for match, end in zip(matches, ends, strict=True):
        seconds = clock(match["time"])
        begin = _behind(text, match.end(), end, seconds)
        yield assemble.Head(match.start(), begin, assemble.SAME, seconds)
        lines = [line for line in _SAID.finditer(text, begin, end) if line[0].strip()]
        single += len(lines) == 1
        last = lines[-1] if len(lines) > 1 else None
        if last and end < len(text) and len(last[0].strip()) <= _TITLE and last[0].strip()[-1] not in ".?!,;":
            extra.append((*last.span(), last[0].strip()))
    if single > 3 * len(extra):  # if a time usually has one line, a second one is the title of the next chapter
        for start, stop, title in extra:
            yield assemble.Head(start, stop, assemble.SAME, None, title)


def _behind(text: str, start: int, end: int, seconds: float | None) -> int:
    """Return where the words begin below a time, and below its form for screen readers ("1 minute, 2 seconds")."""
    spelt = _SPELT.match(text, start, end)
    if not spelt or not spelt[0].strip():
        return start
    hours, minutes, rest = (int(part or 0) for part in spelt.groups())
    return spelt.end() if (hours * 60 + minutes) * 60 + rest == seconds else start
