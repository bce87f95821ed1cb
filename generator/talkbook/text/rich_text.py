"""A short text with italics, links and a day to be filled in, as plain text, HTML or Markdown.

The day is that on which somebody copies the text, which a page that is built once cannot know: it is a stretch of the
text with a date's form in it, put there by a script or by the command line, and another stretch until then.
"""

import datetime
import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from talkbook.text import escape

_AUTOLINK = re.compile(r"https?://[^\s<>]+")
_FORM = re.compile(r"%(mdy|dmy|mla|iso|ris|parts)\b")
_MLA_MONTHS = ("Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")


class Italic(str):
    """Words in italics."""

    __slots__ = ()


class Address(str):
    """An address that is shown, and a link."""

    __slots__ = ()


class Link(NamedTuple):
    """Words that are a link; where there is no address, nothing but words."""

    words: str
    address: str


class Dated(NamedTuple):
    """dated: what stands here once the day is known, with a form such as %mdy; undated: until then."""

    dated: str
    undated: str = ""


Piece = str | Italic | Address | Link | Dated


class Day(NamedTuple):
    """A place for the day: text[start:end], to be replaced by `dated`, in which a form such as %mdy stands."""

    start: int
    end: int
    dated: str


class Rendered(NamedTuple):
    """A text, and where in it the day goes, in order."""

    text: str
    days: tuple[Day, ...] = ()

    def with_day(self, day: datetime.date) -> str:
        """The text for somebody who copies it on this day."""
        return self.filled(lambda dated: with_day(dated, day))

    def filled(self, written: Callable[[str], str]) -> str:
        """The text with `written` of each place's words in that place."""
        text = self.text
        for start, end, dated in reversed(self.days):
            text = text[:start] + written(dated) + text[end:]
        return text


def joined(parts: Iterable[Rendered], before: str = "", between: str = "", after: str = "") -> Rendered:
    """Several texts as one."""
    text = before
    days: list[Day] = []
    for at, part in enumerate(parts):
        if at:
            text += between
        for start, end, dated in part.days:
            days.append(Day(len(text) + start, len(text) + end, dated))
        text += part.text
    return Rendered(text + after, tuple(days))


def with_day(words: str, day: datetime.date) -> str:
    """The words with each form in them replaced by the day."""
    return _FORM.sub(lambda match: form(day, match[1]), words)


def form(day: datetime.date, name: str) -> str:
    """The day as a style writes it.

    mdy: November 9, 2026. dmy: 9 November 2026. mla: 9 Nov. 2026. iso: 2026-11-09. ris: 2026/11/09. parts: 2026, 11, 9.
    """
    month = day.strftime("%B")
    return {
        "mdy": f"{month} {day.day}, {day.year}",
        "dmy": f"{day.day} {month} {day.year}",
        "mla": f"{day.day} {_MLA_MONTHS[day.month - 1]} {day.year}",
        "iso": day.isoformat(),
        "ris": day.strftime("%Y/%m/%d"),
        "parts": f"{day.year}, {day.month}, {day.day}",
    }[name]


def plain(pieces: Iterable[Piece]) -> Rendered:
    """As text alone."""
    return _rendered(pieces, _plain)


def html(pieces: Iterable[Piece]) -> Rendered:
    """As HTML; words in it mean themselves."""
    return _rendered(pieces, _html)


def markdown(pieces: Iterable[Piece]) -> Rendered:
    """As Markdown; words in it mean themselves."""
    return _rendered(pieces, _markdown)


def html_link(words: str, address: str) -> str:
    """A link of HTML."""
    return f'<a href="{escape.attribute(address)}">{escape.html(words)}</a>'


def markdown_link(words: str, address: str) -> str:
    """A link of Markdown."""
    return f"[{escape.markdown(words)}]({address.replace('(', '%28').replace(')', '%29').replace(' ', '%20')})"


def _rendered(pieces: Iterable[Piece], written: Callable[[str | Link], str]) -> Rendered:
    text = ""
    days: list[Day] = []
    for piece in pieces:
        words = piece.undated if isinstance(piece, Dated) else written(piece)
        if isinstance(piece, Dated):
            days.append(Day(len(text), len(text) + len(words), piece.dated))
        text += words
    return Rendered(text, tuple(days))


def _plain(piece: str | Link) -> str:
    if not isinstance(piece, Link):
        return piece
    return f"{piece.words} ({piece.address})" if piece.address else piece.words


def _html(piece: str | Link) -> str:
    if isinstance(piece, Link):
        return html_link(*piece) if piece.address else escape.html(piece.words)
    if isinstance(piece, Address):
        return html_link(piece, piece)
    return f"<i>{escape.html(piece)}</i>" if isinstance(piece, Italic) else escape.html(piece)


def _markdown(piece: str | Link) -> str:
    if isinstance(piece, Link):
        return markdown_link(*piece) if piece.address else escape.markdown(piece.words)
    if isinstance(piece, Address):
        return f"<{piece}>" if _AUTOLINK.fullmatch(piece) else markdown_link(piece, piece)
    return f"*{escape.markdown(piece)}*" if isinstance(piece, Italic) else escape.markdown(piece)
