"""Checks that every link on the pages leads to a page and an anchor that exist."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import lru_cache
from posixpath import join, normpath
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser

from talkbook.pages.page import Addresses, Page
from talkbook.problems import Problem, did_you_mean

_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PageLinks:
    """What the link check needs to know about a page, in little memory.

    address: that of the page.
    source: path of its file, for messages.
    anchors: its ids, one per line, with a line break before the first and after the last.
    links: those within the site, one per line, except those to an anchor of the page itself.
    twice: ids that it has more than once.
    """

    address: str
    source: str
    anchors: str
    links: str
    twice: tuple[str, ...] = ()


def anchors(html: str) -> set[str]:
    """Return all ids in the HTML."""
    return {*_ids(LexborHTMLParser(html))}


def page_links(page: Page, address: str) -> PageLinks:
    """Return the anchors and links of a page with this address."""
    parsed = LexborHTMLParser(page.html)
    names = _ids(parsed)
    ids = dict.fromkeys(names)
    counts = Counter(names) if len(ids) < len(names) else Counter[str]()
    twice = tuple(sorted(name for name, count in counts.items() if count > 1))
    own = {f"#{name}" for name in ids}
    others = (" ".join(href.split()) for href in dict.fromkeys(_hrefs(parsed)) if href not in own)
    inside = (href for href in others if not _ELSEWHERE.match(href))
    return PageLinks(address, page.source or page.uri, f"\n{_lines(ids)}\n", _lines(inside), twice)


def _ids(parsed: LexborHTMLParser) -> list[str]:
    return [each.id or "" for each in parsed.css("[id]")]


def _hrefs(parsed: LexborHTMLParser) -> Iterator[str]:
    for node in parsed.css("[href]"):
        attributes = node.attributes
        yield attributes.get("href") or attributes.get("xlink:href") or ""  # the latter in SVG


def _lines(names: Iterable[str]) -> str:
    return "\n".join(names)


def links(pages: Iterable[Page], addresses: Addresses, others: Mapping[str, Set[str] | None]) -> Iterator[Problem]:
    """Yield a problem for each link within the site that leads nowhere, and for each id used twice.

    others: address -> anchors of everything else in the site; None if any anchor may exist there.
    """
    return between([page_links(page, addresses.of(page.uri)) for page in pages], others)


def between(every: Iterable[PageLinks], others: Mapping[str, Set[str] | None]) -> Iterator[Problem]:
    """Yield what links() does, for pages of which only the PageLinks are kept. others: as for links()."""
    pages = list(every)
    known = {unquote(address): None if names is None else f"\n{_lines(names)}\n" for address, names in others.items()}
    known |= {page.address: page.anchors for page in pages}
    for page in pages:
        for name in page.twice:
            yield Problem(page.source, 0, f'The id "{name}" appears twice on {page.address}.', "Rename one of the two.")
        for href in page.links.splitlines():
            path, _, anchor = href.partition("#")
            target = _resolve(page.address, unquote(path))
            if target not in known:
                hint = did_you_mean(target, known) or "Remove the link."
                yield Problem(page.source, 0, f'A link leads to "{target}", but there is no such page.', hint)
                continue
            there = known[target]
            if anchor and _page(target) and there is not None and f"\n{anchor}\n" not in there:
                hint = did_you_mean(anchor, there.split()) or "Link to the page, or remove the link."
                yield Problem(page.source, 0, f'A link leads to "{target}#{anchor}", which does not exist.', hint)


def _page(target: str) -> bool:
    """Return whether anchors are ids there; in a recording or a PDF, they mean something else."""
    name = target.rpartition("/")[2]
    return "." not in name or name.endswith(".html")


@lru_cache(maxsize=20_000)
def _resolve(address: str, path: str) -> str:
    if not path:
        return address
    folder = address if address.endswith("/") or not address else address.rpartition("/")[0]
    target = normpath(join("/", folder, path)).lstrip("/")
    return f"{target}/" if target and path.endswith(("/", "..", ".")) else target
