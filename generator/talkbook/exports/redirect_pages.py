"""Redirect pages: small files at old addresses that redirect with the hash, and also without scripts."""

import json
from collections.abc import Iterator
from functools import partial
from html import escape

from talkbook.exports import head
from talkbook.pages import routes
from talkbook.pages.context import RenderContext
from talkbook.pages.quotes import citations, embed
from talkbook.pages.routes import SiteFile
from talkbook.sources.ledger import WITHDRAWN

_HTML = """\
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


def files(context: RenderContext) -> Iterator[SiteFile]:
    """Yield a redirect page for each old address, and one for each old quote that other sites may embed."""
    for uri, target in sorted(context.old_addresses.pages.items()):
        yield SiteFile(context.site.addresses.path(uri), partial(_page, context, uri, target))
        if uri.startswith(_QUOTES):
            yield SiteFile(f"embed/{uri.removeprefix(_QUOTES)}.html", partial(_frame, context, uri, target))


def _page(context: RenderContext, uri: str, target: str) -> str:
    """Return the page at `uri`, which redirects to `target` (a URI, possibly with an anchor) or says "Withdrawn"."""
    site = context.site
    if target == WITHDRAWN:
        home = escape(site.addresses.link(uri, "index"))
        text = f'What was here has been withdrawn. <a href="{home}">Go to the start page.</a>'
        return _HTML.format(title="Withdrawn", head="", text=text)
    page, _, anchor = target.partition("#")
    address = site.addresses.link(uri, page, anchor)
    # The old address's hash is kept unless the target has an anchor, which names a place on a page with one passage.
    script = json.dumps(address).replace("<", "\\u003c") + ("" if anchor else "+location.hash")
    whole = site.url and not site.published
    canonical = site.absolute(page) if whole else site.addresses.link(uri, page)
    tags = _MOVED.format(canonical=escape(canonical), address=escape(address), script=script)
    preview = _preview(context, uri, target)
    tags += f"{preview}\n" if preview else ""
    title = escape(routes.title(context, page) or page)
    text = f'This page has moved to <a href="{escape(address)}">{title}</a>.'
    return _HTML.format(title=f"Moved: {title}", head=tags, text=text)


def _preview(context: RenderContext, uri: str, target: str) -> str:
    """Return tags for link previews, which don't run scripts: those of the target, or of what an old quote became."""
    if quote := embed.former_quote(context, uri, target):
        return head.preview_of_quotation(context, citations.quotation(context, quote))
    if context.subject(target) is None:
        return ""
    return head.preview(head.with_head(context, routes.spec(context, target).make()).head)


def _frame(context: RenderContext, uri: str, target: str) -> str:
    """Return what other sites that embed an old quote show: its words as they are now, its successor, or its place."""
    if target == WITHDRAWN:
        return _HTML.format(title="Withdrawn", head="", text="What was here has been withdrawn.")
    if quote := embed.former_quote(context, uri, target):
        return embed.passage(context, quote)
    page, _, anchor = target.partition("#")
    address = escape(f"../{context.site.addresses.of(page, anchor)}")
    refresh = _REFRESH.format(address=f"{escape(page.removeprefix(_QUOTES))}.html") if page.startswith(_QUOTES) else ""
    title = escape(routes.title(context, page) or page)
    text = f'This quote has moved to <a href="{address}" target="_blank" rel="noopener">{title}</a>.'
    return _HTML.format(title="Moved", head=refresh, text=text)
