"""A page of ours among MkDocs' pages: dressed for the theme when it is rendered, and bare until then."""

from dataclasses import replace
from html import escape
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import get_toc

from talkbook.pages.page import Page, TocHeading
from talkbook.pages.routes import PageSpec
from talkbook.plugin.render.late import Late


class Leaf(MkDocsPage):
    """A page whose HTML needs no Markdown. While it is `bare`, its draft is made only when the page is written."""

    def __init__(self, file: File, config: MkDocsConfig, draft: PageSpec) -> None:
        super().__init__(None, file, config)
        self.draft = draft
        self.beside: list[Late] = []  # to be written with it
        self.bare = False

    def read_source(self, config: MkDocsConfig) -> None:
        """Nothing to read."""
        self.markdown = ""

    def forget(self) -> None:
        """Keep nothing of the site that it was made of."""
        self.draft = replace(self.draft, make=_gone, beside=())
        self.beside = []

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Nothing to convert; the plugin dresses it, at once or when it is written."""
        self.content = ""


def _gone() -> Page:
    raise LookupError("the page is forgotten")


def dress(page: MkDocsPage, ours: Page) -> None:
    """Give a page of MkDocs' what ours holds. Themes escape neither titles nor descriptions, so both come escaped."""
    page.markdown = ""
    page.meta = {
        "title": escape(ours.title),
        "description": escape(ours.description),
        "hide": ["navigation"] if ours.contents else ["navigation", "toc"],
        "search": {"exclude": True},
        "talkbook_style": ours.style,
        "talkbook_head": ours.head,
    }
    page.toc = get_toc([_token(heading) for heading in ours.contents])
    page.content = ours.html


def _token(heading: TocHeading) -> Any:
    children = [_token(child) for child in heading.children]
    return {"level": 2, "id": heading.id, "name": escape(heading.title), "children": children}
