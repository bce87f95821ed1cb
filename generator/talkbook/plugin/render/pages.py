"""Generated pages as MkDocs pages, whose content is made on demand."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import get_toc

from talkbook.pages.page import Page
from talkbook.pages.routes import PageSpec
from talkbook.plugin import material_internals
from talkbook.plugin.render.theme import Theme
from talkbook.project import Project


class LazyPage(MkDocsPage):
    """An MkDocs page without Markdown, whose HTML is made by the plugin."""

    def read_source(self, config: MkDocsConfig) -> None:
        """Do nothing: there is no Markdown."""
        self.markdown = ""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Do nothing: the HTML is made later."""
        self.content = ""


@dataclass(frozen=True, slots=True)
class GeneratedPages:
    """Renders generated pages. laid_out: URI -> MkDocs page, where there is one; for others, it is made on demand."""

    project: Project
    theme: Theme
    laid_out: Mapping[str, MkDocsPage]

    def html(self, spec: PageSpec, made: Page) -> bytes:
        """Return the whole HTML of a page. made: what spec.make() returned."""
        page = self.laid_out.get(spec.uri) or lazy_page(spec, self.project, self.theme.config)
        listed = not isinstance(page, LazyPage)
        dress(page, made)
        page.content = material_internals.without_search(made.html)
        try:
            return self.theme.html(page, listed=listed)
        finally:
            page.content = ""
            if not listed:  # the navigation may take the title of a listed page from its meta
                page.meta, page.toc = {}, get_toc([])


def file(spec: PageSpec, project: Project, config: MkDocsConfig) -> File:
    """Return the MkDocs file of a page."""
    made = File.generated(config, f"{spec.uri}.md", content="", inclusion=inclusion(spec.uri))
    if spec.source:
        made.edit_uri = os.path.relpath(project.folder / spec.source, config.docs_dir).replace(os.sep, "/")
    return made


def lazy_page(spec: PageSpec, project: Project, config: MkDocsConfig) -> LazyPage:
    """Return an MkDocs page without title and content."""
    page = LazyPage(None, file(spec, project, config), config)
    canonical(page, project)
    return page


def lay_out(nav: Navigation, files: Files, uris: Iterable[str], config: MkDocsConfig) -> dict[str, MkDocsPage]:
    """Give each generated file its page, and return URI -> page for those in the navigation."""
    ours = {f"{uri}.md": uri for uri in uris}
    inside = {ours[page.file.src_uri]: page for page in nav.pages if page.file.src_uri in ours}
    for name, uri in ours.items():
        known = files.get_file_from_path(name)
        if known and uri not in inside:
            LazyPage(None, known, config)
    return inside


def inclusion(uri: str) -> InclusionLevel:
    """Return whether MkDocs adds a page to the navigation by itself: lists, but not the pages to which they link."""
    listed = "/" not in uri or uri.endswith("/index")
    return InclusionLevel.INCLUDED if listed else InclusionLevel.NOT_IN_NAV


def canonical(page: MkDocsPage, project: Project) -> None:
    """Make a page of an offline copy name the published page as canonical."""
    if project.site.published and project.site.url:
        uri = page.file.dest_uri.removesuffix(".html")
        page.canonical_url = project.site.url + project.site.published.of(uri)


def dress(page: MkDocsPage, made: Page) -> None:
    """Copy the content of a generated page to its MkDocs page.

    Its title and description are escaped, since themes don't do that.
    """
    page.markdown = ""
    page.meta = {
        "title": escape(made.title),
        "description": escape(made.description),
        "hide": ["navigation"] if made.contents else ["navigation", "toc"],
        "search": {"exclude": True},
        "talkbook_style": made.style,
        "talkbook_head": made.head,
    }
    tokens: list[Any] = [
        {"level": 2, "id": heading.id, "name": escape(heading.title), "children": []} for heading in made.contents
    ]
    page.toc = get_toc(tokens)
    page.content = made.html


def put(path: Path, data: bytes) -> None:
    """Write a file, and create its folder if needed."""
    try:
        path.write_bytes(data)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
