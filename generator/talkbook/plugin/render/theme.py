"""The theme with which MkDocs renders pages, and what Talkbook adds to it."""

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
    """What one build by MkDocs renders pages with. pages: returns the files of all pages of the site."""

    nav: Navigation
    env: Environment
    config: MkDocsConfig
    pages: Callable[[], Sequence[File]]
    _contexts: dict[str, Any] = field(default_factory=dict)  # folder -> context, for the last folder only

    def html(self, page: MkDocsPage, *, listed: bool = True) -> bytes:
        """Return the whole HTML of a page. listed: whether it is in the navigation."""
        page.active = True
        try:
            context = self._context(page, get_relative_url(".", page.url)) if listed else self._shared(page)
            text = self.env.get_template(page.meta.get("template", "main.html")).render(context)
        finally:
            page.active = False
        return text.encode("utf-8", errors="xmlcharrefreplace")

    def _shared(self, page: MkDocsPage) -> Any:
        """Return the context of a page outside the navigation; in a folder, it differs only by the page."""
        folder = page.url.rstrip("/").rpartition("/")[0]
        if folder not in self._contexts:
            self._contexts.clear()
            context = self._context(page, get_relative_url(".", page.url))
            self._contexts[folder] = {**context, material_internals.FRAGMENTS: {}}
        return {**self._contexts[folder], "page": page}

    def sitemap(self) -> bytes:
        """Return the list of all pages for search engines; b"" if the theme has none."""
        name = "sitemap.xml"
        if name not in self.config.theme.static_templates:
            return b""
        context = self._context(None, get_relative_url(".", name))
        text = self.env.get_template(name).render(context)
        return text.encode() if text.strip() else b""

    def packed_sitemap(self) -> bytes:
        """Return the sitemap, compressed as MkDocs does it."""
        packed = BytesIO()
        theirs = [file.page for file in self.pages() if file.page and not file.generated_by]  # as in MkDocs' build
        when = get_build_timestamp(pages=theirs)
        with gzip.GzipFile(fileobj=packed, filename="sitemap.xml.gz", mode="wb", mtime=when) as file:
            file.write(self.sitemap())
        return packed.getvalue()

    def _context(self, page: MkDocsPage | None, base_url: str) -> Any:
        context = mkdocs_internals.page_context(self.nav, self.config, page, base_url)
        context["pages"] = LazyFiles(self.pages)
        return context


class LazyFiles(Sequence[File]):
    """Files that are made only if a template iterates over them, as few do."""

    def __init__(self, make: Callable[[], Sequence[File]]) -> None:
        self._make = make

    def __getitem__(self, at: Any) -> Any:
        return self._make()[at]

    def __len__(self) -> int:
        return len(self._make())


def prepare(config: MkDocsConfig) -> None:
    """Add Talkbook's templates, styles and scripts, which the project's own override, and turn off Material's fonts."""
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
