"""The book in formats for other tools, one module each.

Takes a RenderContext; returns files about the whole book and, for each page, extra files and the tags of its head.
Order is fixed and no clock is read, so two builds of the same sources are identical. Addresses are relative to the
site's root, or absolute where a standard requires it.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from talkbook.exports import annotations, atom, head, json_data, llms, markdown, oembed, skos, sphinx_inventory
from talkbook.model import Quote, Topic, Transcript
from talkbook.pages.context import RenderContext
from talkbook.pages.page import Page
from talkbook.pages.quotes import citations, embed
from talkbook.pages.routes import PageSpec, SiteFile


def files(context: RenderContext) -> Iterator[SiteFile]:
    """Yield the files about the whole book, including the schemas; the slowest come first.

    There is no feed if the site's address or all dates are unknown.
    """
    for path, make in json_data.files(context.book, context.site.addresses).items():
        yield SiteFile(path, make)
    yield SiteFile(annotations.PATH, partial(annotations.collection, context))
    yield SiteFile("topics.ttl", partial(skos.turtle, context))
    yield SiteFile("objects.inv", partial(sphinx_inventory.sphinx, context))
    yield SiteFile("llms.txt", partial(llms.text, context))
    if context.site.url and context.book.dated:
        yield SiteFile(atom.PATH, partial(atom.feed, context))


def spec(context: RenderContext, plain: PageSpec) -> PageSpec:
    """Return the page's spec with its social card, head and extra files added; that of a withheld page is unchanged."""
    if plain.uri in context.withheld:
        return plain
    return replace(plain, make=partial(_page, context, plain), files=tuple(_page_files(context, plain.uri)))


def _page(context: RenderContext, plain: PageSpec) -> Page:
    return head.with_head(context, plain.make())


def _page_files(context: RenderContext, uri: str) -> Iterator[SiteFile]:
    """Yield the files of the page at `uri`: Markdown, a topic's passages, a source text, a quote's frame."""
    yield SiteFile(markdown.path(uri), partial(markdown.markdown, context, uri))
    name = uri.partition("/")[2]
    match context.subject(uri):
        case Topic():
            yield SiteFile(f"{uri}/passages.json", partial(json_data.passages, context.book, name))
        case Transcript():
            yield SiteFile(annotations.source_file(name), partial(annotations.source_text, context, name))
        case Quote() as quote:
            yield SiteFile(citations.embedded(quote), partial(embed.html, context, name))
            if context.site.url:
                yield SiteFile(oembed.path(name), partial(oembed.answer, context, name))
