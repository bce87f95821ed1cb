"""Inline parts of a text that are not spoken words: Markdown, entities, times, and sounds."""

import html
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter

from talkbook.model import Edit
from talkbook.readers.speech import line_matches, sounds
from talkbook.readers.speech.speech import Utterance
from talkbook.readers.speech.times import CLOCK, clock

_SOUND = rf"{sounds.ROUND.pattern}|{sounds.MUSIC.pattern}"
_NOTE = r"\\?\[(?P<note>[^\[\]\n\\]{1,120})\\?\](?!\()"
_ENTITY = r"&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});"
_PLAIN = re.compile(rf"{_NOTE}|(?P<sound>{_SOUND})|(?P<entity>{_ENTITY})", re.IGNORECASE)
_MARKDOWN = re.compile(
    rf"""
    {_NOTE.replace("#", "[#]")}
    | (?P<sound>{_SOUND.replace(" ", "[ ]")})
    | (?P<entity>{_ENTITY})
    | \\(?P<escaped>[!-/:-@\[-`{{-~])
    | \[?\[(?P<linked>{CLOCK})\]\(https?:[^()\s]{{1,2000}}\)\]?
    | \[(?P<link>[^\[\]\n]{{0,300}})\]\(
        (?P<url>[^()\s]{{0,2000}}(?:\([^()\s]{{0,200}}\)[^()\s]{{0,500}})?(?:[ ]"[^"\n]{{0,300}}")?)\)
    | <(?P<auto>(?:https?|mailto):[^\s<>]{{1,2000}})>
    | </?(?:a|b|i|u|em|strong|strike|s|del|sup|sub|small|span|br|pre|code|p|div|center|font)(?:[ /][^<>\n]{{0,500}})?>
    | (?<![\w*\\])(?P<delimiter>\*{{1,3}}|_{{1,3}})(?=[^\s*_])
        (?P<emphasis>[^*_\n]{{1,300}}?)(?<=[^\s\\])(?P=delimiter)(?![\w*])
    | (?P<ticks>`{{1,3}})(?=[^`\n])(?P<code>[^`\n]{{1,300}})(?P=ticks)(?!`)
    """,
    re.VERBOSE | re.MULTILINE | re.IGNORECASE,
)
_BULLET = re.compile(r"^[ \t]*(?:(?:[*+>-][ \t]+)+(?=\S)|(?:>[ \t]*)+$)", re.MULTILINE)
_ITEM = re.compile(r"\n(?=[ \t]*(?:[*+-]|\d{1,3}[.)])[ \t]+(?P<first>\S))")
_MANY = 30  # list items; if there are more,
_BROKEN = 0.1  # and this share of them begins with a small letter, they are captions, which break off within sentences
APART = "\n\n"  # shown between list items, as between paragraphs
_BEGIN = re.compile(r"[\\\[&<*_`(♪♫]")  # the characters with which any of these parts may start
_TIME = re.compile(rf"\s*(?P<time>{CLOCK})\s*(?:(?:-|–|—|to)\s*{CLOCK})?\s*")
_SPACE = re.compile(r"\s*")
_SAID = re.compile(r"[^\s*_#>`~=+|\\-]")  # a character other than markup: "…" and "?" are turns, "***" is not
_AFTER = re.compile(r"(?:[ \t]+(?:to|-|–)(?=[ \t]*\\?\[\d))?[ \t]*")


@dataclass(frozen=True)
class Notes:
    """The marks, sounds and times in a text, in order."""

    marks: list[Edit]
    sounds: list[tuple[int, int]]
    times: list[tuple[int, float]]  # (end of the mark that covers the time, seconds)

    @cached_property
    def _opening(self) -> Mapping[int, Edit]:
        """Start -> mark, for the marks that show nothing."""
        return {mark.start: mark for mark in self.marks if not mark.text}

    @cached_property
    def _closing(self) -> Mapping[int, Edit]:
        return {mark.end: mark for mark in self._opening.values()}

    def trim(self, text: str, start: int, end: int) -> tuple[int, int] | None:
        """Return (start, end) without white space and hidden marks at either end; None if nothing is left."""
        at, stop = start, end
        while at < stop:
            at = _SPACE.match(text, at, stop).end()  # type: ignore[union-attr]
            mark = self._opening.get(at)
            if not mark or mark.end > end:
                break
            at = mark.end
        while at < stop:
            while stop > at and text[stop - 1].isspace():
                stop -= 1
            mark = self._closing.get(stop)
            if not mark or mark.start < start:
                break
            stop = mark.start
        return (at, stop) if _SAID.search(text, at, stop) else None

    def after(self, offset: int) -> int:
        """Return the offset after the hidden marks that start at this one."""
        while mark := self._opening.get(offset):
            offset = mark.end
        return offset

    def moments(self, utterances: Sequence[Utterance]) -> Iterator[tuple[int, float]]:
        """Yield (offset, seconds) for the times in the text, each at the words that follow it."""
        ends = [utterance.end for utterance in utterances]
        for offset, seconds in self.times:
            at = bisect_right(ends, offset)
            if at < len(utterances):
                yield max(offset, utterances[at].start), seconds


