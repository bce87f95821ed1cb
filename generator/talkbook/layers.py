"""The two layers between the source and what is shown, and the way back.

The source is never changed. Edits lie over it, sorted and apart; a text as shown
is the source with its edits applied, and `tiles` cuts any stretch of the source
into pieces that know both forms, so the raw characters can always be had again.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, zip_longest
from operator import attrgetter
from typing import NamedTuple, Protocol, TypeVar

import numpy as np

from talkbook import columns
from talkbook.bytewise import Ints
from talkbook.model import Edit

APART = "\n\n"  # between two stretches: white space that no sentence and no name has, so that none is found across

_start = attrgetter("start")
_end = attrgetter("end")
_order = attrgetter("start", "end", "text", "kind", "why")  # as Edit's own order, without a call for each comparison


class Tile(NamedTuple):
    """source[start:end], shown as `text`; `edit` is None where the two are the same."""

    start: int
    end: int
    text: str
    edit: Edit | None = None


def within(edits: Sequence[Edit], start: int, end: int) -> Sequence[Edit]:
    """The edits that touch source[start:end]. `edits` must be sorted and apart."""
    edits = columns.opened(edits)
    return edits[bisect_right(edits, start, key=_end) : bisect_left(edits, end, key=_start)]


def tiles(source: str, edits: Sequence[Edit], start: int, end: int) -> Iterator[Tile]:
    """Cut source[start:end] into tiles, in order and without a gap.

    An edit that reaches over a border belongs to neither side: the part inside is
    given as it stands in the source.
    """
    return _tiles(source, within(edits, start, end), start, end)


def _tiles(source: str, met: Iterable[Edit], start: int, end: int) -> Iterator[Tile]:
    at = start
    for edit in met:
        if edit.start < start or edit.end > end:
            continue
        if edit.start > at:
            yield Tile(at, edit.start, source[at : edit.start])
        yield Tile(edit.start, edit.end, edit.text, edit)
        at = edit.end
    if at < end:
        yield Tile(at, end, source[at:end])


def shown(source: str, edits: Sequence[Edit], start: int = 0, end: int | None = None) -> str:
    """source[start:end] as a reader sees it."""
    end = len(source) if end is None else end
    pieces: list[str] = []
    at = start
    for edit in within(edits, start, end):
        if start <= edit.start and edit.end <= end:  # as `tiles` has it, without a tile for each
            pieces += (source[at : edit.start], edit.text)
            at = edit.end
    return "".join([*pieces, source[at:end]])


_Stretch = TypeVar("_Stretch", bound="Stretch")


class Stretch(Protocol):
    """Something that has a place in the source."""

    @property
    def start(self) -> int:
        """Where it begins."""

    @property
    def end(self) -> int:
        """Where it ends."""


def inside(stretches: Iterable[_Stretch], spans: Sequence[tuple[int, int]]) -> Mapping[int, Sequence[_Stretch]]:
    """By the index of a (start, end), those of the stretches that touch it. `spans` must be sorted and apart."""
    starts, ends = [start for start, _ in spans], [end for _, end in spans]
    found: dict[int, list[_Stretch]] = {}
    for each in stretches:
        for at in range(bisect_right(ends, each.start), bisect_left(starts, each.end)):
            found.setdefault(at, []).append(each)
    return found


def merge(first: Iterable[Edit], second: Iterable[Edit]) -> tuple[Edit, ...]:
    """Both, sorted; where two overlap, the one of `first` stays and the other is dropped.

    first: apart. second: may overlap among themselves; of two that do, the one that starts first stays.
    """
    kept = sorted(first, key=_order)
    starts = [edit.start for edit in kept]
    extra: list[Edit] = []
    for edit in sorted(second, key=_order):
        at = bisect_left(starts, edit.end)
        if (at == 0 or kept[at - 1].end <= edit.start) and (not extra or extra[-1].end <= edit.start):
            extra.append(edit)
    return tuple(sorted([*kept, *extra], key=_order)) if extra else tuple(kept)


class Shown:
    """A stretch of the source as shown, with the way from shown offsets back to the source's."""

    __slots__ = ("_offsets", "_start", "_tiles", "text")

    def __init__(self, source: str, edits: Sequence[Edit], start: int, end: int) -> None:
        self._start = start
        self._offsets: Sequence[int] = ()
        self._tiles: Sequence[Tile] = ()
        if not (edits and within(edits, start, end)):  # as most turns are: the source itself, and offsets only move
            self.text = source[start:end]
            return
        self._tiles = [tile for tile in tiles(source, edits, start, end) if tile.text]
        self._offsets = list(accumulate((len(tile.text) for tile in self._tiles), initial=0))
        self.text = "".join([tile.text for tile in self._tiles])

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The source's [start, end) below text[start:end]; an edit that is cut counts as whole.

        The two offsets must hold at least one character between them.
        """
        if not self._tiles:
            return self._start + start, self._start + end
        first, last = self._between(start, end)
        head, tail = self._tiles[first], self._tiles[last]
        return (
            head.start if head.edit else head.start + start - self._offsets[first],
            tail.end if tail.edit else tail.start + end - self._offsets[last],
        )

    def over(self, edit: Edit) -> Edit:
        """An edit of `text` as the edit of the source that has the same effect.

        Edits that it meets go into it whole, with what they show outside of it; it is
        a correction if one of them is and words are left.
        """
        start, end = self.span(edit.start, edit.end)
        if not self._tiles:
            return Edit(start, end, edit.text, edit.kind, edit.why)
        first, last = self._between(edit.start, edit.end)
        head, tail = self._tiles[first], self._tiles[last]
        before = head.text[: edit.start - self._offsets[first]] if head.edit else ""
        after = tail.text[edit.end - self._offsets[last] :] if tail.edit else ""
        text = before + edit.text + after
        met = [tile.edit for tile in self._tiles[first : last + 1] if tile.edit]
        if text and met:
            return Edit(start, end, text, met[0].kind, met[0].why)
        return Edit(start, end, text, edit.kind, edit.why)

    def _between(self, start: int, end: int) -> tuple[int, int]:
        return bisect_right(self._offsets, start) - 1, bisect_left(self._offsets, end) - 1


class Together(Shown):
    """Stretches of the source as shown, in one text with an empty line between two: for most are short.

    starts: where in the text each of them begins.
    """

    __slots__ = ("starts",)

    def __init__(self, source: str, edits: Sequence[Edit], stretches: Iterable[tuple[int, int]]) -> None:
        """stretches: (start, end) of each; they and `edits` must be sorted and apart."""
        firsts, lasts = list(map(_start, edits)), list(map(_end, edits))
        pieces: list[str] = []
        kept: list[Tile] = []
        offsets: list[int] = []
        self.starts: list[int] = []
        at = 0
        for start, end in stretches:
            self.starts.append(at)
            met = edits[bisect_right(lasts, start) : bisect_left(firsts, end)]
            for tile in _tiles(source, met, start, end) if met else (Tile(start, end, source[start:end]),):
                if tile.text:
                    offsets.append(at)
                    kept.append(tile)
                    pieces.append(tile.text)
                    at += len(tile.text)
            pieces.append(APART)
            at += len(APART)
        self.text = "".join(pieces[:-1])
        self._start, self._tiles, self._offsets = 0, kept, offsets

    def texts(self) -> list[str]:
        """What each of the stretches shows."""
        ends = [start - len(APART) for start in self.starts[1:]]
        return [self.text[start:end] for start, end in zip_longest(self.starts, ends)]

    def spans(self, starts: Ints, ends: Ints) -> tuple[Ints, Ints]:
        """What `span` gives for one stretch of the text, for many of them: all starts and all ends in the source."""
        offsets = np.array(self._offsets, np.intp)
        first, last = np.searchsorted(offsets, starts, "right") - 1, np.searchsorted(offsets, ends) - 1
        heads, tails = (np.array([at(tile) for tile in self._tiles], np.intp) for at in (_start, _end))
        moves = np.array([tile.edit is None for tile in self._tiles], np.bool_)
        return (
            np.where(moves[first], starts - offsets[first], 0) + heads[first],
            np.where(moves[last], heads[last] + ends - offsets[last], tails[last]),
        )


def texts(source: str, edits: Sequence[Edit], stretches: Sequence[tuple[int, int]]) -> list[str]:
    """Each (start, end) of the source as a reader sees it. Both `edits` and `stretches` must be sorted and apart."""
    near = within(edits, stretches[0][0], stretches[-1][1]) if stretches else ()
    starts, ends = list(map(_start, near)), list(map(_end, near))
    found: list[str] = []
    for start, end in stretches:
        first, last = bisect_right(ends, start), bisect_left(starts, end)
        found.append(shown(source, near[first:last], start, end) if first < last else source[start:end])
    return found
