"""Short texts with italics, links and placeholders for a date, rendered as plain text, HTML or Markdown.

The date is the day on which a reader copies the text, which is unknown when a static page is built. A placeholder
therefore has two texts: one with a date format in it, to be filled in by a script or a command, and one to show until
then.
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
    """A URL shown as a link to itself."""

    __slots__ = ()


class Link(NamedTuple):
    """Words that link to an address; plain words if the address is ""."""

    words: str
    address: str


class Dated(NamedTuple):
    """A placeholder for the date.

    dated: the text once the day is known, with a format such as %mdy in it.
    undated: the text until then.
    """

    dated: str
    undated: str = ""


Piece = str | Italic | Address | Link | Dated


class Day(NamedTuple):
    """A rendered placeholder: text[start:end] is to be replaced by `dated` with its format (such as %mdy) filled in."""

    start: int
    end: int
    dated: str


class Rendered(NamedTuple):
    """A rendered text, and its placeholders in order."""

    text: str
    days: tuple[Day, ...] = ()

    def with_day(self, day: datetime.date) -> str:
        """Return the text with `day` in all placeholders."""
        return self.filled(lambda dated: with_day(dated, day))

    def filled(self, written: Callable[[str], str]) -> str:
        """Return the text with each placeholder replaced by what `written` returns for its `dated`."""
        text = self.text
        for start, end, dated in reversed(self.days):
            text = text[:start] + written(dated) + text[end:]
        return text


def joined(parts: Iterable[Rendered], before: str = "", between: str = "", after: str = "") -> Rendered:
    """Concatenate texts, with `before`, `between` and `after` around them."""
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
    """Return `words` with each date format in them, such as %mdy, replaced by the day."""
    return _FORM.sub(lambda match: form(day, match[1]), words)


def form(day: datetime.date, name: str) -> str:
    """Format a date.

    name: "mdy" for November 9, 2026; "dmy" for 9 November 2026; "mla" for 9 Nov. 2026; "iso" for 2026-11-09; "ris" for
    2026/11/09; "parts" for 2026, 11, 9.
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
    """Render as plain text."""
    return _rendered(pieces, _plain)


def html(pieces: Iterable[Piece]) -> Rendered:
    """Render as HTML, with all words escaped."""
    return _rendered(pieces, _html)


def markdown(pieces: Iterable[Piece]) -> Rendered:
    """Render as Markdown, with all words escaped."""
    return _rendered(pieces, _markdown)


def html_link(words: str, address: str) -> str:
    """Return an HTML link."""
    return f'<a href="{escape.attribute(address)}">{escape.html(words)}</a>'


def markdown_link(words: str, address: str) -> str:
    """Return a Markdown link."""
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
