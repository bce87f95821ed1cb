"""A conversation as a strip, left to right, with a mark where a topic comes up; an SVG, each mark a link."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from talkbook.model import Transcript

_WIDTH, _HEIGHT = 1000, 44  # units of the drawing
_NARROWEST = 10  # of a mark, so that a finger or a pointer can hit it


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark on the strip: a passage (bold) or a mention, and where its link leads."""

    start: int
    end: int
    address: str
    title: str
    passage: bool


def draw(transcript: Transcript, marks: Iterable[Mark], label: str) -> Markup:
    """The strip for one transcript, sections as bands. label: what it shows, for those who can't see it."""
    length = max(1, len(transcript.source))
    parts = [
        f'<svg class="tb-strip" viewBox="0 0 {_WIDTH} {_HEIGHT}" preserveAspectRatio="none" role="group" '
        f'aria-label="{escape(label)}">'
    ]
    first = transcript.sections[0].start if transcript.sections else length
    if first > 0:
        parts.append(_band(0, first, length, 1 if transcript.sections else 0, transcript.title))
    for index, section in enumerate(transcript.sections):
        parts.append(_band(section.start, section.end, length, index, section.title))
    parts.extend(_mark(mark, length) for mark in _ordered(marks))
    parts.append("</svg>")
    return Markup("".join(parts))


def _ordered(marks: Iterable[Mark]) -> Sequence[Mark]:
    """Mentions first, so that passages lie on top."""
    return sorted(marks, key=lambda mark: (mark.passage, mark.start))


def _band(start: int, end: int, length: int, index: int, title: str) -> str:
    x, width = _across(start, end, length)
    return (
        f'<rect class="tb-band tb-band--{index % 2}" x="{x:.1f}" y="14" width="{width:.1f}" height="16">'
        f"<title>{escape(title)}</title></rect>"
    )


def _mark(mark: Mark, length: int) -> str:
    x, width = _across(mark.start, mark.end, length)
    kind, y, height = ("passage", 4, 36) if mark.passage else ("mention", 12, 20)
    width = max(width, _NARROWEST if mark.passage else 3)
    x = min(x, _WIDTH - width)
    # xlink:href, since a plain href in SVG breaks Material's instant navigation. The title names the link, too.
    return (
        f'<a xlink:href="{escape(mark.address)}"><title>{escape(mark.title)}</title>'
        f'<rect class="tb-mark tb-mark--{kind}" x="{x:.1f}" y="{y}" width="{width:.1f}" height="{height}" rx="2"/></a>'
    )


def _across(start: int, end: int, length: int) -> tuple[float, float]:
    return start * _WIDTH / length, (end - start) * _WIDTH / length
