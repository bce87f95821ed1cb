"""Resolve published addresses: to themselves, to a successor, or to where their words are now."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from talkbook.book.book import Book
from talkbook.model import Topic, Transcript
from talkbook.permalinks import addresses, relocate
from talkbook.permalinks.relocate import Stream, TranscriptSpan
from talkbook.sources.ledger import WITHDRAWN, LedgerEntry


@dataclass(frozen=True)
class Permalinks:
    """A book and its ledger of what was published before."""

    book: Book

    @cached_property
    def alive(self) -> frozenset[str]:
        """All addresses in the book as it is now."""
        return addresses.addresses(self.book)

    @cached_property
    def renamed(self) -> Mapping[str, Topic]:
        """Old addresses that topics claim by `redirect_from`."""
        return {redirect_uri(name): topic for topic in self.book.topics for name, _ in topic.redirect_from}

    @cached_property
    def gone(self) -> Mapping[str, LedgerEntry]:
        """The ledger's entries whose addresses no longer exist."""
        lines = self.book.ledger.lines
        return {address: lines[address] for address in lines if address not in self.alive}

    def target(self, address: str) -> str | TranscriptSpan | None:
        """Resolve an address.

        Returns an address in the book; a place where the exact words of a lost passage still are; WITHDRAWN; or None if
        unknown. Raises RedirectLoop if it leads back to itself.
        """
        line = self.book.ledger.lines.get(address)
        steps = [address]
        while address not in self.alive and address != WITHDRAWN:
            following = self._next(address, line)
            if following is None or isinstance(following, TranscriptSpan):
                return following
            if following in steps:
                raise RedirectLoop((*steps, following))
            steps.append(following)
            address = following
            line = self.book.ledger.lines.get(address, line)
        return address

    def _next(self, address: str, line: LedgerEntry | None) -> str | TranscriptSpan | None:
        if address in self.renamed:
            return f"topics/{self.renamed[address].slug}"
        if line and line.address == address and line.successor:
            return line.successor
        if line and line.transcript and self.target(f"transcripts/{line.transcript}") == WITHDRAWN:
            return WITHDRAWN
        uri, _, anchor = address.partition("#")
        if anchor and uri not in self.alive:
            home = self.target(uri)
            if isinstance(home, str) and home != uri:
                return home if home == WITHDRAWN or "#" in home else f"{home}#{anchor}"
            return None
        return self.stands(address, line) if line else None

    def stands(self, address: str, line: LedgerEntry) -> TranscriptSpan | None:
        """Return where the words of a lost turn, paragraph or quote still are; None if nowhere.

        address: its old one, with redirects of the page applied.
        line: the ledger's entry, with its words.
        """
        transcript = self.home(address, line)
        name = address.rpartition("#")[2].rpartition("/")[2]
        if transcript is None or not line.words:
            return None
        stream = self._streams.get(transcript.slug)
        if stream is None:
            stream = self._streams[transcript.slug] = relocate.stream(transcript)
        return relocate.find(stream, name, line.speaker, line.words)

    @cached_property
    def _streams(self) -> dict[str, Stream]:
        return {}

    def home(self, address: str, line: LedgerEntry) -> Transcript | None:
        """Return the transcript of a passage or quote, under its current slug; None if it is gone.

        address, line: as in stands().
        """
        uri = f"transcripts/{line.transcript}" if line.transcript else address.partition("#")[0]
        if uri not in self.alive and uri != address:
            target = self.target(uri)
            uri = target if isinstance(target, str) else ""
        folder, _, slug = uri.partition("/")
        return self.book.transcript.get(slug) if folder == "transcripts" else None


@dataclass(frozen=True)
class RedirectLoop(Exception):
    """An address leads back to itself. steps: the addresses on the way."""

    steps: tuple[str, ...]


_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.~/")


def addressable(uri: str) -> bool:
    """Return whether a page may have this URI: no part of it is empty or hidden, or leads out of the site."""
    return _PLAIN.issuperset(uri) and all(step and not step.startswith(".") for step in uri.split("/"))


def redirect_uri(name: str) -> str:
    """Return the URI meant by an entry of `redirect_from`: a topic's old file name, or a path in the site."""
    path = name.strip().strip("/")
    for ending in (".md", ".html", "/index"):
        path = path.removesuffix(ending)
    return path if "/" in name.strip() else f"topics/{path}"


def record(links: Permalinks, accepted: Mapping[str, str]) -> Iterator[LedgerEntry]:
    """Yield the entries of the ledger with this book added.

    accepted: lost address -> the successor that somebody confirmed.

    Anchors of a page that has moved are recorded under the page's new address.
    """
    lines: dict[str, LedgerEntry] = {}
    for address, line in links.gone.items():
        uri, _, anchor = address.partition("#")
        home = links.target(uri) if anchor and uri not in links.alive else uri
        name = f"{home}#{anchor}" if anchor and isinstance(home, str) and home != WITHDRAWN else address
        if address in accepted:
            lines[name] = replace(line, address=name, words="", speaker=None, successor=accepted[address])
        elif links.target(address) == WITHDRAWN and not line.successor:
            if not anchor:
                lines[name] = replace(line, words="", speaker=None, successor=WITHDRAWN)
        elif name not in links.alive:
            lines.setdefault(name, replace(line, address=name))
    for each in links.book.withheld:  # a withheld page keeps its entry until it is published again
        page = f"transcripts/{each.slug}"
        lines |= {page: links.book.ledger.lines[page]} if page in links.book.ledger.lines else {}
    for line in addresses.ledger_entries(links.book):
        before = links.book.ledger.lines.get(line.address)
        topics = {_topic(links, slug) for slug in before.topics} if before else set()
        lines[line.address] = replace(line, topics=tuple(sorted(topics.union(line.topics))))
    yield from lines.values()


def _topic(links: Permalinks, slug: str) -> str:
    """Return the current slug of a topic."""
    home = links.target(f"topics/{slug}")
    return home.removeprefix("topics/") if isinstance(home, str) and home in links.alive else slug
