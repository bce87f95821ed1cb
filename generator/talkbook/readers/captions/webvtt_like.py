"""The common parser of WebVTT, SubRip and SBV: a line with two times, followed by text.

Text outside of every cue is reported as a problem.
"""

import re
from collections.abc import Iterable, Iterator

from talkbook.problems import Problem, excerpt
from talkbook.readers.captions import cue_markup
from talkbook.readers.speech import cues, times
from talkbook.readers.speech.cue import Cue
from talkbook.readers.speech.speech import Speech

_TIME = r"\d{1,6}(?::\d{1,4}){1,3}(?:[.,]\d{1,9})?"
TIMING = re.compile(rf"^[ \t]*({_TIME})[ \t]*(?:-{{1,2}}>|,)[ \t]*({_TIME})(?![\d:])(.*)$", re.MULTILINE)
_SHORT = re.compile(r"(?:^|:)\d[:.]")  # a one-digit part, as in 0:6.80: then 80 means thousandths
_SETTINGS = re.compile(r"\s*(?:[\w-]{1,20}:\S*(?:\s+|$))*")
_ASIDE = re.compile(r"WEBVTT|NOTE(?:\s|$)|STYLE\s*$|REGION\s*$|(?:Region|Style|Kind|Language|X-\w[\w-]*)\s*[:=]")


def read(text: str, path: str) -> Speech:
    """Return the speech in the captions; the source is the joined speech. Raises ParseError if there is none."""
    unpadded = text.startswith("WEBVTT")
    pieces: list[Cue] = []
    problems = []
    for line, timing, block in _blocks(text.split("\n")):
        if timing:
            start, end = (_seconds(timing[group], unpadded) for group in (1, 2))
            pieces += cue_markup.cues("\n".join(block), start, end, line)
            lost = "" if _SETTINGS.fullmatch(timing[3]) else timing[3]
        else:
            lost = "" if _ASIDE.match(block[0]) else " ".join(block)
        if any(char.isalpha() for char in lost):
            message = f'This is outside every caption and is left out: "{excerpt(lost, 400)}".'
            hint = "Put a line with times directly above it, without an empty line between them."
            problems.append(Problem(path, line, message, hint))
    return cues.speech(pieces, path, problems)


def _blocks(lines: Iterable[str]) -> Iterator[tuple[int, re.Match[str] | None, list[str]]]:
    """Yield (line number, match of the timing, text lines) of each cue, and (line number, None, lines) of other text.

    A cue ends at an empty line or at a line with an arrow. The line above its times is its identifier, and is dropped.
    """
    first, timing, block, numbered = 1, None, list[str](), False
    for number, line in enumerate([*lines, ""], 1):
        match = TIMING.match(line)
        empty = not (line if timing else line.strip())
        if match or empty or (timing and "-->" in line):
            if match and block and (not timing or (numbered and block[-1].strip().isdecimal())):
                numbered = numbered or block[-1].strip().isdecimal()
                block = block[:-1]
            if timing or block:
                yield first, timing, block
            first, timing, block = number, match, []
        if not match and not empty:
            first = first if timing or block else number
            block.append(line)


def _seconds(time: str, unpadded: bool) -> float:
    if unpadded and _SHORT.search(time) and "." in time:
        whole, _, thousandths = time.partition(".")
        return (times.clock(whole) or 0.0) + int(thousandths[:3]) / 1000
    return times.clock(time) or 0.0
