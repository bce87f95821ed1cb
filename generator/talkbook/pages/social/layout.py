"""Fits text into a box: in even lines, at the largest size that fits, and cut if none does."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from talkbook.text import sentences

Measure = Callable[[str], float]  # width in pixels of a text on one line

_NARROW = 5  # the most letters that fit into the width of one font size, even of the narrowest


@dataclass(frozen=True, slots=True)
class Box:
    """Room for text, in pixels. leading: the height of a line, as a multiple of the font size."""

    width: float
    height: float
    leading: float


@dataclass(frozen=True, slots=True)
class Fitted:
    """Lines of text, and the font size in pixels at which they fit."""

    lines: tuple[str, ...]
    size: int
    leading: float

    @property
    def height(self) -> float:
        """The height of all lines together, in pixels."""
        return len(self.lines) * self.size * self.leading


def fit(words: str, box: Box, sizes: Sequence[int], font: Callable[[int], Measure]) -> Fitted:
    """Return the words at the largest of `sizes` that fits the box, or cut with "…" if even the smallest doesn't fit.

    sizes: in pixels, descending.
    font: returns the measure for a size.
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
    """Return the words in lines no wider than `width` pixels. A word is broken only if it is wider than that."""
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
    """Return the words in as many lines as wrap() needed, but as narrow as possible, so that the last isn't short.

    lines: what wrap() returned for `width`.
    """
    low, high = width / 2, width
    while high - low > 8:
        middle = (low + high) / 2
        if len(wrap(words, middle, measure)) > len(lines):
            low = middle
        else:
            high = middle
    return wrap(words, high, measure)


def _cut(words: str, fits: Callable[[str], bool]) -> str:
    """Return as much as fits, cut after a sentence if that leaves at least half of it, otherwise after a word."""
    parts = words.split()
    count = bisect_left(range(1, len(parts)), True, key=lambda count: not fits(_dotted(parts[:count])))
    most = _dotted(parts[:count])
    whole = [words[:end] for _, end in sentences.spans(words) if fits(f"{words[:end]} …")]
    return f"{whole[-1]} …" if whole and len(whole[-1]) * 2 >= len(most) else most


def _dotted(parts: Sequence[str]) -> str:
    return " ".join(parts).rstrip(",;:") + "…"
