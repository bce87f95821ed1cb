"""Suggest what a lost passage or page may have become, by similarity; a person has to confirm it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from talkbook.model import Transcript
from talkbook.permalinks import addresses
from talkbook.permalinks.resolve import Permalinks
from talkbook.sources.ledger import LedgerEntry, shorten
from talkbook.text import ids

_ALIKE = 60  # of 100; less similar addresses are not suggested


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A possible successor of a lost address, with its words. likeness: up to 100."""

    address: str
    words: str
    likeness: float


def nearest(links: Permalinks, line: LedgerEntry) -> Iterator[Suggestion]:
    """Yield the possible successors of a lost address, the most similar first."""
    alike = (
        Suggestion(address, words, likeness)
        for address, words, text in _candidates(links, line)
        if (likeness := _likeness(line, words, text)) >= _ALIKE
    )
    yield from sorted(alike, key=lambda suggestion: (-suggestion.likeness, suggestion.address))


def _candidates(links: Permalinks, line: LedgerEntry) -> Iterator[tuple[str, str, str]]:
    """Yield (address, words as in the ledger, all words) for everything of the same kind."""
    uri, _, anchor = line.address.partition("#")
    folder = uri.partition("/")[0]
    transcript = links.home(line.address, line) if anchor or folder == "quotes" else None
    if folder == "quotes" and transcript:
        for quote in links.book.quotes_in[transcript.slug]:
            key = ids.key(transcript.source[quote.start : quote.end])
            yield f"quotes/{quote.id}", shorten(key), key
        yield from _passages(transcript, "p-")
    elif anchor.startswith(("t-", "p-")) and transcript:
        yield from _passages(transcript, anchor[:2])
    elif anchor and transcript:
        for section in transcript.sections:
            words = addresses.section_words(transcript, section)
            yield f"transcripts/{transcript.slug}#{section.id}", words, words
    elif not anchor:
        yield from ((address, name, name) for address, name in _pages(links, folder))


def _passages(transcript: Transcript, kind: str) -> Iterator[tuple[str, str, str]]:
    page = f"transcripts/{transcript.slug}"
    for turn, key in zip(transcript.turns, addresses.turn_keys(transcript), strict=True):
        if kind == "t-" or len(turn.paragraphs) == 1:
            yield f"{page}#{turn.id if kind == 't-' else turn.paragraphs[0].id}", shorten(key), key
        else:
            for paragraph in turn.paragraphs:
                own = ids.key(transcript.source[paragraph.start : paragraph.end])
                yield f"{page}#{paragraph.id}", shorten(own), own


def _pages(links: Permalinks, folder: str) -> Iterable[tuple[str, str]]:
    book = links.book
    if folder == "topics":
        return [(f"topics/{topic.slug}", name) for topic in book.topics for name in topic.names]
    if folder == "people":
        return [(f"people/{person.slug}", person.name) for person in book.people]
    if folder == "transcripts":
        return [(f"transcripts/{transcript.slug}", transcript.title) for transcript in book.transcripts]
    return []


def _likeness(line: LedgerEntry, words: str, text: str) -> float:
    """Return how similar two passages are: in how they begin and end, or in the opening of one within the other."""
    if "#" not in line.address and not line.address.startswith("quotes/"):
        return fuzz.token_sort_ratio(line.words.lower(), words.lower())
    old, new = line.words.rpartition("/ ")[2], words.rpartition("/ ")[2]
    opening = old.partition(" … ")[0]
    inside = fuzz.partial_ratio(opening, text) * 0.9 if 30 < len(opening) <= len(text) else 0.0
    return max(fuzz.ratio(line.words, words), fuzz.ratio(old, new) * 0.95, inside)
