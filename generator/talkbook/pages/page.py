"""Page values, and the addresses of pages."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from talkbook.pages.social.social_card import SocialCard


@dataclass(frozen=True, slots=True)
class TocHeading:
    """An entry of a page's contents list."""

    id: str
    title: str


SearchKind = Literal["topic", "person", "page", "section", "quote", "turn"]


class SearchEntry(NamedTuple):
    """Something on a page that search can find.

    anchor: where it is on the page; "" for the page itself.
    speaker: the name of who says it.
    topics, transcript: slugs of what it belongs to. By these and the speaker, readers can narrow a search.
    captioned: (start, end, words) of each correction, in order: for text[start:end], the captions have `words`.
    topic_titles: the titles of `topics`.
    """

    anchor: str
    title: str
    text: str
    kind: SearchKind = "page"
    speaker: str = ""
    topics: tuple[str, ...] = ()
    transcript: str = ""
    captioned: tuple[tuple[int, int, str], ...] = ()
    topic_titles: tuple[str, ...] = ()


class Neighbour(NamedTuple):
    """The page before or after another."""

    slug: str
    title: str


@dataclass(frozen=True, slots=True)
class Page:
    """A finished page.

    uri: its path in the site without an ending, such as topics/evals or topics/index.
    source: path of the file from which it is made, relative to the project; "" if there is no single file.
    style: CSS rules that only this page needs.
    head: HTML for the page's head, in addition to the theme's.
    social_card: the picture that other sites show for a link to it; None for no picture.
    """

    uri: str
    title: str
    html: str
    description: str = ""
    source: str = ""
    contents: tuple[TocHeading, ...] = ()
    entries: tuple[SearchEntry, ...] = ()
    style: str = ""
    head: str = ""
    social_card: SocialCard | None = None


@dataclass(frozen=True, slots=True)
class Addresses:
    """How URIs become addresses. directories: whether they end in a slash (topics/evals/) rather than .html."""

    directories: bool = True

    def of(self, uri: str, anchor: str = "") -> str:
        """Return the address of the page at `uri`, relative to the site's root."""
        folder, _, name = uri.rpartition("/")
        if not self.directories:
            path = f"{uri}.html"
        elif name == "index":
            path = f"{folder}/" if folder else ""
        else:
            path = f"{uri}/"
        return f"{path}#{anchor}" if anchor else path

    def path(self, uri: str) -> str:
        """Return the path of the page's file in the site."""
        address = self.of(uri)
        return address if address.endswith(".html") else f"{address}index.html"

    def root(self, uri: str) -> str:
        """Return the relative address that leads from a page to the site's root: "" or several "../"."""
        return "../" * self.of(uri).count("/")

    def link(self, source: str, target: str, anchor: str = "") -> str:
        """Return the relative address that leads from the page `source` to the page `target`."""
        if source == target and anchor:
            return f"#{anchor}"
        return self.root(source) + self.of(target, anchor) or "./"
