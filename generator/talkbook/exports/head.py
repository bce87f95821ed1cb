"""The tags of a page's head: how it is shown where a link to it is pasted, and what machines read."""

from collections.abc import Iterator
from dataclasses import replace

from talkbook.book.cited import Quotation
from talkbook.exports import atom, json_ld, markdown, oembed
from talkbook.model import Transcript
from talkbook.pages import social_cards
from talkbook.pages.context import RenderContext
from talkbook.pages.page import Page
from talkbook.pages.social import card
from talkbook.text import escape

_KINDS = {"topics": "article", "transcripts": "article", "quotes": "article", "people": "profile"}


def with_head(context: RenderContext, page: Page) -> Page:
    """The page with its card and its head."""
    page = replace(page, card=social_cards.card(context, page) or page.card)
    return replace(page, head=tags(context, page))


def tags(context: RenderContext, page: Page) -> str:
    """The tags of a page: alternate forms, OpenGraph and Twitter, JSON-LD.

    Those that need whole addresses are left out where the site's is not known.
    """
    lines = [*_alternates(context, page), *(_meta(context, page) if context.site.url else ())]
    data = json_ld.json_ld(context, page) if context.site.url else ""
    if data:
        lines.append(f'<script type="application/ld+json">{data}</script>')
    return "\n".join(lines)


def preview(head: str) -> str:
    """Of the tags of a page, those that a link preview reads, for an old address of it."""
    read = ("<meta ", '<link rel="alternate " type="application/json+oembed"')
    return "\n".join(line for line in head.splitlines() if line.startswith(read))


def preview_of_quotation(context: RenderContext, cited: Quotation) -> str:
    """The same for an old quote that is none any more: its words as they are now."""
    values = {
        "og:type": "article",
        "og:site_name": context.site.name,
        "og:title": cited.label,
        "og:description": "“" + " ".join(cited.paragraphs) + "”",
    }
    lines = [f'<meta property="{key}" content="{escape.attribute(value)}">' for key, value in values.items()]
    return "\n".join([*lines, '<meta name="twitter:card" content="summary">'])


def _alternates(context: RenderContext, page: Page) -> Iterator[str]:
    root = context.site.addresses.root(page.uri)
    yield _alternate("text/markdown", root + markdown.path(page.uri), f"{page.title} as Markdown")
    if context.site.url and context.book.dated:
        yield _alternate("application/atom+xml", root + atom.PATH, context.site.name)
    if page.uri.startswith("quotes/") and context.site.url:
        yield _alternate(
            "application/json+oembed", context.site.url + oembed.path(page.uri.removeprefix("quotes/")), page.title
        )


def _alternate(kind: str, address: str, title: str) -> str:
    href, name = escape.attribute(address), escape.attribute(title)
    # The space keeps Material from taking it for another language's site and asking for that one's sitemap.
    return f'<link rel="alternate " type="{kind}" href="{href}" title="{name}">'


def _meta(context: RenderContext, page: Page) -> Iterator[str]:
    kind, _, name = page.uri.partition("/")
    title = context.site.name if page.uri == "index" else page.title
    values = {
        "og:type": _KINDS.get(kind, "website") if name != "index" else "website",
        "og:site_name": context.site.name,
        "og:title": title,
        "og:description": page.description,
        "og:url": context.site.absolute(page.uri),
    }
    subject = context.subject(page.uri)
    if isinstance(subject, Transcript) and subject.date:
        values["article:published_time"] = subject.date.isoformat()
    if page.card:
        values |= {
            "og:image": context.site.url + card.path(page.uri),
            "og:image:type": "image/png",
            "og:image:width": str(card.WIDTH),
            "og:image:height": str(card.HEIGHT),
            "og:image:alt": page.description if page.card.quoted else title,
        }
    for key, value in values.items():
        if value:
            yield f'<meta property="{key}" content="{escape.attribute(value)}">'
    # Title, description and picture are taken from OpenGraph's where Twitter's own are missing.
    size = "summary_large_image" if page.card else "summary"
    yield f'<meta name="twitter:card" content="{size}">'
