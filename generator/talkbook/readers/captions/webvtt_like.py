"""WebVTT, SubRip and SBV alike: webvtt-py finds the cues, once the lines with times are in its form.

What it leaves out is looked for line by line: a word that no cue holds is a problem.
"""

import re
from collections.abc import Iterator, Sequence

import webvtt
from webvtt.errors import MalformedCaptionError, MalformedFileError

from talkbook.problems import ParseError, Problem, excerpt
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
    head = "" if unpadded else "WEBVTT\n\n"
    mended = head + TIMING.sub(lambda match: _timing(match, unpadded), text)
    try:
        captions = webvtt.WebVTT.from_string(mended).captions
    except (MalformedFileError, MalformedCaptionError) as error:
        message = f"These captions can't be read: {excerpt(str(error))}."
        raise ParseError(Problem(path, 1, message, "See talkbook formats.")) from None
    lines = mended.split("\n")
    before = head.count("\n")
    pieces: list[Cue] = []
    at, spoken = 0, set[int]()
    for caption in captions:
        size = len(caption.lines)
        while at < len(lines) and not ("-->" in lines[at] and lines[at + 1 : at + 1 + size] == caption.lines):
            at += 1
        spoken.update(range(at, at + 1 + size))
        raw = "\n".join(caption.lines)
        pieces += cue_markup.cues(raw, times.clock(caption.start), times.clock(caption.end), at + 1 - before)
        at += 1
    problems = []
    for line, words in _lost(lines, spoken):
        message = f'This stands outside of every caption and is left out: "{excerpt(words, 400)}".'
        hint = "Give it a line with times above it, and no empty line between the two."
        problems.append(Problem(path, line - before, message, hint))
    return cues.speech(pieces, path, problems)


def _timing(match: re.Match[str], unpadded: bool) -> str:
    start, end = (_stamp(match[group], unpadded) for group in (1, 2))
    return f"{start} --> {end}{match[3]}"


def _stamp(time: str, unpadded: bool) -> str:
    if unpadded and _SHORT.search(time) and "." in time:
        whole, _, thousandths = time.partition(".")
        seconds = (times.clock(whole) or 0.0) + int(thousandths[:3]) / 1000
    else:
        seconds = times.clock(time) or 0.0
    hours, rest = divmod(round(seconds * 1000), 3_600_000)
    minutes, rest = divmod(rest, 60_000)
    return f"{hours:02}:{minutes:02}:{rest // 1000:02}.{rest % 1000:03}"


def _lost(lines: Sequence[str], spoken: set[int]) -> Iterator[tuple[int, str]]:
    """(line, words) of each stretch of lines that is in no cue, and is no cue's name, comment or style."""
    block: list[tuple[int, str]] = []
    aside = bool(lines) and lines[0].startswith("WEBVTT")
    for number, line in enumerate([*lines, ""], 1):
        timing = TIMING.match(line)
        if timing and not _SETTINGS.fullmatch(timing[3]) and any(char.isalpha() for char in timing[3]):
            yield number, timing[3].strip()
        if number - 1 in spoken:
            block = block[:-1]  # the line above the times names the cue
        elif line.strip() and not timing:
            aside = aside or (not block and _ASIDE.match(line) is not None)
            block += [] if aside else [(number, line)]
            continue
        words = " ".join(row for _, row in block)
        if any(char.isalpha() for char in words):
            yield block[0][0], words
        block, aside = [], False
