"""Talkbook's search index, which replaces Material's behind the same search box."""

import re
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from html import escape, unescape
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig

from talkbook.pages.context import RenderContext
from talkbook.pages.page import SearchEntry, SearchKind
from talkbook.plugin import material_internals
from talkbook.plugin.render.page_writer import CHUNK
from talkbook.runtime.lists import grouped
from talkbook.search import segments
from talkbook.search.blocks import Listing
from talkbook.search.index_writer import IndexWriter
from talkbook.search.segments import Segment

FOLDER = "search"  # in the site
SCRIPT = "assets/search.js"  # search-box.js contains this path, too
_TAG = re.compile(r"<[^<>]+>")


def choose(config: MkDocsConfig, env: Environment) -> bool:
    """Return whether the site gets Talkbook's index, and set config.extra.talkbook_search for its templates.

    It gets one if both its search plugin and its theme are Material's.
    """
    ours = material_internals.entries(config) is not None and material_internals.takes_worker(env)
    config.extra["talkbook_search"] = SCRIPT if ours else ""
    return ours


def writer(put: Callable[[str, bytes], None], config: MkDocsConfig, context: RenderContext) -> IndexWriter:
    """Return a writer for the site's index. put: called with the path in FOLDER and the content of each file.

    For an offline copy, it writes scripts, since pages opened from a disk can't read other files.
    """
    offline: Any = config.plugins.get("material/offline")
    words = segments.common(transcript.source for transcript in context.book.transcripts)
    return IndexWriter(put, words, scripts=bool(offline and offline.config.enabled))


def material_entries(pages: Iterable[Listing]) -> list[dict[str, Any]]:
    """Return the entries of these pages in the form of Material's index."""
    return [_material_entry(page, entry) for page in pages for entry in page.entries]


def index(
    writer: IndexWriter,
    pages: Sequence[Listing],
    rest: Sequence[Listing],
    made: Sequence[Segment] = (),
    processes: int | None = None,
) -> None:
    """Write Talkbook's index.

    pages: each CHUNK of them is a segment.
    rest: the pages of one more segment, the last.
    made: the segments of `pages`, if they have been made already.
    processes: as for IndexWriter.join().
    """
    chunks = [pages[at : at + CHUNK] for at in range(0, len(pages), CHUNK)]
    first = made or [writer.segment(at, chunk) for at, chunk in enumerate(chunks)]
    deque(writer.join([*first, writer.segment(len(first), rest)], processes), maxlen=0)


def by_hand(entries: Iterable[dict[str, Any]]) -> list[Listing]:
    """Convert entries of Material's index, whose texts are HTML, into listings."""
    return [Listing(address, on_page) for address, on_page in grouped(map(_by_hand_entry, entries)).items()]


def _by_hand_entry(theirs: dict[str, Any]) -> tuple[str, SearchEntry]:
    """Return the address of the page, and the entry."""
    address, _, anchor = theirs["location"].partition("#")
    kind: SearchKind = "section" if anchor else "page"
    return address, SearchEntry(anchor, _plain(theirs["title"]), _plain(theirs["text"]), kind)


def _material_entry(page: Listing, entry: SearchEntry) -> dict[str, Any]:
    location = f"{page.address}#{entry.anchor}" if entry.anchor else page.address
    lines = [escape(line) for line in entry.text.split("\n")]
    text = lines[0] if len(lines) == 1 else "".join(f"<p>{line}</p>" for line in lines)  # those that match are shown
    return {"location": location, "title": escape(entry.title), "text": text}


def _plain(html: str) -> str:
    return " ".join(unescape(_TAG.sub(" ", html)).split())
