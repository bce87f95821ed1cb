"""A stretch of a transcript as HTML that holds both forms of it.

What is shown and not in the source stands in <ins>, what is in the source and not shown
in <del>. Without every <ins> the text is the source, character for character; without
every <del> it is what a reader sees. Style sheets choose between the two.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape

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
    """A passage that something leads to. Marks may overlap; each piece of one carries its id."""

    start: int
    end: int
    id: str
    quoted: bool = True  # False where only old links lead to it


def html(
    transcript: Transcript, start: int, end: int, notes: Sequence[Note] = (), marks: Sequence[Mark] = ()
) -> Markup:
    """source[start:end] as phrasing content. A note that crosses the border of a mark is left out."""
    here = [mark for mark in marks if mark.start < end and start < mark.end]
    cuts = {start, end} | {at for mark in here for at in (mark.start, mark.end) if start < at < end}
    pieces = []
    for first, last in pairwise(sorted(cuts)):
        inner = "".join(_noted(transcript, first, last, notes))
        covering = [mark for mark in here if mark.start <= first and last <= mark.end]
        pieces.append(_marked(inner, first, covering) if covering else inner)
    return Markup("".join(pieces))


def plain(transcript: Transcript, start: int, end: int) -> str:
    """source[start:end] as shown, on one line."""
    return " ".join(layers.shown(transcript.source, transcript.edits, start, end).split())


def _marked(inner: str, start: int, covering: Sequence[Mark]) -> str:
    opened = [mark.id for mark in covering if mark.start == start]
    extra = "".join(f'<span id="{name}"></span>' for name in opened[1:])
    name = f' id="{opened[0]}"' if opened else ""
    names = " ".join(mark.id for mark in covering)
    kind = ' class="tb-passage"' if any(mark.quoted for mark in covering) else ""
    return f'{extra}<span{kind}{name} data-quotes="{names}">{inner}</span>'


def _noted(transcript: Transcript, start: int, end: int, notes: Sequence[Note]) -> Iterator[str]:
    at = start
    for note in notes:
        if note.start < at or note.end > end:
            continue
        yield from _tiles(transcript, at, note.start)
        link = note.opening.startswith("<a ")
        yield from (note.opening, *_tiles(transcript, note.start, note.end, focus=not link), note.closing)
        at = note.end
    yield from _tiles(transcript, at, end)


def _tiles(transcript: Transcript, start: int, end: int, *, focus: bool = True) -> Iterator[str]:
    for tile in layers.tiles(transcript.source, transcript.edits, start, end):
        if tile.edit is None:
            yield str(escape(tile.text))
        elif tile.edit.kind == "private":
            yield f'<ins class="tb-withheld">{escape(tile.text)}</ins>'
        else:
            yield _edited(tile, transcript.source[tile.start : tile.end], tile.edit, focus)


def _edited(tile: Tile, raw: str, edit: Edit, focus: bool) -> str:
    shown = f"<ins>{escape(tile.text)}</ins>" if tile.text else ""
    both = f"{shown}<del hidden>{escape(raw)}</del>"
    if edit.kind != "correction":
        return both
    label = escape(f"{tile.text}, captioned as {raw}")
    reach = ' tabindex="0"' if focus else ""
    return f'<span class="tb-fix"{reach} role="note" aria-label="{label}" data-heard="{escape(raw)}">{both}</span>'
