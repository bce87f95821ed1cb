"""Where readers search: in Material's index, or for an archive in one of our own, behind the same search box."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape, unescape
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig

from talkbook.pages.context import RenderContext
from talkbook.pages.page import SearchEntry
from talkbook.plugin.render import theme
from talkbook.search import segments
from talkbook.search.blocks import Listing
from talkbook.search.writer import Index
from talkbook.text import scripts

_LARGE = 2_000_000  # characters of transcripts; about as much is the index that every reader of Material's has to load
_TELLING = 10_000  # characters of a transcript that tell its script
_TAG = re.compile(r"<[^>]+>")


def choose(config: MkDocsConfig, env: Environment, context: RenderContext) -> bool:
    """Whether the site gets an index of our own; pages are told where it is.

    It does for large transcripts, and for those without spaces between words, of which Material's finds next to
    nothing. A copy to be read from a disk keeps Material's: scripts may not read files there.
    """
    offline: Any = config.plugins.get("material/offline")
    ours = (
        (
            context.characters > _LARGE
            or any(scripts.mostly(each.source[:_TELLING]) for each in context.book.transcripts)
        )
        and _entries(config) is not None
        and not (offline and offline.config.enabled)
        and theme.takes_worker(env)
    )
    config.extra["talkbook_search"] = "assets/search.js" if ours else ""
    return ours


def index(config: MkDocsConfig, context: RenderContext) -> Index:
    """The index of our own of a site."""
    return Index(Path(config.site_dir) / "search", segments.common(each.source for each in context.book.transcripts))


def put(config: MkDocsConfig, pages: Sequence[Listing]) -> None:
    """Add what is on these pages to Material's index."""
    entries = _entries(config)
    if entries is not None:
        entries.extend(_theirs(page, entry) for page in pages for entry in page.entries)


def take(config: MkDocsConfig) -> list[Listing]:
    """Take out of Material's index, and give, what it has found on pages that are not ours."""
    entries = _entries(config) or []
    found = list(_by_hand(entries))
    entries.clear()
    return found


def by_hand(config: MkDocsConfig) -> list[dict[str, Any]]:
    """What Material has found, before put() adds to it."""
    return [*(_entries(config) or ())]


def renew(config: MkDocsConfig, found: list[dict[str, Any]], address: str, write: Callable[[], None]) -> None:
    """Write the page at `address` by `write`, and put what Material finds on it in the place of what is in `found`."""
    theirs: Any = getattr(_search(config), "search_index", None)
    if theirs is None:
        return write()
    theirs.entries = []
    write()
    places = [at for at, each in enumerate(found) if each["location"].partition("#")[0] == address]
    found[places[0] if places else len(found) : places[-1] + 1 if places else len(found)] = theirs.entries
    return None


def put_again(config: MkDocsConfig, found: Sequence[dict[str, Any]], put: Callable[[], None]) -> None:
    """Have Material write its index again. found: by_hand() as it is now. put: adds what is on our pages."""
    search = _search(config)
    if getattr(search, "search_index", None) is not None:
        search.search_index.entries = [*found]
        put()
        search.on_post_build(config=config)


def _search(config: MkDocsConfig) -> Any:
    return config.plugins.get("material/search") or config.plugins.get("search")


def _entries(config: MkDocsConfig) -> list[dict[str, Any]] | None:
    """What Material will put into its index, None where its search is off."""
    return getattr(getattr(_search(config), "search_index", None), "entries", None)


def _theirs(page: Listing, entry: SearchEntry) -> dict[str, Any]:
    location = f"{page.address}#{entry.anchor}" if entry.anchor else page.address
    lines = [escape(line) for line in entry.text.split("\n")]
    text = lines[0] if len(lines) == 1 else "".join(f"<p>{line}</p>" for line in lines)  # it shows those that match
    return {"location": location, "title": escape(entry.title), "text": text, "boost": entry.boost}


def _by_hand(entries: Iterable[dict[str, Any]]) -> Iterator[Listing]:
    """The pages of Material's entries, which are HTML."""
    pages: dict[str, list[SearchEntry]] = {}
    for each in entries:
        address, _, anchor = each["location"].partition("#")
        entry = SearchEntry(anchor, _plain(each["title"]), _plain(each["text"]), float(each.get("boost", 1.0)))
        pages.setdefault(address, []).append(entry)
    return (Listing(address, found) for address, found in pages.items())


def _plain(html: str) -> str:
    return " ".join(unescape(_TAG.sub(" ", html)).split())
