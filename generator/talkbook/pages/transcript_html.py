"""A stretch of a transcript as HTML that contains both the source and what is shown.

What is shown but isn't in the source is in <ins>, what is in the source but isn't shown is in <del>. Without all <ins>,
the text is the source, character for character; without all <del>, it is what readers see. Style sheets choose between
the two.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from operator import attrgetter
from typing import NamedTuple

from markupsafe import Markup

from talkbook.model import Edit, Transcript
from talkbook.runtime.memo import memoize_last
from talkbook.text import scripts
from talkbook.transcripts import source_map
from talkbook.transcripts.source_map import Fragment

_end = attrgetter("end")
_AROUND = 45  # characters shown on either side of a name
_LEFT = 12  # characters; so few aren't worth cutting off
_SIGNS = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&#34;"))
_PIECE = re.compile(r'<span data-quotes="([^"]*)">')


@dataclass(frozen=True, slots=True)
class Note:
    """Tags around source[start:end], such as a link. opening, closing: HTML."""

    start: int
    end: int
    opening: str
    closing: str


@dataclass(frozen=True, slots=True)
class PassageMark:
    """A passage, source[start:end], to which something links. It becomes a <span> with its id.

    Marks may overlap in any way and reach from paragraph to paragraph. What can't be in the same <span> follows in
    others, which have the id in data-quotes.
    """

    start: int
    end: int
    id: str


def html(
    transcript: Transcript,
    start: int,
    end: int,
    notes: Sequence[Note] = (),
    marks: Sequence[PassageMark] = (),
) -> Markup:
    """Return source[start:end] as phrasing content.

    notes: sorted, without overlaps; one that crosses the border of a mark is left out.
    marks: in any order.
    """
    inside = [mark for mark in marks if mark.start < end and start < mark.end]
    source = _Source(transcript.source, source_map.within(transcript.edits, start, end), focus=True)
    return Markup(_with_marks(source, start, end, notes, inside))


def stretches(
    transcript: Transcript,
    spans: Sequence[tuple[int, int]],
    notes: Mapping[int, Sequence[Note]],
    marks: Sequence[PassageMark] = (),
) -> Iterator[str]:
    """Yield what html() returns for each span, as plain strings.

    spans: (start, end) in the source, sorted, without overlaps.
    notes: index of a span -> its notes.
    marks: those of all spans, in any order.
    """
    edits = source_map.within(transcript.edits, spans[0][0], spans[-1][1]) if spans else ()
    edited, marked = source_map.inside(edits, spans), source_map.inside(marks, spans)
    source = transcript.source
    for at, (start, end) in enumerate(spans):
        if at in edited or at in marked or at in notes:
            here = _Source(source, edited.get(at, ()), focus=True)
            yield _with_marks(here, start, end, notes.get(at, ()), marked.get(at, ()))
        else:
            yield _escaped(source[start:end])


def opening(transcript: Transcript, start: int, end: int, length: int) -> Markup:
    """Return the first words of source[start:end], about `length` characters as shown, as HTML for use in a link."""
    view = source_map.View(transcript.source, transcript.edits, start, end)
    whole = len(view.text) <= length
    space = view.text.rfind(" ", length // 2, length)  # not every language has spaces
    stop = end if whole else view.span(0, space if space > 0 else length)[1]
    source = _Source(transcript.source, source_map.within(transcript.edits, start, stop), focus=False)
    return Markup(_tiles(source, start, stop) + ("" if whole else "…"))


def plain(transcript: Transcript, start: int, end: int) -> str:
    """Return source[start:end] as shown, on one line."""
    source, edits = transcript.source, transcript.edits
    return _line(
        source_map.shown(source, edits, start, end) if source_map.within(edits, start, end) else source[start:end]
    )


def lines(transcript: Transcript, spans: Sequence[tuple[int, int]]) -> list[str]:
    """Return what plain() returns for each (start, end)."""
    return [_line(words) for words in source_map.texts(transcript.source, transcript.edits, spans)]


@memoize_last
def shown(transcript: Transcript) -> Sequence[str]:
    """Return the paragraphs of all turns as readers see them."""
    spans = [(paragraph.start, paragraph.end) for turn in transcript.turns for paragraph in turn.paragraphs]
    return source_map.texts(transcript.source, transcript.edits, spans)


@memoize_last
def paragraphs(transcript: Transcript) -> Sequence[str]:
    """Return the paragraphs of all turns as plain() returns them."""
    return [_line(words) for words in shown(transcript)]


def turns(transcript: Transcript) -> Iterator[str]:
    """Yield the turns as plain() returns them."""
    source, spans = transcript.source, [(turn.start, turn.end) for turn in transcript.turns]
    whole = {*source_map.inside(transcript.edits, spans)}  # an edit may reach from one paragraph into the next
    for at, turn in enumerate(transcript.turns):
        if any(not source[each.start - 1].isspace() for each in turn.paragraphs[1:]):
            whole.add(at)
    places = sorted(whole)
    other = dict(zip(places, lines(transcript, [spans[at] for at in places]), strict=True))
    rest = iter(paragraphs(transcript))
    for at, turn in enumerate(transcript.turns):
        inside = list(islice(rest, len(turn.paragraphs)))
        yield other[at] if at in other else " ".join(inside)


def _line(words: str) -> str:
    words = words.strip()
    # Printable text has no white space but spaces. This check takes half the time of splitting the text.
    return words if words.isprintable() and "  " not in words else " ".join(words.split())


def in_several_pieces(html: str) -> Sequence[str]:
    """Return the ids of those marks in the HTML that consist of several pieces."""
    return tuple(dict.fromkeys(_PIECE.findall(html)))


def _opening(mark: PassageMark, at: int) -> str:
    return f'<span id="{mark.id}">' if mark.start == at else f'<span data-quotes="{mark.id}">'


class _Source(NamedTuple):
    """A source, the edits in a stretch of it, and whether corrections there can have the keyboard's focus."""

    text: str
    edits: Sequence[Edit]
    focus: bool


