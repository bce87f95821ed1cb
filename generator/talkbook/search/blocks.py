"""Pages cut into what is fetched at once, and into what words point at."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from talkbook.pages.page import Entry
from talkbook.search import words

_UNIT = 2_000  # characters: short enough that words of one unit have to do with each other
_BLOCK = 16_000
_HEAD = 4  # times that a word in the title of a page counts

Unit = Sequence[Entry]


@dataclass(frozen=True, slots=True)
class Listing:
    """A page and its entries. address: from the site's root."""

    address: str
    title: str
    entries: Sequence[Entry]


@dataclass(frozen=True, slots=True)
class Block:
    """Units that are fetched together, by the pages that they are parts of."""

    parts: tuple[tuple[Listing, tuple[Unit, ...]], ...]

    @property
    def units(self) -> Iterator[Unit]:
        """All units, in order."""
        return (unit for _, units in self.parts for unit in units)

    @property
    def data(self) -> Sequence[object]:
        """What the reader's side shows of it, ready for JSON."""
        return [
            [page.address, page.title, [[_shown(entry) for entry in unit] for unit in units]]
            for page, units in self.parts
        ]


def cut(pages: Iterable[Listing]) -> Iterator[Block]:
    """Blocks of about 16,000 characters; small pages share one."""
    parts: list[tuple[Listing, list[Unit]]] = []
    size = 0
    for page in pages:
        for unit in _units(page.entries):
            length = sum(map(_length, unit))
            if parts and size + length > _BLOCK:
                yield _block(parts)
                parts, size = [], 0
            if not parts or parts[-1][0] is not page:
                parts.append((page, []))
            parts[-1][1].append(unit)
            size += length
    if parts:
        yield _block(parts)


def terms(unit: Unit) -> list[str]:
    """What finds a unit: its words in order, "" where they don't follow one another, and filters as ":name word"."""
    found: list[str] = []
    for title, head in {(entry.title, not entry.anchor): None for entry in unit}:
        found += ["", *words.split(title)] * (_HEAD if head else 1)
    for entry in unit:
        found.append("")
        found += words.split(entry.text)
    for name, value in {(name, value): None for entry in unit for name, value in _filters(entry)}:
        for word in words.split(value):
            found += ["", f":{name} {word}"]
    found.append("")
    return found


def _filters(entry: Entry) -> Iterator[tuple[str, str]]:
    yield "speaker", entry.speaker
    yield "in", entry.transcript
    for topic in entry.topics:
        yield "topic", topic


def _units(entries: Sequence[Entry]) -> Iterator[Unit]:
    """Consecutive entries of one rank."""
    unit: list[Entry] = []
    size = 0
    for entry in entries:
        if unit and (entry.boost != unit[0].boost or size + _length(entry) > _UNIT):
            yield unit
            unit, size = [], 0
        unit.append(entry)
        size += _length(entry)
    if unit:
        yield unit


def _length(entry: Entry) -> int:
    return len(entry.title) + len(entry.text)


def _block(parts: Sequence[tuple[Listing, list[Unit]]]) -> Block:
    return Block(tuple((page, tuple(units)) for page, units in parts))


def _shown(entry: Entry) -> Sequence[str]:
    return [entry.anchor, entry.title, entry.text, entry.speaker, " ".join(entry.topics), entry.transcript]
