"""The settings in mkdocs.yml that pages and site files need."""

from dataclasses import dataclass, field

from talkbook.pages.page import Addresses


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """The name, address and other settings of a site.

    url: where it is published, with a slash at the end; "" if unknown.
    repository: address of the repository where errors are reported; "" for none.
    language: as in <html lang>.
    addresses: how the addresses of its pages end.
    cards: whether pages have social cards.
    published: for an offline copy, how the addresses of the published site end; None for that site itself.
    """

    name: str = "Talkbook"
    description: str = ""
    url: str = ""
    repository: str = ""
    language: str = "en"
    addresses: Addresses = field(default_factory=Addresses)
    cards: bool = False
    published: Addresses | None = None

    def absolute(self, uri: str, anchor: str = "") -> str:
        """Return the absolute address of a page; relative to the site's root if the site's address is unknown."""
        return self.url + (self.published or self.addresses).of(uri, anchor)
