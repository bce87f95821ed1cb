"""Where readers search: in Material's index, or for an archive in one of our own, behind the same search box."""

import atexit
import os
import re
import shutil
import tempfile
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from html import escape, unescape
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig

from talkbook import progress, theme
from talkbook.pages.page import Entry
from talkbook.search import index
from talkbook.search.blocks import Listing
from talkbook.serving import After, Step, Turn

_LARGE = 2_000_000  # characters of transcripts; about as much is the index that every reader of Material's has to load
_THREADS = 2  # that compress and write
_AHEAD = 64  # files that may wait for them
_PARTS = ("blocks", "terms", "words")
_LAST = "index.bin"
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


def put(config: MkDocsConfig, pages: Sequence[Listing], ours: bool, later: "Later | None" = None) -> None:
    """Make what is on these pages found, besides what Material has found on others.

    later: where given, an index of our own is written by it.
    """
    entries = _entries(config)
    if entries is None:
        return
    if not ours:
        entries.extend(_theirs(page, entry) for page in pages for entry in page.entries)
        return
    found = [*_by_hand(entries), *pages]
    entries.clear()
    folder = Path(config.site_dir) / "search"
    if later:
        later.write(found, folder)
    else:
        deque(write(progress.shown("Indexing pages", found, len(found)), folder), maxlen=0)


def by_hand(config: MkDocsConfig) -> list[dict[str, Any]]:
    """What Material has found, before put() adds to it."""
    return [*(_entries(config) or ())]


def renew(config: MkDocsConfig, found: list[dict[str, Any]], address: str, write: Callable[[], None]) -> None:
    """Have the page at `address` written, and what Material finds on it take its place in `found`."""
    index: Any = getattr(_search(config), "search_index", None)
    if index is None:
        return write()
    index.entries = []
    write()
    places = [at for at, each in enumerate(found) if each["location"].partition("#")[0] == address]
    found[places[0] if places else len(found) : places[-1] + 1 if places else len(found)] = index.entries
    return None


def put_again(
    config: MkDocsConfig, found: Sequence[dict[str, Any]], pages: Sequence[Listing], ours: bool, later: "Later"
) -> None:
    """As put(), in a site that stands. found: by_hand() as it is now."""
    search = _search(config)
    if getattr(search, "search_index", None) is not None:
        search.search_index.entries = [*found]
        put(config, pages, ours, later)
        search.on_post_build(config=config)


def _search(config: MkDocsConfig) -> Any:
    return config.plugins.get("material/search") or config.plugins.get("search")


def _entries(config: MkDocsConfig) -> list[dict[str, Any]] | None:
    """What Material will put into its index, None where its search is off."""
    return getattr(getattr(_search(config), "search_index", None), "entries", None)


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


def write(pages: Iterable[Listing], folder: Path) -> Iterator[None]:
    """Write the index of these pages, file by file; left before its end, it is not complete."""
    for part in _PARTS:
        (folder / part).mkdir(parents=True, exist_ok=True)
    waiting: deque[Future[int]] = deque()
    # Compression and the disk need no interpreter, so these threads run beside the indexing.
    with ThreadPoolExecutor(_THREADS) as threads:
        for path, content in index.write(pages):
            waiting.append(threads.submit(_one, folder / path, content))
            if len(waiting) > _AHEAD:
                waiting.popleft().result()
            yield None
        for each in waiting:
            each.result()


def _one(path: Path, content: bytes) -> int:
    return path.write_bytes(index.pack(content))


class Later:
    """Writes the index of a served site while the site is being read, so that nobody who edits waits for it.

    Until it is there, the index before answers.
    """

    def __init__(self) -> None:
        self._before: Path | None = None  # the last complete index
        self._after = After(Turn())
        self._one = threading.Lock()

    def stop(self) -> None:
        """Give up what is being written, as a build does that begins."""
        self._after.stop()

    def wait(self) -> None:
        """Wait until nothing is being written."""
        self._after.wait()

    def write(self, pages: Sequence[Listing], folder: Path) -> None:
        """Write the index of these pages into a folder: the first at once, others later."""
        self.stop()
        if self._before is None:
            self._before = Path(tempfile.mkdtemp(prefix="talkbook-search-"))
            atexit.register(shutil.rmtree, self._before, ignore_errors=True)
            deque(write(progress.shown("Indexing pages", pages, len(pages)), self._before), maxlen=0)
            _copy(self._before, folder)
            return
        if not (folder / _LAST).exists():
            self.wait()
            _copy(self._before, folder)
        self._after.start(partial(self._replace, pages, folder))

    def _replace(self, pages: Sequence[Listing], folder: Path) -> Iterator[Step]:
        assert self._before is not None
        fresh = self._before.with_name(f"{self._before.name}-new")
        with self._one:  # that is stopped may be at its last step yet
            try:
                yield from write(pages, fresh)
                shutil.rmtree(self._before)
                fresh.rename(self._before)
            finally:
                shutil.rmtree(fresh, ignore_errors=True)
            with suppress(OSError):  # a build begins, and has the folder moved away; it copies the index itself
                _copy(self._before, folder)


def _copy(index: Path, folder: Path) -> None:
    for part in _PARTS:
        shutil.rmtree(folder / part, ignore_errors=True)
        shutil.copytree(index / part, folder / part, copy_function=_link)
    (folder / _LAST).unlink(missing_ok=True)
    _link(index / _LAST, folder / _LAST)


def _link(source: str | Path, target: str | Path) -> None:
    try:
        os.link(source, target)
    except OSError:  # another disk
        shutil.copyfile(source, target)
