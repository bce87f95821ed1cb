"""Writes the pages of a site in parallel. Each process has only one page in memory at a time."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from talkbook.pages import link_check
from talkbook.pages.link_check import PageLinks
from talkbook.pages.page import Page, SearchEntry
from talkbook.pages.routes import PageSpec, SiteFile
from talkbook.pages.social.social_card import SocialCard
from talkbook.plugin.render.pages import GeneratedPages, put
from talkbook.runtime import pool, progress
from talkbook.search.blocks import Listing
from talkbook.search.segments import Segment

CHUNK = 24  # pages that one process writes and indexes at a time
_FEWEST = 150  # pages; with fewer, starting processes takes longer than it saves


@dataclass(frozen=True, slots=True)
class Written:
    """What is kept of a written page.

    entries: what search finds on it; () once it is indexed.
    links: its links and anchors.
    """

    uri: str
    entries: Sequence[SearchEntry]
    links: PageLinks
    social_card: SocialCard | None = None

    @property
    def listing(self) -> Listing:
        """Its search entries, with its address."""
        return Listing(self.links.address, self.entries)


def record(page: Page, address: str) -> Written:
    """Return what is kept of a page with this address."""
    return Written(page.uri, page.entries, link_check.page_links(page, address), page.social_card)


def write(
    pages: GeneratedPages,
    specs: Sequence[PageSpec],
    files: Sequence[SiteFile],
    folder: Path,
    index: Callable[[int, Sequence[Listing]], Segment] | None,
) -> tuple[list[Written], list[Segment]]:
    """Write all pages, with the files that belong to them, and `files` into a folder.

    index: makes a segment of the search index; called with its number and a CHUNK of pages. None for no index.

    Return what is kept of each page, and the segments, both in order.
    """
    addresses = pages.project.site.addresses

    def one(spec: PageSpec) -> Written:
        made = spec.make()
        put(folder / addresses.path(spec.uri), pages.html(spec, made))
        for site_file in spec.files:
            put(folder / site_file.path, site_file.data())
        return record(made, addresses.of(spec.uri))

    def work(item: SiteFile | int) -> tuple[list[Written], Segment | None]:
        if isinstance(item, SiteFile):
            put(folder / item.path, item.data())
            return [], None
        written = [one(spec) for spec in chunks[item]]
        if index is None:
            return written, None
        return [replace(each, entries=()) for each in written], index(item, [each.listing for each in written])

    chunks = [specs[at : at + CHUNK] for at in range(0, len(specs), CHUNK)]
    items: list[SiteFile | int] = [*files, *range(len(chunks))]
    results: dict[int, tuple[list[Written], Segment | None]] = {}

    def every() -> Iterator[object]:
        kinds = {spec.uri.partition("/")[0]: spec for spec in specs}
        for spec in kinds.values():  # one of each kind, so that forked processes find templates loaded
            pages.html(spec, spec.make())
        for number, result in pool.spread(work, items, None if len(specs) >= _FEWEST else 0):
            item = items[number]
            if isinstance(item, int):
                results[item] = result
            yield from result[0] if isinstance(item, int) else [item]

    deque(progress.track("Writing pages", every(), len(specs) + len(files)), maxlen=0)
    ordered = [results[at] for at in range(len(chunks))]
    return [each for written, _ in ordered for each in written], [segment for _, segment in ordered if segment]
