"""The book for machines and for other tools: one format a module.

files() makes what is of the whole book, beside.of() what belongs to a single page, and
draft() adds that and the page's head to a page. Lists and keys keep one order and no clock
is read, so two builds of the same sources are byte for byte the same. Addresses are
relative to the site's root where a format leads nowhere else, and whole ones, from the
site's `url`, where its standard wants them.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from talkbook.exports import annotations, atom, beside, data, head, inventory, llms, skos
from talkbook.pages.every import Draft
from talkbook.pages.page import Page
from talkbook.pages.site import Site


def files(web: Site) -> Mapping[str, str | bytes]:
    """Each file's path in the site and its content, the schemas included.

    The feed is left out where the site's address is not known, or no date is.
    """
    feed = atom.feed(web)
    return {
        **data.files(web.book, web.addresses),
        "topics.ttl": skos.turtle(web),
        "annotations.json": annotations.collection(web),
        "objects.inv": inventory.sphinx(web),
        "llms.txt": llms.text(web),
        **({atom.PATH: feed} if feed else {}),
    }


def draft(web: Site, plain: Draft) -> Draft:
    """The draft of the same page with its card, its head and what stands beside it."""
    return replace(plain, make=partial(_made, web, plain), beside=tuple(beside.of(web, plain.uri)))


def _made(web: Site, plain: Draft) -> Page:
    return head.dressed(web, plain.make())
