"""Whether every link and anchor on the pages leads somewhere."""

import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from posixpath import join, normpath
from urllib.parse import unquote

from talkbook.pages.page import Addresses, Page
from talkbook.problems import Problem, did_you_mean

_HREF = re.compile(r'(?:\s|:)href="([^"]*)"')
_ID = re.compile(r'\sid="([^"]*)"')
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


def anchors(html: str) -> set[str]:
    """Every id in the HTML."""
    return set(_ID.findall(html))


def links(pages: Iterable[Page], addresses: Addresses, others: Mapping[str, set[str]]) -> Iterator[Problem]:
    """A problem for each link within the site that leads nowhere, and for each id used twice.

    others: address -> anchors of what is in the site besides the pages.
    """
    every = list(pages)
    known = {**others, **{addresses.of(page.uri): anchors(page.html) for page in every}}
    for page in every:
        here = addresses.of(page.uri)
        found = _ID.findall(page.html)
        for name in sorted({name for name in found if found.count(name) > 1} if len(found) > len(set(found)) else ()):
            yield Problem(page.source or page.uri, 0, f'The id "{name}" stands twice on {here}.', "Rename one title.")
        for href in dict.fromkeys(_HREF.findall(page.html)):
            address = unescape(href)
            if _ELSEWHERE.match(address):
                continue
            path, _, anchor = address.partition("#")
            target = _resolve(here, unquote(path))
            if target not in known:
                cure = did_you_mean(target, known) or "Take the link out."
                yield Problem(page.source or page.uri, 0, f'A link leads to "{target}", and there is no such page.', cure)
            elif anchor and anchor not in known[target]:
                cure = did_you_mean(anchor, known[target])
                yield Problem(page.source or page.uri, 0, f'A link leads to "{target}#{anchor}", which is not there.', cure)


def _resolve(here: str, path: str) -> str:
    if not path:
        return here
    folder = here if here.endswith("/") or not here else here.rpartition("/")[0]
    target = normpath(join("/", folder, path)).lstrip("/")
    return f"{target}/" if target and path.endswith(("/", "..", ".")) else target
