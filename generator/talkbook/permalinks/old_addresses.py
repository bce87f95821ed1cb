"""What to publish at old addresses that still lead somewhere: redirect pages, anchors in transcripts, notes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from operator import attrgetter

from talkbook.model import Paragraph, Transcript, Turn
from talkbook.permalinks import addresses
from talkbook.permalinks.relocate import TranscriptSpan
from talkbook.permalinks.resolve import Permalinks, RedirectLoop, addressable
from talkbook.runtime.memo import memoize_last
from talkbook.sources.ledger import LedgerEntry


@dataclass(frozen=True, slots=True)
class OldAnchor:
    """An old anchor in a transcript, and the span of the source for which it stands now."""

    id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class OldAddresses:
    """Everything that keeps old addresses working.

    pages: URI -> the address to which it redirects (a URI, possibly with an anchor, or WITHDRAWN).
    passages: slug of a transcript -> old anchors whose successors are in the same transcript.
    notes: URI -> old anchors on that page -> the address to which each leads (or WITHDRAWN).
    """

    pages: Mapping[str, str] = field(default_factory=dict)
    passages: Mapping[str, tuple[OldAnchor, ...]] = field(default_factory=dict)
    notes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def collect(links: Permalinks) -> OldAddresses:
    """Return what the book and its ledger require.

    Addresses that lead nowhere or in a circle are left out, as are pages that would be outside of the site.
    """
    pages: dict[str, str] = {}
    passages: dict[str, dict[str, OldAnchor]] = {}
    notes: dict[str, dict[str, str]] = {}
    for address in dict.fromkeys([*links.renamed, *links.gone]):
        target = _target(links, address)
        line = links.gone.get(address)
        if target is None or address in links.alive:
            continue
        if "#" not in address and addressable(address):
            pages[address] = _address(target, address)
        for uri, anchor in _anchors(links, address, line):
            place = _place(links, target, uri)
            if place:
                passages.setdefault(place.transcript, {})[anchor] = OldAnchor(anchor, place.start, place.end)
            else:
                notes.setdefault(uri, {})[anchor] = _near(links, uri, _address(target, address))
    for uri, anchor in _unlisted(links):
        notes.setdefault(uri, {})[anchor] = f"quotes/{anchor}"
    return OldAddresses(
        pages,
        {slug: tuple(sorted(anchors.values(), key=attrgetter("start", "id"))) for slug, anchors in passages.items()},
        notes,
    )


def _target(links: Permalinks, address: str) -> str | TranscriptSpan | None:
    try:
        return links.target(address)
    except RedirectLoop:
        return None


def _address(target: str | TranscriptSpan, address: str) -> str:
    if isinstance(target, str):
        return target
    return f"transcripts/{target.transcript}#{address.rpartition('#')[2].rpartition('/')[2]}"


def _near(links: Permalinks, uri: str, address: str) -> str:
    """Return the address, or that of the same quote on the page of the topic at `uri`, if it is listed there."""
    listed = links.book.quotes_of[uri.removeprefix("topics/")]
    name = address.removeprefix("quotes/")
    return f"{uri}#{name}" if any(quote.id == name for quote in listed) else address


def _anchors(links: Permalinks, address: str, line: LedgerEntry | None) -> Iterator[tuple[str, str]]:
    """Yield the (uri, anchor) on existing pages to which links to the lost address, or to the lost quote, may point."""
    uri, _, anchor = address.partition("#")
    if anchor:
        home = _target(links, uri)
        if isinstance(home, str) and home in links.alive and f"{home}#{anchor}" not in links.alive:
            yield home, anchor
    elif line and line.transcript:
        name = uri.rpartition("/")[2]
        for page in (f"transcripts/{line.transcript}", *(f"topics/{slug}" for slug in line.topics)):
            home = _target(links, page)
            if isinstance(home, str) and home in links.alive and "#" not in home:
                yield home, name


def _unlisted(links: Permalinks) -> Iterator[tuple[str, str]]:
    """Yield (uri of a topic, id) for existing quotes that the topic no longer lists."""
    for quote in links.book.quotes:
        line = links.book.ledger.lines.get(f"quotes/{quote.id}")
        listed = {f"topics/{slug}" for slug in quote.topics}
        for slug in line.topics if line else ():
            home = _target(links, f"topics/{slug}")
            if isinstance(home, str) and home in links.alive and home not in listed:
                yield home, quote.id


def _place(links: Permalinks, target: str | TranscriptSpan, uri: str) -> TranscriptSpan | None:
    """Return the span of the target in the transcript at `uri`; None if it is on another page."""
    folder, _, slug = uri.partition("/")
    if isinstance(target, TranscriptSpan):
        return target if folder == "transcripts" and target.transcript == slug else None
    if folder != "transcripts":
        return None
    transcript = links.book.transcript[slug]
    page, _, anchor = target.partition("#")
    if page == uri:
        return _anchors_in(transcript).get(anchor)
    quotes = (quote for quote in links.book.quotes_in[slug] if target == f"quotes/{quote.id}")
    quote = next(quotes, None)
    return TranscriptSpan(slug, quote.start, quote.end) if quote else None


@memoize_last
def _anchors_in(transcript: Transcript) -> Mapping[str, TranscriptSpan]:
    """Return id -> span, for the sections, turns and paragraphs; a section has the span of its first turn."""
    spans: dict[str, Turn | Paragraph | None] = {
        section.id: addresses.opening(transcript, section) for section in transcript.sections
    }
    for turn in transcript.turns:
        spans |= {turn.id: turn, **{paragraph.id: paragraph for paragraph in turn.paragraphs}}
    return {name: TranscriptSpan(transcript.slug, span.start, span.end) for name, span in spans.items() if span}
