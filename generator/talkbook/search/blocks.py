"""Split pages into blocks, which are fetched as a whole, and into units, to which postings refer."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from talkbook.pages.page import SearchEntry

_BLOCKS = 60  # of a small site; a large one has more, of up to _LARGEST characters
_SMALLEST, _LARGEST = 4_000, 16_000
_UNITS = 8  # per block; short enough that words in the same unit are related

Unit = Sequence[SearchEntry]
Head = tuple[str, str]  # (address, title) of a page


@dataclass(frozen=True, slots=True)
class Listing:
    """A page and its entries; the first entry is the page itself. address: relative to the site's root."""

    address: str
    entries: Sequence[SearchEntry]


@dataclass(frozen=True, slots=True)
class Block:
    """Units that are fetched together, grouped by page."""

    parts: Sequence[tuple[Head, Sequence[Unit]]]

    @property
    def units(self) -> Iterator[Unit]:
        """All units, in order."""
        return (unit for _, units in self.parts for unit in units)

    @property
    def data(self) -> Sequence[object]:
        """What search.js needs of the block, ready for JSON."""
        return [[*head, [[_shown(entry) for entry in unit] for unit in units]] for head, units in self.parts]


def cut(pages: Iterable[Listing]) -> Iterator[Block]:
    """Yield blocks of 4,000 to 16,000 characters, depending on the total; small pages share a block."""
    listed = list(pages)
    total = sum(_length(entry) for page in listed for entry in page.entries)
    most = min(_LARGEST, max(_SMALLEST, total // _BLOCKS))
    parts: list[tuple[Head, list[Unit]]] = []
    size = 0
    for page in listed:
        head: Head | None = None
        for unit, length in _units(page.entries, most // _UNITS):
            head = head or (page.address, unit[0].title)
            if parts and size + length > most:
                yield Block(parts)
                parts, size = [], 0
            if not parts or parts[-1][0] is not head:
                parts.append((head, []))
            parts[-1][1].append(unit)
            size += length
    if parts:
        yield Block(parts)


def _units(entries: Sequence[SearchEntry], most: int) -> Iterator[tuple[Unit, int]]:
    """Yield units of consecutive entries of one kind, with their length in characters.

    Units have at most `most` characters unless a single entry is longer.
    """
    unit: list[SearchEntry] = []
    size = 0
    for entry in entries:
        length = _length(entry)
        if unit and (entry.kind != unit[0].kind or size + length > most):
            yield unit, size
            unit, size = [], 0
        unit.append(entry)
        size += length
    if unit:
        yield unit, size


def _length(entry: SearchEntry) -> int:
    return len(entry.title) + len(entry.text)


def _shown(entry: SearchEntry) -> Sequence[str | int]:
    parts = [entry.anchor, entry.title, entry.text, entry.speaker, " ".join(entry.topics), entry.transcript]
    parts.append("\n".join(entry.topic_titles))
    plain = not entry.captioned or max(entry.text, default="") <= "\uffff"
    size = len if plain else _utf16
    places = [
        value
        for start, end, words in entry.captioned
        for value in (size(entry.text[:start]), size(entry.text[:end]), words)
    ]
    return [*parts, *places]


def _utf16(text: str) -> int:
    """Return the length of a text as JavaScript counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