def find(text: str, markdown: bool, stretches: Iterable[tuple[int, int]]) -> Notes:
    """Return the notes in the given (start, end) stretches of a text, read as Markdown or as plain text."""
    notes = Notes([], [], [])
    if markdown:
        notes.marks.extend(_mark(*match.span()) for match in line_matches.finditer(_BULLET, text))
        notes.marks.extend(_items(text))
    places = [match.start() for match in _BEGIN.finditer(text)]
    for start, end in stretches:
        _collect(text, places, start, end, _MARKDOWN if markdown else _PLAIN, notes)
    return Notes(list(apart(sorted(notes.marks, key=attrgetter("start")))), sounds.apart(notes.sounds), notes.times)


def plain(markdown: str) -> str:
    """Return the words of a Markdown title without their markup."""
    pieces, at = [], 0
    for mark in find(markdown, True, [(0, len(markdown))]).marks:
        pieces += [markdown[at : mark.start], mark.text]
        at = mark.end
    return " ".join("".join([*pieces, markdown[at:]]).split()).strip("*_ ")


def _collect(text: str, places: Sequence[int], start: int, end: int, pattern: re.Pattern[str], notes: Notes) -> None:
    at = start
    for place in places[bisect_left(places, start) : bisect_left(places, end)]:
        match = pattern.match(text, place, end) if place >= at else None
        if match is None:
            continue
        at = match.end()
        group = match.lastgroup
        if group == "note":
            _note(text, match, pattern is _MARKDOWN, notes)
        elif group == "linked":
            _time(text, match, clock(match["linked"]) or 0.0, notes)
        elif group == "sound":
            notes.sounds.append(match.span())
        elif group == "entity":
            character = html.unescape(match[0])
            if character != match[0]:
                notes.marks.append(_mark(*match.span(), character))
        elif group:
            inner = "link" if group == "url" else group
            image = inner == "link" and text[match.start() - 1 : match.start()] == "!"
            before, after = _mark(match.start() - image, match.start(inner)), _mark(match.end(inner), match.end())
            notes.marks.extend((before, after))
            if inner in ("link", "emphasis"):
                _collect(text, places, *match.span(inner), pattern, notes)
        else:
            notes.marks.append(_mark(*match.span()))


def _note(text: str, match: re.Match[str], markdown: bool, notes: Notes) -> None:
    time = _TIME.fullmatch(match["note"])
    seconds = clock(time["time"]) if time else None
    if seconds is not None:
        _time(text, match, seconds, notes)
        return
    if sounds.bracketed(text, match.start(), match["note"]):
        notes.sounds.append(match.span())
    if markdown:
        for at in (match.start(), match.end() - 2):
            if text[at] == "\\":
                notes.marks.append(_mark(at, at + 1))


def _time(text: str, match: re.Match[str], seconds: float, notes: Notes) -> None:
    after = _AFTER.match(text, match.end())
    end = after.end() if after else match.end()
    notes.marks.append(_mark(match.start(), end))
    notes.times.append((end, seconds))


def _items(text: str) -> Iterator[Edit]:
    """Yield a mark for each line end that is followed by a list item, except those of empty lines and captions."""
    items = list(_ITEM.finditer(text))
    if len(items) > _MANY and sum(item["first"].islower() for item in items) >= _BROKEN * len(items):
        return
    for match in items:
        if text[text.rfind("\n", 0, match.start()) + 1 : match.start()].strip(" \t>"):
            yield _mark(*match.span(), APART)


def _mark(start: int, end: int, text: str = "") -> Edit:
    return Edit(start, end, text, "mark")


def apart(edits: Iterable[Edit]) -> Iterator[Edit]:
    """Yield the edits, given in order, without empty ones and those that overlap an earlier one."""
    end = 0
    for edit in edits:
        if edit.start >= end and edit.end > edit.start:
            yield edit
            end = edit.end


def inside(utterances: Sequence[Utterance]) -> Callable[[int, int], bool]:
    """Return a function that tells whether [start, end) lies within one of the utterances."""
    starts = [utterance.start for utterance in utterances]

    def holds(start: int, end: int) -> bool:
        at = bisect_right(starts, start) - 1
        return at >= 0 and end <= utterances[at].end

    return holds
