"""A stretch of a transcript as HTML that holds both forms of it.

What is shown and not in the source stands in <ins>, what is in the source and not shown
in <del>. Without every <ins> the text is the source, character for character; without
every <del> it is what a reader sees. Style sheets choose between the two.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from talkbook import layers
from talkbook.layers import Tile
from talkbook.model import Edit, Transcript


@dataclass(frozen=True, slots=True)
class Note:
    """Tags around a stretch of the source, such as a link. `opening` and `closing` are HTML."""

    start: int
    end: int
    opening: str
    closing: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A passage that something leads to.

    Marks may overlap. A mark in one piece is a <span> with its id; each piece of one in several
    carries the id in data-quotes, and the first as its id.
    """

    start: int
    end: int
    id: str
    quoted: bool = True  # False where only old links lead to it


def html(
    transcript: Transcript,
    start: int,
    end: int,
    notes: Sequence[Note] = (),
    marks: Sequence[Mark] = (),
    *,
    focus: bool = True,
) -> Markup:
    """source[start:end] as phrasing content. A note that crosses the border of a mark is left out.

    focus: whether the keyboard reaches corrections; False for text that is itself a link.
    """
    here = [mark for mark in marks if mark.start < end and start < mark.end]
    cuts = {start, end} | {at for mark in here for at in (mark.start, mark.end) if start < at < end}
    pieces = []
    for first, last in pairwise(sorted(cuts)):
        inner = "".join(_noted(transcript, first, last, notes, focus))
        covering = [mark for mark in here if mark.start <= first and last <= mark.end]
        pieces.append(_marked(inner, first, last, covering) if covering else inner)
    return Markup("".join(pieces))


def opening(transcript: Transcript, start: int, end: int, length: int) -> Markup:
    """The first words of source[start:end], about `length` characters as shown, for use in a link."""
    view = layers.Shown(transcript.source, transcript.edits, start, end)
    if len(view.text) <= length:
        return html(transcript, start, end, focus=False)
    last = max(view.text.rfind(" ", 0, length), 1)
    return html(transcript, start, view.span(0, last)[1], focus=False) + "…"


def plain(transcript: Transcript, start: int, end: int) -> str:
    """source[start:end] as shown, on one line."""
    return " ".join(layers.shown(transcript.source, transcript.edits, start, end).split())


def parted(marks: Sequence[Mark], spans: Iterable[tuple[int, int]]) -> tuple[str, ...]:
    """The ids of the marks that come in several pieces, or share their start, where the text is set in these spans."""
    cuts = sorted({at for mark in marks for at in (mark.start, mark.end)} | {at for span in spans for at in span})
    first: dict[int, Mark] = {}
    for mark in marks:
        first.setdefault(mark.start, mark)
    return tuple(
        mark.id
        for mark in marks
        if first[mark.start] is not mark or cuts[bisect_right(cuts, mark.start) : bisect_left(cuts, mark.end)]
    )


def _marked(inner: str, start: int, end: int, covering: Sequence[Mark]) -> str:
    opened = [mark.id for mark in covering if mark.start == start]
    extra = "".join(f'<span id="{name}"></span>' for name in opened[1:])
    name = f' id="{opened[0]}"' if opened else ""
    others = [mark.id for mark in covering if not (mark.id in opened[:1] and mark.end == end)]
    names = f' data-quotes="{" ".join(others)}"' if others else ""
    kind = ' class="tb-passage"' if any(mark.quoted for mark in covering) else ""
    return f"{extra}<span{kind}{name}{names}>{inner}</span>"


def _noted(transcript: Transcript, start: int, end: int, notes: Sequence[Note], focus: bool) -> Iterator[str]:
    at = start
    for note in notes:
        if note.start < at or note.end > end:
            continue
        yield from _tiles(transcript, at, note.start, focus=focus)
        link = note.opening.startswith("<a ")
        yield from (note.opening, *_tiles(transcript, note.start, note.end, focus=focus and not link), note.closing)
        at = note.end
    yield from _tiles(transcript, at, end, focus=focus)


def _tiles(transcript: Transcript, start: int, end: int, *, focus: bool = True) -> Iterator[str]:
    for tile in layers.tiles(transcript.source, transcript.edits, start, end):
        if tile.edit is None:
            yield _escaped(tile.text)
        elif tile.edit.kind == "private":
            yield f'<ins class="tb-withheld">{_escaped(tile.text)}</ins>'
        else:
            yield _edited(tile, transcript.source[tile.start : tile.end], tile.edit, focus)


def _edited(tile: Tile, raw: str, edit: Edit, focus: bool) -> str:
    shown = f"<ins>{_escaped(tile.text)}</ins>" if tile.text else ""
    both = f"{shown}<del hidden>{_escaped(raw)}</del>"
    if edit.kind != "correction":
        return both
    label = _escaped(f"{tile.text}, captioned as {raw}")
    reach = ' tabindex="0"' if focus else ""
    return f'<span class="tb-fix"{reach} role="note" aria-label="{label}" data-heard="{_escaped(raw)}">{both}</span>'


def _escaped(text: str) -> str:
    """The text for HTML: between tags, or between double quotes. Apostrophes are many, and stay as they are."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&#34;")
