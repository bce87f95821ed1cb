"""Map between the source and the text as shown.

The source is never changed. Edits lie over it, sorted and without overlap. The shown text is the source with its edits
applied; tiles() splits any stretch of the source into pieces that hold both forms.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from operator import attrgetter, itemgetter
from typing import NamedTuple, Protocol, TypeVar

import numpy as np

from talkbook.model import Edit
from talkbook.runtime import columns
from talkbook.text.tokens import Ints

APART = "\n\n"  # between two stretches; neither sentences nor names contain it, so none is found across a border

_start = attrgetter("start")
_end = attrgetter("end")
_order = attrgetter("start", "end", "text", "kind", "why")  # the same order as Edit's, but faster to compare


_Cut = tuple[int, int, str, Edit | None]  # (start, end, text shown instead, its edit); no edit between two stretches


class Fragment(NamedTuple):
    """source[start:end], shown as `text`. edit: None if the two are the same."""

    start: int
    end: int
    text: str
    edit: Edit | None = None


def within(edits: Sequence[Edit], start: int, end: int) -> Sequence[Edit]:
    """Return the edits that overlap source[start:end]. `edits` must be sorted, without overlap."""
    edits = columns.opened(edits)
    return edits[bisect_right(edits, start, key=_end) : bisect_left(edits, end, key=_start)]


def tiles(source: str, edits: Sequence[Edit], start: int, end: int) -> Iterator[Fragment]:
    """Split source[start:end] into fragments, in order and without gaps.

    An edit that crosses a border is ignored: the part inside is shown as it is in the source.
    """
    at = start
    for edit in within(edits, start, end):
        if edit.start < start or edit.end > end:
            continue
        if edit.start > at:
            yield Fragment(at, edit.start, source[at : edit.start])
        yield Fragment(edit.start, edit.end, edit.text, edit)
        at = edit.end
    if at < end:
        yield Fragment(at, end, source[at:end])


def shown(source: str, edits: Sequence[Edit], start: int = 0, end: int | None = None) -> str:
    """Return source[start:end] as it is shown."""
    end = len(source) if end is None else end
    pieces: list[str] = []
    at = start
    for edit in within(edits, start, end):
        if start <= edit.start and edit.end <= end:  # like tiles(), but without creating fragments
            pieces += (source[at : edit.start], edit.text)
            at = edit.end
    return "".join([*pieces, source[at:end]])


_Stretch = TypeVar("_Stretch", bound="Stretch")


class Stretch(Protocol):
    """Anything that has a span of the source."""

    @property
    def start(self) -> int:
        """The offset of its start."""

    @property
    def end(self) -> int:
        """The offset of its end."""


def inside(stretches: Iterable[_Stretch], spans: Sequence[tuple[int, int]]) -> Mapping[int, Sequence[_Stretch]]:
    """Return index in `spans` -> the stretches that overlap this span, if there are any.

    `spans` must be sorted, without overlap; stretches keep their order.
    """
    starts, ends = [start for start, _ in spans], [end for _, end in spans]
    result: dict[int, list[_Stretch]] = {}
    for stretch in stretches:
        for at in range(bisect_right(ends, stretch.start), bisect_left(starts, stretch.end)):
            result.setdefault(at, []).append(stretch)
    return result


def merge(first: Iterable[Edit], second: Iterable[Edit]) -> tuple[Edit, ...]:
    """Return both groups of edits, sorted; where two overlap, the one in `first` is kept.

    first: without overlap.
    second: may overlap one another, in which case the one that starts first is kept.
    """
    edits = sorted(first, key=_order)
    starts = [edit.start for edit in edits]
    extra: list[Edit] = []
    for edit in sorted(second, key=_order):
        at = bisect_left(starts, edit.end)
        if (at == 0 or edits[at - 1].end <= edit.start) and (not extra or extra[-1].end <= edit.start):
            extra.append(edit)
    return tuple(sorted([*edits, *extra], key=_order)) if extra else tuple(edits)


def _cut(edit: Edit) -> _Cut:
    return edit.start, edit.end, edit.text, edit


class View:
    """A stretch of the source as shown, with a map from shown offsets back to source offsets.

    It alternates between pieces of the source, which may be empty, and what edits show instead. Piece `at` begins at
    text[offsets[at]] and shows source[bounds[at]:bounds[at + 1]].
    """

    __slots__ = ("_bounds", "_cuts", "_offsets", "text")

    def __init__(self, source: str, edits: Sequence[Edit], start: int, end: int) -> None:
        met = within(edits, start, end) if edits else ()
        self._lay(source, start, end, [_cut(edit) for edit in met if start <= edit.start and edit.end <= end])

    def _lay(self, source: str, start: int, end: int, cuts: Sequence[_Cut]) -> None:
        self._cuts, self._bounds = cuts, [start]
        pieces: list[str] = []
        for first, last, text, _ in cuts:
            pieces += source[start:first], text
            self._bounds += first, last
            start = last
        self._bounds.append(end)
        pieces.append(source[start:end])
        self._offsets = list(accumulate(map(len, pieces), initial=0))
        self.text = "".join(pieces)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the (start, end) in the source of text[start:end], which must not be empty.

        An edit that is cut counts as a whole.
        """
        first, last = self._between(start, end)
        return (
            self._bounds[first] + (0 if first % 2 else start - self._offsets[first]),
            self._bounds[last + 1] if last % 2 else self._bounds[last] + end - self._offsets[last],
        )

    def past(self, offset: int) -> int:
        """Return an offset in the source, moved to the end of the edit that covers it, if one does."""
        at = bisect_right(self._bounds, offset) - 1
        return self._bounds[at + 1] if at % 2 and self._bounds[at] < offset else offset

    def over(self, edit: Edit) -> Edit:
        """Convert an edit of `text` to an edit of the source with the same effect.

        Edits that it overlaps are merged into it, with what they show outside of it. If one of those shows any text and
        the result does, the result has that edit's kind.
        """
        start, end = self.span(edit.start, edit.end)
        first, last = self._between(edit.start, edit.end)
        before = self.text[self._offsets[first] : edit.start] if first % 2 else ""
        after = self.text[edit.end : self._offsets[last + 1]] if last % 2 else ""
        text = before + edit.text + after
        met = [other for _, _, shows, other in self._cuts[first // 2 : (last + 1) // 2] if other and shows]
        if text and met:
            return Edit(start, end, text, met[0].kind, met[0].why)
        return Edit(start, end, text, edit.kind, edit.why)

    def _between(self, start: int, end: int) -> tuple[int, int]:
        return bisect_right(self._offsets, start) - 1, bisect_left(self._offsets, end) - 1


class JoinedView(View):
    """Several stretches of the source as shown, joined by empty lines: one long text is processed faster.

    starts: the offset in `text` at which each stretch begins.
    """

    __slots__ = ("starts",)

    def __init__(self, source: str, edits: Sequence[Edit], stretches: Iterable[tuple[int, int]]) -> None:
        """stretches: (start, end) of each; they and `edits` must be sorted, without overlap."""
        spans = list(stretches)
        starts, ends = [start for start, _ in spans], [end for _, end in spans]
        gaps: list[_Cut] = [(end, start, APART, None) for end, start in zip(ends, starts[1:], strict=False)]
        # Edits outside of a stretch or across its border are left out.
        held = [_cut(edit) for edit in edits if (at := bisect_right(starts, edit.start)) and edit.end <= ends[at - 1]]
        cuts = sorted([*gaps, *held], key=itemgetter(0))  # a gap comes before an edit at the same offset
        self._lay(source, min(starts, default=0), max(ends, default=0), cuts)
        after = zip(self._offsets[2::2], cuts, strict=False)
        self.starts = [0, *(at for at, (_, _, _, edit) in after if edit is None)][: len(spans)]

    def stretches(self) -> list[tuple[int, int]]:
        """Return the (start, end) of each stretch in the text."""
        ends = [*(start - len(APART) for start in self.starts[1:]), len(self.text)]
        return list(zip(self.starts, ends, strict=False))

    def spans(self, starts: Ints, ends: Ints) -> tuple[Ints, Ints]:
        """Do what span() does for many (start, end) at once; return all starts and all ends in the source."""
        offsets, bounds = np.array(self._offsets, np.intp), np.array(self._bounds, np.intp)
        first, last = np.searchsorted(offsets, starts, "right") - 1, np.searchsorted(offsets, ends) - 1
        return (
            bounds[first] + np.where(first % 2, 0, starts - offsets[first]),
            np.where(last % 2, bounds[last + 1], bounds[last] + ends - offsets[last]),
        )


def texts(source: str, edits: Sequence[Edit], stretches: Sequence[tuple[int, int]]) -> list[str]:
    """Return each (start, end) of the source as shown. `edits` and `stretches` must be sorted, without overlap."""
    near = within(edits, stretches[0][0], stretches[-1][1]) if stretches else ()
    starts, ends = list(map(_start, near)), list(map(_end, near))
    result: list[str] = []
    for start, end in stretches:
        first, last = bisect_right(ends, start), bisect_left(starts, end)
        result.append(shown(source, near[first:last], start, end) if first < last else source[start:end])
    return result
