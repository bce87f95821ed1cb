"""Redirect pages: small files at old addresses that lead on, with the hash, and without a script too."""

import json
from collections.abc import Mapping
from html import escape
from types import MappingProxyType

from talkbook.exports import head
from talkbook.pages.context import RenderContext
from talkbook.pages.page import Addresses, Page
from talkbook.pages.quotes import citations, embed
from talkbook.permalinks.old_addresses import OldAddresses
from talkbook.sources.ledger import WITHDRAWN

_PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<meta name="robots" content="noindex">
{head}</head>
<body>
<h1>{title}</h1>
<p>{text}</p>
</body>
</html>
"""
_REFRESH = '<meta http-equiv="refresh" content="0; url={address}">\n'
_QUOTES = "quotes/"
_MOVED = """\
<link rel="canonical" href="{canonical}">
<script>location.replace({script})</script>
<noscript><meta http-equiv="refresh" content="0; url={address}"></noscript>
"""


def paths(old: OldAddresses, addresses: Addresses) -> list[str]:
    """Where the redirect pages lie in the site."""
    frames = [f"embed/{uri.removeprefix(_QUOTES)}.html" for uri in old.pages if uri.startswith(_QUOTES)]
    return sorted([*map(addresses.path, old.pages), *frames])


def pages(context: RenderContext, pages: Mapping[str, Page]) -> Mapping[str, str]:
    """Each redirect page of a site by its path, with what stands now where it leads.

    pages: those that old addresses lead to, by their uri.
    """
    old, titles = context.old_addresses, {uri: page.title for uri, page in pages.items()}
    previews = {uri: head.preview(pages[target].head) for uri, target in old.pages.items() if target in pages}
    frames: dict[str, str] = {}
    for uri, quote in embed.moved(context).items():
        previews[uri] = head.preview_of_quotation(context, citations.quotation(context, quote))
        frames[uri] = embed.passage(context, quote)
    return files(
        old, context.site.addresses, titles, "" if context.site.published else context.site.url, previews, frames
    )


def files(
    old: OldAddresses,
    addresses: Addresses,
    titles: Mapping[str, str],
    site: str = "",
    previews: Mapping[str, str] = MappingProxyType({}),
    frames: Mapping[str, str] = MappingProxyType({}),
) -> Mapping[str, str]:
    """Each redirect page's path in the site and its text.

    titles: of living pages by their uri. site: where the site is published, with a slash at the end; "" where that is
    not known. previews: by the uri of an old page, the tags of its head that link previews read. frames: by the uri of
    an old quote that is none any more, the page with its words.
    """
    result: dict[str, str] = {}
    for uri, target in sorted(old.pages.items()):
        title = titles.get(target.partition("#")[0], "")
        if target == WITHDRAWN:
            result[addresses.path(uri)] = withdrawn(uri, addresses)
        else:
            result[addresses.path(uri)] = redirect(uri, target, addresses, title, site, previews.get(uri, ""))
        if uri.startswith(_QUOTES):
            result[f"embed/{uri.removeprefix(_QUOTES)}.html"] = frames.get(uri) or frame(target, addresses, title)
    return result


def redirect(uri: str, target: str, addresses: Addresses, title: str, site: str = "", preview: str = "") -> str:
    """The page at `uri` that leads on to `target`, a uri with or without an anchor.

    title: of the page that it leads to, "" if it is not known. site: as of files(). preview: tags for link previews,
    which follow no script.
    """
    page, _, anchor = target.partition("#")
    address = addresses.link(uri, page, anchor)
    # A hash of the old address goes on, unless the target has one: it names a place on a page of one passage.
    script = json.dumps(address).replace("<", "\\u003c") + ("" if anchor else "+location.hash")
    canonical = site + addresses.of(page) if site else addresses.link(uri, page)
    tags = _MOVED.format(canonical=escape(canonical), address=escape(address), script=script)
    tags += f"{preview}\n" if preview else ""
    text = f'This page has moved to <a href="{escape(address)}">{escape(title or page)}</a>.'
    return _PAGE.format(title=f"Moved: {escape(title or page)}", head=tags, text=text)


def frame(target: str, addresses: Addresses, title: str) -> str:
    """What is shown in a frame where another site embeds an old quote: its successor, or where to find it."""
    if target == WITHDRAWN:
        return _PAGE.format(title="Withdrawn", head="", text="What stood here was taken out.")
    page, _, anchor = target.partition("#")
    address = escape(f"../{addresses.of(page, anchor)}")
    refresh = _REFRESH.format(address=f"{escape(page.removeprefix(_QUOTES))}.html") if page.startswith(_QUOTES) else ""
    text = f'This quote has moved to <a href="{address}" target="_blank" rel="noopener">{escape(title or page)}</a>.'
    return _PAGE.format(title="Moved", head=refresh, text=text)


def withdrawn(uri: str, addresses: Addresses) -> str:
    """The page at `uri` that says that nothing is there any more."""
    text = f'What stood here was taken out. <a href="{escape(addresses.link(uri, "index"))}">Go to the start page.</a>'
    return _PAGE.format(title="Withdrawn", head="", text=text)
