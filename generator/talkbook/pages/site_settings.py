"""What mkdocs.yml says of a site, as far as its pages and files say it too."""

from dataclasses import dataclass, field

from talkbook.pages.page import Addresses


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """A site: what it is called, where it is published, and how its addresses end.

    repository: address of the one that takes reports, "" for none. url: where the site is published, with a slash at
    the end, "" where that is not known. language: as in <html lang>. cards: whether pages have pictures. published: of
    a copy, how the addresses of the published site at `url` end; None for that site itself.
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
        """The whole address of a page; from the site's root where it is not known where that is."""
        return self.url + (self.published or self.addresses).of(uri, anchor)