def _with_marks(source: _Source, start: int, end: int, notes: Sequence[Note], marks: Sequence[PassageMark]) -> str:
    if not marks:
        return _with_notes(source, start, end, notes)
    cuts = sorted({start, end} | {at for mark in marks for at in (mark.start, mark.end) if start < at < end})
    opened: list[PassageMark] = []
    pieces: list[str] = []
    for first, last in pairwise(cuts):
        unclosed = next((at for at, mark in enumerate(opened) if mark.end <= first), len(opened))
        fresh = [mark for mark in marks if max(mark.start, start) == first]
        more = sorted((mark for mark in (*opened[unclosed:], *fresh) if mark.end > first), key=_end, reverse=True)
        pieces += ["</span>" * (len(opened) - unclosed), *(_opening(mark, first) for mark in more)]
        pieces.append(_with_notes(source, first, last, notes))
        opened = [*opened[:unclosed], *more]
    return "".join([*pieces, "</span>" * len(opened)])


def _with_notes(source: _Source, start: int, end: int, notes: Sequence[Note]) -> str:
    pieces: list[str] = []
    at = start
    for note in notes:
        if note.start < at or note.end > end:
            continue
        inside = source._replace(focus=False) if note.opening.startswith("<a ") else source
        words = _tiles(inside, note.start, note.end)
        pieces += (_tiles(source, at, note.start), note.opening, words, note.closing)
        at = note.end
    return "".join([*pieces, _tiles(source, at, end)])


def _tiles(source: _Source, start: int, end: int) -> str:
    if not source.edits:
        return _escaped(source.text[start:end])
    return "".join([_tile(source, tile) for tile in source_map.tiles(source.text, source.edits, start, end)])


def _tile(source: _Source, tile: Fragment) -> str:
    if tile.edit is None:
        return _escaped(tile.text)
    if tile.edit.kind == "private":
        return f'<ins class="tb-withheld">{_escaped(tile.text)}</ins>'
    return _edited(tile, source.text[tile.start : tile.end], tile.edit, source.focus)


def _edited(tile: Fragment, raw: str, edit: Edit, focus: bool) -> str:
    both = f"<ins>{_escaped(tile.text)}</ins>" if tile.text else ""
    both += f"<del hidden>{_escaped(raw)}</del>"
    if edit.kind != "correction":
        return both
    if not focus:  # inside a link, whose accessible name must contain the words that are shown
        return f'<span role=note aria-label="{_escaped(f"{tile.text}, captioned: {raw}")}">{both}</span>'
    return f'<span tabindex=0 role=note aria-label="captioned: {_escaped(raw)}">{both}</span>'


def _escaped(text: str) -> str:
    """Escape text that is between tags or double quotes. Apostrophes, which are frequent, needn't be escaped there."""
    for sign, escaped in _SIGNS:
        if sign in text:
            text = text.replace(sign, escaped)
    return text


def around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return (start, end) of text[start:end] with about 45 characters on either side, cut between words."""
    first, last = start - _AROUND, end + _AROUND
    if first <= _LEFT:
        first = 0
    elif not scripts.present(text[first - 1 : first + 1]):
        first = text.find(" ", first) + 1
    if last + _LEFT >= len(text):
        last = len(text)
    elif not scripts.present(text[last - 1 : last + 1]):
        last = text.rfind(" ", end, last)
    return min(first, start), max(last, end)
