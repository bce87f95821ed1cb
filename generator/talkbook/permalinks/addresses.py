"""The addresses that a book publishes, and the words that identify what is there."""

from collections.abc import Iterator

from talkbook.book.book import Book
from talkbook.model import Section, Transcript, Turn
from talkbook.sources import ledger
from talkbook.sources.ledger import LedgerEntry
from talkbook.text import ids


def addresses(book: Book) -> frozenset[str]:
    """Return all addresses, without their words: fast enough to run in each build."""
    result = {f"topics/{topic.slug}" for topic in book.topics}
    result.update(f"people/{person.slug}" for person in book.people)
    result.update(f"quotes/{quote.id}" for quote in book.quotes)
    result.update(f"transcripts/{withheld.slug}" for withheld in book.withheld)
    for transcript in book.transcripts:
        page = f"transcripts/{transcript.slug}"
        result.add(page)
        result.update(f"{page}#{section.id}" for section in transcript.sections)
        for turn in transcript.turns:
            result.add(f"{page}#{turn.id}")
            result.update(f"{page}#{paragraph.id}" for paragraph in turn.paragraphs)
    return frozenset(result)


def ledger_entries(book: Book) -> Iterator[LedgerEntry]:
    """Yield the ledger's entry for each address."""
    for topic in book.topics:
        yield LedgerEntry(f"topics/{topic.slug}", _flat(topic.title))
    for person in book.people:
        yield LedgerEntry(f"people/{person.slug}", _flat(person.name))
    for quote in book.quotes:
        source = book.transcript[quote.transcript].source
        words = ledger.shorten(ids.key(source[quote.start : quote.end]))
        yield LedgerEntry(f"quotes/{quote.id}", words, quote.attributed, quote.transcript, tuple(sorted(quote.topics)))
    for transcript in book.transcripts:
        yield from _transcript(transcript)


def _transcript(transcript: Transcript) -> Iterator[LedgerEntry]:
    page, source = f"transcripts/{transcript.slug}", transcript.source
    yield LedgerEntry(page, _flat(transcript.title))
    for section in transcript.sections:
        yield LedgerEntry(f"{page}#{section.id}", section_words(transcript, section))
    for turn, key in zip(transcript.turns, turn_keys(transcript), strict=True):
        yield LedgerEntry(f"{page}#{turn.id}", ledger.shorten(key), turn.attributed)
        for paragraph in turn.paragraphs:
            own = ids.key(source[paragraph.start : paragraph.end]) if len(turn.paragraphs) > 1 else key
            yield LedgerEntry(f"{page}#{paragraph.id}", ledger.shorten(own), turn.attributed)


def turn_keys(transcript: Transcript) -> Iterator[str]:
    """Return the key of each turn, from which its id is derived."""
    keys = ids.keys([transcript.source[turn.start : turn.end] for turn in transcript.turns])
    return ids.distinct_keys([(turn.attributed, key) for turn, key in zip(transcript.turns, keys, strict=True)])


def section_words(transcript: Transcript, section: Section) -> str:
    """Return a section's title, " / " and its first words."""
    first = opening(transcript, section)
    words = ids.key(transcript.source[first.start : first.end]) if first else ""
    return f"{_flat(section.title)} / {' '.join(ledger.shorten(words).partition(' …')[0].split()[:10])}".rstrip(" /")


def opening(transcript: Transcript, section: Section) -> Turn | None:
    """Return the first turn of a section, or None."""
    inside = (turn for turn in transcript.turns if section.start <= turn.start < section.end)
    return next(inside, None)


def _flat(title: str) -> str:
    return " ".join(title.split())
