"""Pages with numbered lines, as in records of courts and depositions: `12   MR. BABBAGE:  May it please`."""

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from string import capwords
from typing import NamedTuple

from talkbook.problems import Problem
from talkbook.readers.speech import cues
from talkbook.readers.speech.cue import Cue
from talkbook.readers.speech.speech import Speech

_LINE = re.compile(r"[ \t]*(\d{1,2})(?:([ \t]+)(\S.*))?[ \t]*")
_LATE = re.compile(r"^[ \t]*20(?:[ \t]|$)", re.MULTILINE)  # a line far down on a page
_FEWEST = 2  # pages
_SHORTEST = 10  # lines of a page
_MOSTLY = 0.7  # share of the lines that are numbered; the others are heads and feet of pages
_INDENT = 2  # spaces by which the first line of a paragraph is indented, at least
_OFTEN = 0.05  # share of the lines that begin at the margin, at least
_LABEL = re.compile(  # Q and A stand for whoever asks and answers, and may have no colon
    r"(?P<name>[QA](?=[.:]|[ \t]{2})|(?!BY )[A-Z][A-Z .'’-]{1,40}(?=:))[.:]?(?:[ \t]+|$)"
)
_RECURS = 2  # times that a label occurs, at least


class _Line(NamedTuple):
    """A line, without its number. line: in the file, from 1. indent: spaces between the number and the words."""

    line: int
    indent: int
    words: str
    numbered: bool


def fits(text: str) -> bool:
    """Return whether most lines are numbered from 1, page by page, and labels recur in them."""
    if len(_LATE.findall(text)) < _FEWEST:
        return False
    lines = list(_lines(text))
    numbered = sum(line.numbered for line in lines)
    return numbered >= _MOSTLY * len(lines) and bool(_labels(lines))


def read(text: str, path: str) -> Speech:
    """Return the speech in the numbered lines from the first label on; the source is the joined speech.

    Heads and feet of pages, and an index after the last page, have no numbers and are left out. Titles in capitals are
    those of sections.
    """
    lines = [line for line in _lines(text) if line.words]
    labels = _labels(lines)
    first = next((at for at, line in enumerate(lines) if _label(line, labels)), 0)
    problems = []
    if first:
        message = f"The pages above the first name, up to line {lines[first - 1].line}, are left out."
        hint = "If somebody says what is on them, write the speaker above it, as for what follows."
        problems.append(Problem(path, lines[0].line, message, hint, warning=True))
    return cues.speech(_cues(lines[first:], labels), path, problems)


def _lines(text: str) -> Iterator[_Line]:
    """Yield the numbered lines, and lines without a number within a page."""
    following = 1  # the number of the next line on this page
    waiting: list[_Line] = []
    for at, line in enumerate(text.split("\n"), 1):
        match = _LINE.fullmatch(line)
        number = int(match[1]) if match else 0
        begins = number == 1 and (following > _SHORTEST or following == 2)  # a page may begin with its own number
        if match and (number == following or begins):
            if not begins:
                yield from waiting
            waiting.clear()
            following = number + 1
            yield _Line(at, len(match[2] or ""), match[3] or "", numbered=True)
        elif line.strip() and following > 1:
            waiting.append(_Line(at, 0, line.strip(), numbered=False))


def _labels(lines: Iterable[_Line]) -> frozenset[str]:
    """Return the labels that recur."""
    counts = Counter(match["name"] for line in lines if (match := _LABEL.match(line.words)))
    return frozenset(name for name, count in counts.items() if count >= _RECURS)


def _label(line: _Line, labels: Container[str]) -> re.Match[str] | None:
    match = _LABEL.match(line.words)
    return match if match and match["name"] in labels else None


def _cues(lines: Sequence[_Line], labels: Container[str]) -> Iterator[Cue]:
    indents = Counter(line.indent for line in lines if line.numbered)
    margin = min((indent for indent, count in indents.items() if count >= _OFTEN * len(lines)), default=0)
    speaker: str | None = None
    title = ""
    for line in lines:
        label = _label(line, labels)
        if not label and line.words.isupper() and " " in line.words:
            title = f"{title} {line.words}".strip(" :")
            speaker = None
            continue
        words = line.words
        if label:
            speaker, words = label["name"], words[label.end() :]
        fresh = line.indent > margin + _INDENT
        yield Cue(words, speaker=speaker, line=line.line, fresh=fresh, title=capwords(title))
        title = ""
