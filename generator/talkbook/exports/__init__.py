"""The book for machines and for other tools, one format a module.

A RenderContext comes in. Files of the whole book go out, and for each page the files beside it and the tags of its
head. Lists and keys keep one order and no clock is read, so that two builds of the same sources are the same to the
byte. Addresses are relative to the site's root, or whole ones where a standard wants them.
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
    """Each file that is of the whole book, the schemas included; those that take longest come first.

    The feed is left out where the site's address is not known, or no date is.
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
    """The same page with its card, its head and the files beside it; a withheld one as it is."""
    if context.withheld(plain.uri):
        return plain
    return replace(plain, make=partial(_page, context, plain), files=tuple(_page_files(context, plain.uri)))


def _page(context: RenderContext, plain: PageSpec) -> Page:
    return head.with_head(context, plain.make())


def _page_files(context: RenderContext, uri: str) -> Iterator[SiteFile]:
    """What belongs to the page at `uri`: its Markdown, a topic's passages, a source text, the frame of a quote."""
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
