"""Where readers search: in Material's index, or for an archive in one of our own, behind the same search box."""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from html import escape, unescape
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig

from talkbook import theme
from talkbook.fast import progress
from talkbook.pages.page import Entry
from talkbook.search import index
from talkbook.search.blocks import Listing

_LARGE = 2_000_000  # characters of transcripts; about as much is the index that every reader of Material's has to load
_THREADS = 2  # that compress and write
_AHEAD = 64  # files that may wait for them
_TAG = re.compile(r"<[^>]+>")


def choose(config: MkDocsConfig, env: Environment, characters: int) -> bool:
    """Whether the site gets an index of our own, for transcripts of so many characters; pages are told where it is.

    A copy to be read from a disk keeps Material's: scripts may not read files there.
    """
    offline: Any = config.plugins.get("material/offline")
    ours = (
        characters > _LARGE
        and _entries(config) is not None
        and not (offline and offline.config.enabled)
        and theme.takes_worker(env)
    )
    config.extra["talkbook_search"] = "assets/search.js" if ours else ""
    return ours


def listing(entries: Sequence[Entry], address: str) -> Listing:
    """The page of some entries, the first of which is the page itself."""
    return Listing(address, entries[0].title, entries)


def put(config: MkDocsConfig, pages: Sequence[Listing], ours: bool) -> None:
    """Make what is on these pages found, besides what Material has found on others."""
    entries = _entries(config)
    if entries is None:
        return
    if not ours:
        entries.extend(_theirs(page, entry) for page in pages for entry in page.entries)
        return
    found = [*_by_hand(entries), *pages]
    entries.clear()
    _write(index.write(progress.shown("Indexing pages", found, len(found))), Path(config.site_dir) / "search")


def _entries(config: MkDocsConfig) -> list[dict[str, Any]] | None:
    """What Material will put into its index, None where its search is off."""
    search: Any = config.plugins.get("material/search") or config.plugins.get("search")
    return getattr(getattr(search, "search_index", None), "entries", None)


def _theirs(page: Listing, entry: Entry) -> dict[str, Any]:
    location = f"{page.address}#{entry.anchor}" if entry.anchor else page.address
    return {"location": location, "title": escape(entry.title), "text": escape(entry.text), "boost": entry.boost}


def _by_hand(entries: Iterable[dict[str, Any]]) -> Iterator[Listing]:
    """The pages of Material's entries, which are HTML."""
    pages: dict[str, list[Entry]] = {}
    for each in entries:
        address, _, anchor = each["location"].partition("#")
        entry = Entry(anchor, _plain(each["title"]), _plain(each["text"]), float(each.get("boost", 1.0)))
        pages.setdefault(address, []).append(entry)
    return (listing(found, address) for address, found in pages.items())


def _plain(html: str) -> str:
    return " ".join(unescape(_TAG.sub(" ", html)).split())


def _write(files: Iterable[tuple[str, bytes]], folder: Path) -> None:
    for part in ("blocks", "terms", "words"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    waiting: deque[Future[int]] = deque()
    # Compression and the disk need no interpreter, so these threads run beside the indexing.
    with ThreadPoolExecutor(_THREADS) as threads:
        for path, content in files:
            waiting.append(threads.submit(_one, folder / path, content))
            if len(waiting) > _AHEAD:
                waiting.popleft().result()
        for each in waiting:
            each.result()


def _one(path: Path, content: bytes) -> int:
    return path.write_bytes(index.pack(content))
