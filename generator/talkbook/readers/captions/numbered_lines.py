"""Pages with numbered lines, as in records of courts and depositions: `12   MR. BABBAGE:  May it please`."""

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise
from string import capwords
from typing import NamedTuple

from talkbook.problems import Problem
from talkbook.readers.speech import cues
from talkbook.readers.speech.cue import Cue
from talkbook.readers.speech.speech import Speech

_LINE = re.compile(r"[ \t]*(\d{1,2})(?:([ \t]+)(\S.*))?[ \t]*")
_LATE = re.compile(r"^[ \t]*20(?:[ \t]|$)", re.MULTILINE)  # a line far down on a page
_FEWEST = 2  # pages, and lines of a page
_MOSTLY = 0.7  # share of the lines that are numbered; the others are heads and feet of pages
_HALF = 0.5  # least share of a page's lines that are numbered, and of the pages that have the same head or foot
_WRAPPED = 3  # lines without a number in a row within a page, at most
_INDENT = 2  # spaces by which the first line of a paragraph is indented, at least
_OFTEN = 0.05  # share of the lines that begin at the margin, at least
_LABEL = re.compile(  # Q and A stand for whoever asks and answers, and may have no colon
    r"(?:(?P<part>[QA])(?=[.:]|[ \t]{2})|(?P<name>[^\W\d_][^\n:]{1,40})(?=:))[.:]?(?:[ \t]+|$)"
)
_SMALL = re.compile(r"(?<=[^\W\d_])(?:rs?|s|c|ac)(?=\.[ \t]|[^\W\d_a-z]{2})")  # in capitals: Mr. RAY, McKAY
_ASKS = re.compile(r"(?:[^\n:a-z]* )?BY [^\n:a-z]{2,40}:(?=[ \t]|$)")  # EXAMINATION BY MR. MOSS:
_RECURS = 2  # times that a label occurs, at least, to be one for sure
_CAPITALS = 0.2  # share of the lines in capitals from which on they are no titles
_ENDED = re.compile(r"[.?!…][\"'”’)]*$")


class _Line(NamedTuple):
    """A line, without its number. line: in the file, from 1. indent: spaces between the number and the words."""

    line: int
    indent: int
    words: str
    numbered: bool


class _Page(NamedTuple):
    """A page. after: the lines without numbers after its last line, so its foot and the head of the next page."""

    lines: Sequence[_Line]
    after: Sequence[_Line]


def fits(text: str) -> bool:
    """Return whether most lines are numbered from 1, page by page, and labels recur in them.

    After the last page there may be an index that is as long as half of the text.
    """
    if len(_LATE.findall(text)) < _FEWEST:
        return False
    pages = _pages(text)
    lines = [line for page in pages for line in page.lines]
    numbered = sum(line.numbered for line in lines)
    between = sum(len(page.after) for page in pages[:-1])
    if not pages or numbered < max(_MOSTLY * (len(lines) + between), 2 * len(pages[-1].after)):
        return False
    return bool(_layout(lines).recurring)


def read(text: str, path: str) -> Speech:
    """Return the speech in the numbered lines from the first label that recurs on; the source is the joined speech.

    Heads and feet that most pages have are left out. So are other lines without numbers between pages, and what is
    above the first label, which are reported. Lines in capitals are titles of sections, unless much is in capitals.
    """
    pages = _pages(text)
    lines = [line for page in pages for line in page.lines if line.words]
    layout = _layout(lines)
    start = lines[layout.first].line if lines else 0
    problems = []
    above = [at for at, line in enumerate(text.split("\n")[: max(start - 1, 0)], 1) if line.strip()]
    if above:
        message = f"The pages above the first name that recurs, up to line {above[-1]}, are left out."
        hint = "If somebody says what is on them, write the speaker above it, as for what follows."
        problems.append(Problem(path, above[0], message, hint, warning=True))
    if lost := [line for line in _strays(pages) if line.line > start]:
        message = f"Lines without numbers at the ends of pages are left out ({len(lost)}), such as this one."
        hint = "If somebody says what is on them, add it to the numbered line above."
        problems.append(Problem(path, lost[0].line, message, hint, warning=True))
    return cues.speech(_cues(lines[layout.first :], layout), path, problems)


def _pages(text: str) -> Sequence[_Page]:
    """Cut the text where a line is numbered 1, and the next that is numbered 1 or 2 is numbered 2."""
    rows = text.split("\n")
    numbers = [int(match[1]) if (match := _LINE.fullmatch(row)) else 0 for row in rows]
    low = [at for at, number in enumerate(numbers) if number in (1, 2)]
    starts = [at for at, other in pairwise(low) if (numbers[at], numbers[other]) == (1, 2)]
    return [_page(rows[start:end], start + 1) for start, end in pairwise([*starts, len(rows)])]


