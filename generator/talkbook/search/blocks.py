"""Pages cut into what is fetched at once, and into what words point at."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from talkbook.pages.page import SearchEntry

_UNIT = 2_000  # characters: short enough that words of one unit have to do with each other
_BLOCK = 16_000

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

    parts: tuple[tuple[Head, tuple[Unit, ...]], ...]

    @property
    def units(self) -> Iterator[Unit]:
        """All units, in order."""
        return (unit for _, units in self.parts for unit in units)

    @property
    def data(self) -> Sequence[object]:
        """What the reader's side shows of it, ready for JSON."""
        return [[*head, [[_shown(entry) for entry in unit] for unit in units]] for head, units in self.parts]


def cut(pages: Iterable[Listing]) -> Iterator[Block]:
    """Blocks of about 16,000 characters; small pages share one."""
    parts: list[tuple[Head, list[Unit]]] = []
    size = 0
    for page in pages:
        head: Head | None = None
        for unit, length in _units(page.entries):
            head = head or (page.address, unit[0].title)
            if parts and size + length > _BLOCK:
                yield _block(parts)
                parts, size = [], 0
            if not parts or parts[-1][0] is not head:
                parts.append((head, []))
            parts[-1][1].append(unit)
            size += length
    if parts:
        yield _block(parts)


def _units(entries: Sequence[SearchEntry]) -> Iterator[tuple[Unit, int]]:
    """Consecutive entries of one rank, and their characters."""
    unit: list[SearchEntry] = []
    size = 0
    for entry in entries:
        length = len(entry.title) + len(entry.text)
        if unit and (entry.boost != unit[0].boost or size + length > _UNIT):
            yield unit, size
            unit, size = [], 0
        unit.append(entry)
        size += length
    if unit:
        yield unit, size


def _block(parts: Sequence[tuple[Head, list[Unit]]]) -> Block:
    return Block(tuple((head, tuple(units)) for head, units in parts))


def _shown(entry: SearchEntry) -> Sequence[str]:
    return [entry.anchor, entry.title, entry.text, entry.speaker, " ".join(entry.topics), entry.transcript]
