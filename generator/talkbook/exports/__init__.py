"""The book for machines and for other tools: one format a module.

files() makes what is of the whole book, beside.of() what belongs to a single page, and
draft() adds that and the page's head to a page. Lists and keys keep one order and no clock
is read, so two builds of the same sources are byte for byte the same. Addresses are
relative to the site's root where a format leads nowhere else, and whole ones, from the
site's `url`, where its standard wants them.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from talkbook.exports import annotations, atom, head, json_data, llms, page_files, skos, sphinx_inventory
from talkbook.pages.context import Site
from talkbook.pages.page import Page
from talkbook.pages.routes import Beside, Draft


def files(web: Site) -> Iterator[Beside]:
    """Each file that is of the whole book, the schemas included; those that take longest come first.

    The feed is left out where the site's address is not known, or no date is.
    """
    for path, make in json_data.files(web.book, web.addresses).items():
        yield Beside(path, make)
    yield Beside(annotations.PATH, partial(annotations.collection, web))
    yield Beside("topics.ttl", partial(skos.turtle, web))
    yield Beside("objects.inv", partial(sphinx_inventory.sphinx, web))
    yield Beside("llms.txt", partial(llms.text, web))
    if web.url and web.dated:
        yield Beside(atom.PATH, partial(atom.feed, web))


def draft(web: Site, plain: Draft) -> Draft:
    """The draft of the same page with its card, its head and what stands beside it."""
    return replace(plain, make=partial(_made, web, plain), beside=tuple(page_files.of(web, plain.uri)))


def _made(web: Site, plain: Draft) -> Page:
    return head.dressed(web, plain.make())
