"""Where readers search: in an index of our own, behind Material's search box."""

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

SCRIPT = "assets/search.js"  # whose address search-box.js knows
_TAG = re.compile(r"<[^>]+>")


def choose(config: MkDocsConfig, env: Environment) -> bool:
    """Whether the site has an index, as it does where its search and its theme are Material's; pages are told of it."""
    ours = _entries(config) is not None and theme.takes_worker(env)
    config.extra["talkbook_search"] = SCRIPT if ours else ""
    return ours


def index(config: MkDocsConfig, context: RenderContext) -> Index:
    """The index of a site. Of a copy to be read from a disk it has scripts, since scripts may not read files there."""
    offline: Any = config.plugins.get("material/offline")
    words = segments.common(each.source for each in context.book.transcripts)
    return Index(Path(config.site_dir) / "search", words, scripts=bool(offline and offline.config.enabled))


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
    return {"location": location, "title": escape(entry.title), "text": text}


def _by_hand(entries: Iterable[dict[str, Any]]) -> Iterator[Listing]:
    """The pages of Material's entries, which are HTML."""
    pages: dict[str, list[SearchEntry]] = {}
    for each in entries:
        address, _, anchor = each["location"].partition("#")
        entry = SearchEntry(anchor, _plain(each["title"]), _plain(each["text"]), "section" if anchor else "page")
        pages.setdefault(address, []).append(entry)
    return (Listing(address, found) for address, found in pages.items())


def _plain(html: str) -> str:
    return " ".join(unescape(_TAG.sub(" ", html)).split())
