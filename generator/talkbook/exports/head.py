"""The tags in a page's head: link previews, and data for machines."""

from collections.abc import Iterator
from dataclasses import replace

from talkbook.book.cited import Quotation
from talkbook.exports import atom, json_ld, markdown, oembed
from talkbook.model import Transcript
from talkbook.pages import social_cards
from talkbook.pages.context import RenderContext
from talkbook.pages.page import Page
from talkbook.pages.social import social_card
from talkbook.text import escape

_KINDS = {"topics": "article", "transcripts": "article", "quotes": "article", "people": "profile"}


def with_head(context: RenderContext, page: Page) -> Page:
    """Return the page with its social card and head."""
    page = replace(page, social_card=social_cards.of_page(context, page) or page.social_card)
    return replace(page, head=tags(context, page))


def tags(context: RenderContext, page: Page) -> str:
    """Return the head of a page: alternate formats, OpenGraph and Twitter tags, JSON-LD.

    Tags that need absolute addresses are left out if the site's address is unknown.
    """
    lines = [*_alternates(context, page), *(_meta(context, page) if context.site.url else ())]
    data = json_ld.json_ld(context, page) if context.site.url else ""
    if data:
        lines.append(f'<script type="application/ld+json">{data}</script>')
    return "\n".join(lines)


def preview(head: str) -> str:
    """Return the tags that link previews read from a page's head, for redirect pages that lead to it."""
    read = ("<meta ", '<link rel="alternate " type="application/json+oembed"')
    return "\n".join(line for line in head.splitlines() if line.startswith(read))


def preview_of_quotation(context: RenderContext, cited: Quotation) -> str:
    """Return the tags of a link preview for a passage that is no longer a quote, with its words as they are now."""
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
    # The space keeps Material from taking this for a translation of the site and requesting its sitemap.
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
    if page.social_card:
        values |= {
            "og:image": context.site.url + social_card.path(page.uri),
            "og:image:type": "image/png",
            "og:image:width": str(social_card.WIDTH),
            "og:image:height": str(social_card.HEIGHT),
            "og:image:alt": page.description if page.social_card.quoted else title,
        }
    for key, value in values.items():
        if value:
            yield f'<meta property="{key}" content="{escape.attribute(value)}">'
    # Twitter falls back to OpenGraph for the title, description and picture.
    size = "summary_large_image" if page.social_card else "summary"
    yield f'<meta name="twitter:card" content="{size}">'