def _page(rows: Sequence[str], first: int) -> _Page:
    """Return a page. first: the line of the file with its first row.

    Numbers may be missing. After such a gap, a number counts if the next one follows it, unless both stand alone.
    """
    matches = [_LINE.fullmatch(row) for row in rows]
    below = iter([match for match in matches if match][1:])
    lines: list[_Line] = []
    number = numbered = last = 0
    for at, (row, match) in enumerate(zip(rows, matches, strict=True), first):
        if match and _follows(match, next(below, None), number) and len(lines) - last <= _WRAPPED:
            lines.append(_Line(at, len(match[2] or ""), (match[3] or "").rstrip(), numbered=True))
            number = int(match[1])
            numbered += 1
            last = len(lines)
        elif row.strip():
            lines.append(_Line(at, 0, row.strip(), numbered=False))
    if numbered < max(_FEWEST, _HALF * last):  # these are numbers in an index
        last = 0
    return _Page(lines[:last], lines[last:])


def _follows(match: re.Match[str], below: re.Match[str] | None, number: int) -> bool:
    """Return whether a number continues those of the page. below: the next one in the rows. number: the last."""
    own = int(match[1])
    if own <= number + 1 or not below:
        return own == number + 1
    return int(below[1]) == own + 1 and bool(match[3] or below[3])


def _strays(pages: Sequence[_Page]) -> Iterator[_Line]:
    """Yield the lines between pages that are not heads or feet, which are the same on most pages, numbers aside."""
    kinds = [{re.sub(r"\d+", "", line.words) for line in page.after} for page in pages]
    counts = Counter(chain.from_iterable(kinds))
    for line in chain.from_iterable(page.after for page in pages):
        if counts[re.sub(r"\d+", "", line.words)] <= _HALF * len(pages):
            yield line


class _Layout(NamedTuple):
    """How the lines are set.

    margin: the least indent that is common.
    columns: the usual indent of labels, of names (False) and of Q and A (True; missing if none recurs).
    recurring: the labels that recur.
    first: the index of the first line with one of these; 0 if there is none.
    capitals: whether much is in capitals, which then don't distinguish titles and names.
    """

    margin: int
    columns: Mapping[bool, int]
    recurring: Container[str]
    first: int
    capitals: bool


def _layout(lines: Sequence[_Line]) -> _Layout:
    indents = Counter(line.indent for line in lines if line.numbered)
    margin = min((indent for indent, count in indents.items() if count >= _OFTEN * len(lines)), default=0)
    found = [(at, match) for at, line in enumerate(lines) if (match := _match(line))]
    counts = Counter(_name(match) for _, match in found)
    recurring = frozenset(name for name, count in counts.items() if count >= _RECURS)
    sure = [(at, match) for at, match in found if _name(match) in recurring]
    columns = {False: margin + 2 * _INDENT}
    for part in (False, True):
        usual = Counter(lines[at].indent for at, match in sure if bool(match["part"]) == part)
        if usual:
            columns[part] = usual.most_common(1)[0][0]
    first = sure[0][0] if sure else 0
    spoken = [line.words[match.end() if (match := _match(line)) else 0 :] for line in lines[first:]]
    capitals = sum(map(str.isupper, spoken)) >= _CAPITALS * sum(map(bool, spoken))
    return _Layout(margin, columns, recurring, first, capitals)


def _match(line: _Line) -> re.Match[str] | None:
    """Return the match of what may be a label."""
    match = _LABEL.match(line.words)
    return match if match and _SMALL.sub("", _name(match)).isupper() and not _ASKS.match(line.words) else None


def _name(match: re.Match[str]) -> str:
    return match["part"] or match["name"].rstrip()


def _label(line: _Line, layout: _Layout) -> re.Match[str] | None:
    """Return the match of a label, which begins nearer to the column of labels than to the margin."""
    match = _match(line)
    if match is None or not line.numbered:
        return match
    column = layout.columns.get(bool(match["part"]))
    if column is None or (line.indent < column and column - line.indent >= line.indent - layout.margin):
        return None
    return match


def _cues(lines: Iterable[_Line], layout: _Layout) -> Iterator[Cue]:
    speaker: str | None = None
    title: list[str] = []
    at = 0  # line of the title
    ended = True  # whether the words before ended a sentence
    for line in lines:
        match = _label(line, layout)
        fresh = line.indent > layout.margin + _INDENT
        head, words = "", line.words
        if match and (_name(match) in layout.recurring or (line.numbered and not layout.capitals)):
            speaker, words = _name(match), words[match.end() :]
        elif match:
            speaker = None
        elif asks := _ASKS.match(words):
            head, words = asks[0], words[asks.end() :].lstrip()
        elif line.numbered and not layout.capitals and _stands_apart(words, fresh or bool(title), ended):
            head, words = words, ""
        if head:
            title.append(head)
            at, speaker = line.line, None
        if words or not head:
            yield Cue(words, speaker=speaker, line=line.line, fresh=fresh, title=capwords(" ".join(title)).strip(" :"))
            title = []
            ended = bool(_ENDED.search(words))
    if title:  # nothing comes after it
        yield Cue(" ".join(title), line=at)


def _stands_apart(words: str, fresh: bool, ended: bool) -> bool:
    """Return whether a line is a title. ended: whether the words before ended a sentence."""
    return words.isupper() and " " in words and (fresh or (ended and not _ENDED.search(words)))
