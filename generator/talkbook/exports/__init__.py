"""The book for machines and for other tools: one format a module, all reached through files().

Lists and keys keep one order and no clock is read, so two builds of the same sources are
byte for byte the same. Addresses are relative to the site's root where a format leads
nowhere else, and whole ones, from `url`, where its standard wants them.
"""

from collections.abc import Mapping

from jinja2 import DictLoader

from talkbook.book import Book
from talkbook.exports import annotations, atom, data, inventory, llms, oembed, skos, twins
from talkbook.exports.source import source_file
from talkbook.pages.page import Addresses
from talkbook.pages.site import Site

__all__ = ["files", "source_file"]


def files(
    book: Book,
    addresses: Addresses,
    *,
    name: str = "Talkbook",
    description: str = "",
    url: str = "",
    language: str = "en",
    cards: bool = False,
    published: Addresses | None = None,
) -> Mapping[str, str | bytes]:
    """Each file's path in the site and its content, the schemas included.

    name, description, url, language, cards, published: of the whole site, as in talkbook.pages.site.Site.
    The feed is left out where `url` is not known, or no date is.
    """
    web = Site(
        book,
        DictLoader({}),
        addresses,
        name,
        description,
        url=url,
        language=language,
        cards=cards,
        published=published,
    )
    feed = atom.feed(web)
    return {
        **data.files(book, addresses),
        "topics.ttl": skos.turtle(web),
        "annotations.json": annotations.collection(web),
        "objects.inv": inventory.sphinx(web),
        "llms.txt": llms.text(web),
        **({atom.PATH: feed} if feed else {}),
        **twins.files(web),
        **(oembed.files(web) if url else {}),
    }
