"""WebVTT, SubRip and SBV alike: a line with two times, and the words below it. Words in no cue are a problem."""

import re
from collections.abc import Iterable, Iterator

from talkbook.problems import Problem, excerpt
from talkbook.readers.captions import cue_markup
from talkbook.readers.speech import cues, times
from talkbook.readers.speech.cue import Cue
from talkbook.readers.speech.speech import Speech

_TIME = r"\d{1,6}(?::\d{1,4}){1,3}(?:[.,]\d{1,9})?"
TIMING = re.compile(rf"^[ \t]*({_TIME})[ \t]*(?:-{{1,2}}>|,)[ \t]*({_TIME})(?![\d:])(.*)$", re.MULTILINE)
_SHORT = re.compile(r"(?:^|:)\d[:.]")  # a part of one digit: then 6.80 is six seconds and eighty thousandths
_SETTINGS = re.compile(r"\s*(?:[\w-]{1,20}:\S*(?:\s+|$))*")
_ASIDE = re.compile(r"WEBVTT|NOTE(?:\s|$)|STYLE\s*$|REGION\s*$|(?:Region|Style|Kind|Language|X-\w[\w-]*)\s*[:=]")


def read(text: str, path: str) -> Speech:
    """The speech in captions; the source is the joined speech. Raises ParseError where there is none."""
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
            message = f'This stands outside of every caption and is left out: "{excerpt(lost, 400)}".'
            hint = "Give it a line with times above it, and no empty line between the two."
            problems.append(Problem(path, line, message, hint))
    return cues.speech(pieces, path, problems)


def _blocks(lines: Iterable[str]) -> Iterator[tuple[int, re.Match[str] | None, list[str]]]:
    """(line, its times, the lines below) of each cue, and (line, None, lines) of each stretch of lines that is in none.

    A cue ends at an empty line, and at one with an arrow. The line above its times names it, and is in no stretch.
    Without an empty line above that, it names the cue only if it is a number and the cues before have one.
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
