"""Fitting words into a box: lines of even length, the largest size that fits, a cut where none does."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from talkbook.text import sentences

Measure = Callable[[str], float]  # width in pixels of a text on one line

_NARROW = 5  # letters of the narrowest kind that are as wide as the letters are high: what is longer can't fit


@dataclass(frozen=True, slots=True)
class Box:
    """Room for text, in pixels. leading: height of a line as a multiple of the size of its letters."""

    width: float
    height: float
    leading: float


@dataclass(frozen=True, slots=True)
class Fitted:
    """Lines of text, and the size in pixels at which they fit."""

    lines: tuple[str, ...]
    size: int
    leading: float

    @property
    def height(self) -> float:
        """Of all lines together."""
        return len(self.lines) * self.size * self.leading


def fit(words: str, box: Box, sizes: Sequence[int], font: Callable[[int], Measure]) -> Fitted:
    """The words at the largest of `sizes` at which they fit the box; cut with "…" where even the smallest is too large.

    sizes: falling. font: gives the measure for a size.
    """
    words = words[: int(_NARROW * box.width * box.height / (sizes[-1] ** 2 * box.leading))]
    for size in sizes:
        lines = wrap(words, box.width, font(size))
        if len(lines) * size * box.leading <= box.height:
            return Fitted(even(words, lines, box.width, font(size)), size, box.leading)
    room = int(box.height / (sizes[-1] * box.leading))
    if not room:
        return Fitted((), sizes[-1], box.leading)
    return fit(_cut(words, lambda text: len(wrap(text, box.width, font(sizes[-1]))) <= room), box, sizes, font)


def wrap(words: str, width: float, measure: Measure) -> tuple[str, ...]:
    """Lines no wider than `width` pixels, broken at spaces; a word that is wider is broken where it must be.

    measure: gives the width of a text.
    """
    lines: list[str] = []
    space, taken = measure(" "), width
    for word in words.split():
        length = measure(word)
        if lines and taken + space + length <= width:
            lines[-1] += f" {word}"
            taken += space + length
            continue
        rest = word
        while length > width and len(rest) > 1:
            cut = max(1, bisect_left(range(1, len(rest)), True, key=lambda end: measure(rest[:end]) > width))
            lines.append(rest[:cut])
            rest = rest[cut:]
            length = measure(rest)
        lines.append(rest)
        taken = length
    return tuple(lines)


def even(words: str, lines: tuple[str, ...], width: float, measure: Measure) -> tuple[str, ...]:
    """As many lines as `lines`, which wrap() gave, as narrow as they can be, so that no short one is left over."""
    low, high = width / 2, width
    while high - low > 8:
        middle = (low + high) / 2
        if len(wrap(words, middle, measure)) > len(lines):
            low = middle
        else:
            high = middle
    return wrap(words, high, measure)


def _cut(words: str, fits: Callable[[str], bool]) -> str:
    """As much as fits, cut after a sentence if that leaves at least half of what would fit, else after a word."""
    parts = words.split()
    count = bisect_left(range(1, len(parts)), True, key=lambda count: not fits(_dotted(parts[:count])))
    most = _dotted(parts[:count])
    whole = [words[:end] for _, end in sentences.spans(words) if fits(f"{words[:end]} …")]
    return f"{whole[-1]} …" if whole and len(whole[-1]) * 2 >= len(most) else most


def _dotted(parts: Sequence[str]) -> str:
    return " ".join(parts).rstrip(",;:") + "…"
