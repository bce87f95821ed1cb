"""What a page is, and where pages are."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from talkbook.pages.social.card import SocialCard


@dataclass(frozen=True, slots=True)
class TocHeading:
    """An entry of a page's contents list."""

    id: str
    title: str


SearchKind = Literal["topic", "person", "page", "section", "quote", "turn"]


class SearchEntry(NamedTuple):
    """A search result: what is found, and the anchor it lands on ("" for the page itself).

    speaker: the name of who says it. topics, transcript: slugs of what it belongs to. All three are what readers can
    narrow a search by, and empty where there is none. captioned: (start, end, words) where text[start:end] is corrected
    and captions have these words, in order. topic_titles: what the topics are called.
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
    """A page before or after another: its slug and what it is called."""

    slug: str
    title: str


@dataclass(frozen=True, slots=True)
class Page:
    """A finished page.

    uri: its place in the site without an ending, such as topics/evals or topics/index.
    source: path of the file that it is made from, relative to the project; "" if there is no one file.
    style: CSS rules that only this page needs.
    head: HTML for the page's head, on top of the theme's.
    card: what its picture shows where a link to it is pasted, None for no picture.
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
    card: SocialCard | None = None


@dataclass(frozen=True, slots=True)
class Addresses:
    """How uris become addresses: evals/ or evals.html."""

    directories: bool = True

    def of(self, uri: str, anchor: str = "") -> str:
        """The address from the site's root."""
        folder, _, name = uri.rpartition("/")
        if not self.directories:
            path = f"{uri}.html"
        elif name == "index":
            path = f"{folder}/" if folder else ""
        else:
            path = f"{uri}/"
        return f"{path}#{anchor}" if anchor else path

    def path(self, uri: str) -> str:
        """The path of the page's file in the site."""
        address = self.of(uri)
        return address if address.endswith(".html") else f"{address}index.html"

    def root(self, uri: str) -> str:
        """The way from a page to the site's root: "" or some ../"""
        return "../" * self.of(uri).count("/")

    def link(self, source: str, target: str, anchor: str = "") -> str:
        """The relative address that leads from the page `source` to `target`."""
        if source == target and anchor:
            return f"#{anchor}"
        return self.root(source) + self.of(target, anchor) or "./"
