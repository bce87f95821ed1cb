"""A conversation as a strip, left to right, with a mark where a topic comes up; an SVG, each mark a link."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup, escape

from talkbook.model import Transcript

_WIDTH, _HEIGHT = 1000, 44  # units of the drawing
_NARROWEST = 10, 3  # of a passage, so that a finger or a pointer can hit it, and of a mention


@dataclass(frozen=True, slots=True)
class TimelineMark:
    """A mark on the strip: a passage (bold) or a mention, and where its link leads."""

    start: int
    end: int
    address: str
    title: str
    passage: bool


def draw(transcript: Transcript, marks: Iterable[TimelineMark], label: str) -> Markup:
    """The strip for one transcript, sections as bands. label: what it shows, for those who can't see it.

    How high things are, and in which colour, says the style sheet: bands are the first level, then come the
    mentions, and in a group after them, so that they lie on top, the passages.
    """
    length = max(1, len(transcript.source))
    every = sorted(marks, key=lambda mark: mark.start)
    passages = "".join(_links((mark for mark in every if mark.passage), length))
    parts = [
        f'<svg class="tb-strip" viewBox="0 0 {_WIDTH} {_HEIGHT}" preserveAspectRatio="none" role="group" '
        f'aria-label="{escape(label)}">',
        *(f"{_rect(*band, length)}<title>{escape(title)}</title></rect>" for band, title in _bands(transcript, length)),
        *_links((mark for mark in every if not mark.passage), length),
        f"<g>{passages}</g></svg>",
    ]
    return Markup("".join(parts))


def _bands(transcript: Transcript, length: int) -> Iterator[tuple[tuple[int, int], str]]:
    first = transcript.sections[0].start if transcript.sections else length
    if first > 0:
        yield (0, first), transcript.title
    for section in transcript.sections:
        yield (section.start, section.end), section.title


def _links(marks: Iterable[TimelineMark], length: int) -> Iterator[str]:
    """One link for the marks in a row that lead to the same place."""
    for address, group in groupby(marks, key=lambda mark: mark.address):
        here: Sequence[TimelineMark] = list(group)
        # xlink:href, since a plain href in SVG breaks Material's instant navigation. The title names the link, too.
        yield f'<a xlink:href="{escape(address)}"><title>{escape(here[0].title)}</title>'
        for mark in here:
            yield _rect(mark.start, mark.end, length, _NARROWEST[0 if mark.passage else 1])[:-1] + "/>"
        yield "</a>"


def _rect(start: int, end: int, length: int, narrowest: int = 0) -> str:
    x, until = (round(at * _WIDTH / length) for at in (start, end))
    width = max(until - x, narrowest)
    wide = f' width="{width}"' if width > narrowest else ""  # that of the narrowest is in the style sheet
    return f'<rect x="{min(x, _WIDTH - width)}"{wide}>'
