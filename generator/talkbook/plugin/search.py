"""Where readers search: in an index of our own, behind Material's search box."""

import re
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from html import escape, unescape
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig

from talkbook.pages.context import RenderContext
from talkbook.pages.page import SearchEntry
from talkbook.plugin import material_internals
from talkbook.plugin.render.page_writer import CHUNK
from talkbook.search import segments
from talkbook.search.blocks import Listing
from talkbook.search.index_writer import IndexWriter
from talkbook.search.segments import Segment

FOLDER = "search"  # of the site
SCRIPT = "assets/search.js"  # whose address search-box.js knows
_TAG = re.compile(r"<[^<>]+>")


def choose(config: MkDocsConfig, env: Environment) -> bool:
    """Whether the site has an index, as it does where its search and its theme are Material's; pages are told of it."""
    ours = material_internals.entries(config) is not None and material_internals.takes_worker(env)
    config.extra["talkbook_search"] = SCRIPT if ours else ""
    return ours


def writer(put: Callable[[str, bytes], None], config: MkDocsConfig, context: RenderContext) -> IndexWriter:
    """What writes the index of a site, by paths in FOLDER.

    Of a copy to be read from a disk it has scripts, since scripts may not read files there.
    """
    offline: Any = config.plugins.get("material/offline")
    words = segments.common(transcript.source for transcript in context.book.transcripts)
    return IndexWriter(put, words, scripts=bool(offline and offline.config.enabled))


def materials(pages: Iterable[Listing]) -> list[dict[str, Any]]:
    """What is on these pages, as Material's index has it."""
    return [_theirs(page, entry) for page in pages for entry in page.entries]


def index(
    writer: IndexWriter,
    pages: Sequence[Listing],
    rest: Sequence[Listing],
    made: Sequence[Segment] = (),
    processes: int | None = None,
) -> None:
    """Write an index of our own.

    pages: of which CHUNK make a segment. rest: those of the last segment. made: the segments of `pages`, where there
    are any. processes: as of IndexWriter.join().
    """
    chunks = [pages[at : at + CHUNK] for at in range(0, len(pages), CHUNK)]
    first = made or [writer.segment(at, chunk) for at, chunk in enumerate(chunks)]
    deque(writer.join([*first, writer.segment(len(first), rest)], processes), maxlen=0)


def by_hand(entries: Iterable[dict[str, Any]]) -> list[Listing]:
    """The pages of Material's entries, which are HTML."""
    pages: dict[str, list[SearchEntry]] = {}
    for theirs in entries:
        address, _, anchor = theirs["location"].partition("#")
        entry = SearchEntry(anchor, _plain(theirs["title"]), _plain(theirs["text"]), "section" if anchor else "page")
        pages.setdefault(address, []).append(entry)
    return [Listing(address, on_page) for address, on_page in pages.items()]


def _theirs(page: Listing, entry: SearchEntry) -> dict[str, Any]:
    location = f"{page.address}#{entry.anchor}" if entry.anchor else page.address
    lines = [escape(line) for line in entry.text.split("\n")]
    text = lines[0] if len(lines) == 1 else "".join(f"<p>{line}</p>" for line in lines)  # it shows those that match
    return {"location": location, "title": escape(entry.title), "text": text}


def _plain(html: str) -> str:
    return " ".join(unescape(_TAG.sub(" ", html)).split())
