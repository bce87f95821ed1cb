"""The book for machines and for other tools, one format a module.

A RenderContext comes in. Files of the whole book go out, and for each page the files beside it and the tags of its
head. Lists and keys keep one order and no clock is read, so that two builds of the same sources are the same to the
byte. Addresses are relative to the site's root, or whole ones where a standard wants them.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from talkbook.exports import annotations, atom, head, json_data, llms, page_files, skos, sphinx_inventory
from talkbook.pages.context import RenderContext
from talkbook.pages.page import Page
from talkbook.pages.routes import PageSpec, SiteFile


def files(context: RenderContext) -> Iterator[SiteFile]:
    """Each file that is of the whole book, the schemas included; those that take longest come first.

    The feed is left out where the site's address is not known, or no date is.
    """
    for path, make in json_data.files(context.book, context.addresses).items():
        yield SiteFile(path, make)
    yield SiteFile(annotations.PATH, partial(annotations.collection, context))
    yield SiteFile("topics.ttl", partial(skos.turtle, context))
    yield SiteFile("objects.inv", partial(sphinx_inventory.sphinx, context))
    yield SiteFile("llms.txt", partial(llms.text, context))
    if context.url and context.dated:
        yield SiteFile(atom.PATH, partial(atom.feed, context))


def spec(context: RenderContext, plain: PageSpec) -> PageSpec:
    """The draft of the same page with its card, its head and what stands beside it; all that of no withheld one."""
    if context.withheld(plain.uri):
        return plain
    return replace(plain, make=partial(_made, context, plain), beside=tuple(page_files.page_files(context, plain.uri)))


def _made(context: RenderContext, plain: PageSpec) -> Page:
    return head.dressed(context, plain.make())
