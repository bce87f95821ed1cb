"""A conversation as a strip from left to right, with marks where a topic comes up: links that contain SVG."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup, escape

from talkbook.model import Transcript

_WIDTH, _HEIGHT = 1000, 44  # units of the drawing
_LINKS = 14  # at most, so that each has 24 pixels on the narrowest phones, enough for a finger
_NARROWEST = 10, 3  # units: width of a passage, and of a mention, at least
_BAND, _PASSAGE, _MENTION = (14, 16), (4, 36), (12, 20)  # y and height


@dataclass(frozen=True, slots=True)
class TimelineMark:
    """A mark on the strip, for source[start:end].

    address: where it links.
    title: its place in words.
    passage: whether it is a passage, which is drawn larger, or a mention.
    """

    start: int
    end: int
    address: str
    title: str
    passage: bool


def draw(transcript: Transcript, marks: Iterable[TimelineMark], label: str) -> Markup:
    """Return the strip for a transcript, with sections as bands. label: what it shows, for screen readers.

    Marks that are too close to be tapped separately share a link, which leads to the first passage among them.
    """
    length = max(1, len(transcript.source))
    ordered = sorted(marks, key=lambda mark: mark.start)
    parts = [
        f'<div class="tb-strip" role="group" aria-label="{escape(label)}">',
        _svg(0, _WIDTH, _bands(transcript, length)),
        *_links(ordered, length),
        "</div>",
    ]
    return Markup("".join(parts))


def _bands(transcript: Transcript, length: int) -> Iterator[str]:
    starts = sorted({0, *(section.start for section in transcript.sections)})
    for first in (0, 1):  # alternately, so that sections can be told apart
        bands = zip(starts[first::2], [*starts, length][first + 1 :: 2], strict=True)
        drawn = "".join(_box(*_place(*band, length), *_BAND) for band in bands)
        if drawn:
            yield f'<path d="{drawn}"/>'


def _links(marks: Sequence[TimelineMark], length: int) -> Iterator[str]:
    for at, group in groupby(marks, key=lambda mark: min(_LINKS - 1, mark.start * _LINKS // length)):
        together = list(group)
        best = next((mark for mark in together if mark.passage), together[0])
        left, right = at * _WIDTH // _LINKS, (at + 1) * _WIDTH // _LINKS
        yield f'<a href="{escape(best.address)}" style="grid-column:{at + 1}">'
        yield f"{_svg(left, right, _paths(together, length), _title(best, len(together)))}</a>"


def _svg(left: int, right: int, paths: Iterable[str], title: str = "") -> str:
    """Return the part of the drawing between `left` and `right`. title: also the name of the link around it."""
    named = f' role="img"><title>{escape(title)}</title>' if title else ' aria-hidden="true">'
    box = f'<svg viewBox="{left} 0 {right - left} {_HEIGHT}" preserveAspectRatio="none"'
    return f"{box}{named}{''.join(paths)}</svg>"


def _paths(marks: Sequence[TimelineMark], length: int) -> Iterator[str]:
    for passage in (False, True):  # passages lie on top
        drawn = "".join(_mark(mark, length) for mark in marks if mark.passage == passage)
        if drawn:
            yield f'<path{" class=passage" if passage else ""} d="{drawn}"/>'


def _mark(mark: TimelineMark, length: int) -> str:
    kind = 0 if mark.passage else 1
    return _box(*_place(mark.start, mark.end, length, _NARROWEST[kind]), *(_PASSAGE if mark.passage else _MENTION))


def _box(x: int, width: int, y: int, height: int) -> str:
    return f"M{x} {y}h{width}v{height}h-{width}z"


def _title(mark: TimelineMark, number: int) -> str:
    return mark.title if number == 1 else f"{mark.title}, and {number - 1} more"


def _place(start: int, end: int, length: int, narrowest: int = 1) -> tuple[int, int]:
    """Return (x, width)."""
    x, until = (round(at * _WIDTH / length) for at in (start, end))
    width = max(until - x, narrowest)
    return min(x, _WIDTH - width), width
