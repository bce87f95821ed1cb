"""The theme: what MkDocs renders pages with, and with what of ours behind the project's own."""

import gzip
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils import get_build_timestamp, get_relative_url

from talkbook.plugin import material_internals, mkdocs_internals
from talkbook.sources import content_folder


@dataclass(frozen=True, slots=True)
class Theme:
    """What one build by MkDocs renders pages with. pages: gives the files of all pages of the site."""

    nav: Navigation
    env: Environment
    config: MkDocsConfig
    pages: Callable[[], Sequence[File]]
    _contexts: dict[str, Any] = field(default_factory=dict)  # by folder, of which it has the last

    def html(self, page: MkDocsPage, *, listed: bool = True) -> bytes:
        """The HTML file of a page that has its content. listed: whether it stands in the navigation."""
        page.active = True
        try:
            context = self._context(page, get_relative_url(".", page.url)) if listed else self._shared(page)
            text = self.env.get_template(page.meta.get("template", "main.html")).render(context)
        finally:
            page.active = False
        return text.encode("utf-8", errors="xmlcharrefreplace")

    def _shared(self, page: MkDocsPage) -> Any:
        """The same values for a page that is not in the navigation: all of its folder have the same but the page."""
        folder = page.url.rstrip("/").rpartition("/")[0]
        if folder not in self._contexts:
            self._contexts.clear()
            context = self._context(page, get_relative_url(".", page.url))
            self._contexts[folder] = {**context, material_internals.FRAGMENTS: {}}
        return {**self._contexts[folder], "page": page}

    def sitemap(self) -> bytes:
        """The list of all pages for search engines; nothing where the theme has none."""
        name = "sitemap.xml"
        if name not in self.config.theme.static_templates:
            return b""
        context = self._context(None, get_relative_url(".", name))
        text = self.env.get_template(name).render(context)
        return text.encode() if text.strip() else b""

    def packed_sitemap(self) -> bytes:
        """The same, packed as MkDocs packs it."""
        packed = BytesIO()
        theirs = [file.page for file in self.pages() if file.page and not file.generated_by]  # as MkDocs' build has it
        when = get_build_timestamp(pages=theirs)
        with gzip.GzipFile(fileobj=packed, filename="sitemap.xml.gz", mode="wb", mtime=when) as file:
            file.write(self.sitemap())
        return packed.getvalue()

    def _context(self, page: MkDocsPage | None, base_url: str) -> Any:
        context = mkdocs_internals.page_context(self.nav, self.config, page, base_url)
        context["pages"] = LazyFiles(self.pages)
        return context


class LazyFiles(Sequence[File]):
    """Files that are made only when a template goes through them, as few do."""

    def __init__(self, make: Callable[[], Sequence[File]]) -> None:
        self._make = make

    def __getitem__(self, at: Any) -> Any:
        return self._make()[at]

    def __len__(self) -> int:
        return len(self._make())


def prepare(config: MkDocsConfig) -> None:
    """Put our templates, style sheets and scripts behind the project's own, and our fonts before Material's."""
    if config.theme.get("font") == material_internals.FONT:
        config.theme["font"] = False
    own = str(content_folder.templates() / "overrides")
    if own not in config.theme.dirs:
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, own)
    listed: Any
    for name, listed in (
        ("assets/talkbook.css", config.extra_css),
        ("assets/cite.js", config.extra_javascript),
        ("assets/talkbook.js", config.extra_javascript),
    ):
        if name not in listed:
            listed.insert(0, name)
