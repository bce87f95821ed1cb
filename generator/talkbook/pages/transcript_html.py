"""A stretch of a transcript as HTML that holds both forms of it.

What is shown and not in the source stands in <ins>, what is in the source and not shown
in <del>. Without every <ins> the text is the source, character for character; without
every <del> it is what a reader sees. Style sheets choose between the two.
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
_AROUND = 45  # characters of a line on either side of the name that it is there for
_LEFT = 12  # characters that are not worth cutting off
_SIGNS = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&#34;"))
_PIECE = re.compile(r'<span data-quotes="([^"]*)">')


@dataclass(frozen=True, slots=True)
class Note:
    """Tags around a stretch of the source, such as a link. `opening` and `closing` are HTML."""

    start: int
    end: int
    opening: str
    closing: str


@dataclass(frozen=True, slots=True)
class PassageMark:
    """A passage that something leads to.

    It is a <span> with its id. Marks may overlap, within one another or crosswise, and reach from paragraph to
    paragraph: what cannot stand in the same <span> follows in others, which carry the id in data-quotes.
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
    """source[start:end] as phrasing content.

    notes: in order and apart, in offsets of the source; one that crosses the border of a mark is left out.
    marks: in offsets of the source, and in any order.
    """
    inside = [mark for mark in marks if mark.start < end and start < mark.end]
    source = _Source(transcript.source, source_map.within(transcript.edits, start, end), focus=True)
    return Markup(_marked(source, start, end, notes, inside))


def each(
    transcript: Transcript,
    spans: Sequence[tuple[int, int]],
    notes: Mapping[int, Sequence[Note]],
    marks: Sequence[PassageMark] = (),
) -> Iterator[str]:
    """What html() gives for each (start, end) of the source, as plain strings. `spans` must be sorted and apart.

    notes: by the index of the span that they are in. marks: of all spans.
    """
    edits = source_map.within(transcript.edits, spans[0][0], spans[-1][1]) if spans else ()
    edited, marked = source_map.inside(edits, spans), source_map.inside(marks, spans)
    source = transcript.source
    for at, (start, end) in enumerate(spans):
        if at in edited or at in marked or at in notes:
            here = _Source(source, edited.get(at, ()), focus=True)
            yield _marked(here, start, end, notes.get(at, ()), marked.get(at, ()))
        else:  # as most are
            yield _escaped(source[start:end])


def opening(transcript: Transcript, start: int, end: int, length: int) -> Markup:
    """The first words of source[start:end], about `length` characters as shown, for use in a link."""
    view = source_map.View(transcript.source, transcript.edits, start, end)
    whole = len(view.text) <= length
    space = view.text.rfind(" ", length // 2, length)  # not every language has any
    stop = end if whole else view.span(0, space if space > 0 else length)[1]
    source = _Source(transcript.source, source_map.within(transcript.edits, start, stop), focus=False)
    return Markup(_tiles(source, start, stop) + ("" if whole else "…"))


def plain(transcript: Transcript, start: int, end: int) -> str:
    """source[start:end] as shown, on one line."""
    source, edits = transcript.source, transcript.edits
    return _line(
        source_map.shown(source, edits, start, end) if source_map.within(edits, start, end) else source[start:end]
    )


def lines(transcript: Transcript, spans: Sequence[tuple[int, int]]) -> list[str]:
    """What plain() gives for each (start, end) of the source."""
    return [_line(words) for words in source_map.texts(transcript.source, transcript.edits, spans)]


@memoize_last
def shown(transcript: Transcript) -> Sequence[str]:
    """The paragraphs of all turns as a reader sees them."""
    spans = [(paragraph.start, paragraph.end) for turn in transcript.turns for paragraph in turn.paragraphs]
    return source_map.texts(transcript.source, transcript.edits, spans)


@memoize_last
def paragraphs(transcript: Transcript) -> Sequence[str]:
    """The paragraphs of all turns as plain() gives them."""
    return [_line(words) for words in shown(transcript)]


def turns(transcript: Transcript) -> Iterator[str]:
    """The turns as plain() gives them."""
    source, spans = transcript.source, [(turn.start, turn.end) for turn in transcript.turns]
    whole = {*source_map.inside(transcript.edits, spans)}  # an edit may go from one paragraph into the next
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
    # What can be printed has no white space but spaces. To look for that takes half the time of cutting it up.
    return words if words.isprintable() and "  " not in words else " ".join(words.split())


def parted(html: str) -> Sequence[str]:
    """The ids of the marks in the HTML that come in several pieces."""
    return tuple(dict.fromkeys(_PIECE.findall(html)))


def _opening(mark: PassageMark, at: int) -> str:
    return f'<span id="{mark.id}">' if mark.start == at else f'<span data-quotes="{mark.id}">'


class _Source(NamedTuple):
    """The source with the edits that touch a stretch of it, and whether the keyboard reaches corrections there."""

    text: str
    edits: Sequence[Edit]
    focus: bool


def _marked(source: _Source, start: int, end: int, notes: Sequence[Note], marks: Sequence[PassageMark]) -> str:
    if not marks:
        return _noted(source, start, end, notes)
    cuts = sorted({start, end} | {at for mark in marks for at in (mark.start, mark.end) if start < at < end})
    opened: list[PassageMark] = []
    pieces: list[str] = []
    for first, last in pairwise(cuts):
        unclosed = next((at for at, mark in enumerate(opened) if mark.end <= first), len(opened))
        fresh = [mark for mark in marks if max(mark.start, start) == first]
        more = sorted((mark for mark in (*opened[unclosed:], *fresh) if mark.end > first), key=_end, reverse=True)
        pieces += ["</span>" * (len(opened) - unclosed), *(_opening(mark, first) for mark in more)]
        pieces.append(_noted(source, first, last, notes))
        opened = [*opened[:unclosed], *more]
    return "".join([*pieces, "</span>" * len(opened)])


def _noted(source: _Source, start: int, end: int, notes: Sequence[Note]) -> str:
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
    if not focus:  # of a link, whose name would be without the words shown otherwise
        return f'<span role=note aria-label="{_escaped(f"{tile.text}, captioned: {raw}")}">{both}</span>'
    return f'<span tabindex=0 role=note aria-label="captioned: {_escaped(raw)}">{both}</span>'


def _escaped(text: str) -> str:
    """The text for HTML: between tags, or between double quotes. Apostrophes are many, and stay as they are."""
    for sign, escaped in _SIGNS:
        if sign in text:
            text = text.replace(sign, escaped)
    return text


def around(text: str, start: int, end: int) -> tuple[int, int]:
    """(start, end) of about 45 characters on either side of shown[start:end], cut at words."""
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
