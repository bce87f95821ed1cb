"""Pages cut into what is fetched at once, and into what words point at."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from talkbook.pages.page import SearchEntry

_BLOCKS = 60  # that a small site has; a large one has more, of at most _LARGEST characters
_SMALLEST, _LARGEST = 4_000, 16_000
_UNITS = 8  # in a block: short enough that words of one unit have to do with each other

Unit = Sequence[SearchEntry]
Head = tuple[str, str]  # a page's address and title


@dataclass(frozen=True, slots=True)
class Listing:
    """A page and its entries, the first of which is the page itself. address: from the site's root."""

    address: str
    entries: Sequence[SearchEntry]


@dataclass(frozen=True, slots=True)
class Block:
    """Units that are fetched together, by the pages that they are parts of."""

    parts: Sequence[tuple[Head, Sequence[Unit]]]

    @property
    def units(self) -> Iterator[Unit]:
        """All units, in order."""
        return (unit for _, units in self.parts for unit in units)

    @property
    def data(self) -> Sequence[object]:
        """What the reader's side shows of it, ready for JSON."""
        return [[*head, [[_shown(entry) for entry in unit] for unit in units]] for head, units in self.parts]


def cut(pages: Iterable[Listing]) -> Iterator[Block]:
    """Blocks of 4,000 to 16,000 characters, the larger the more there are on all pages; small pages share one."""
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
    """Consecutive entries of one kind, and their characters; so many at most, where one has no more by itself."""
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
    """The length of a text as JavaScript counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
