"""The face to MkDocs: reads the folder, hands pages and files to MkDocs, and says what is wrong."""

import logging
import os
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, FileSystemLoader
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import get_toc

from talkbook import book, exports, files, serving, theme
from talkbook.pages import check, every, indexes
from talkbook.pages.page import Addresses, Heading, Page
from talkbook.pages.site import Site
from talkbook.problems import Problem

log = logging.getLogger("mkdocs.plugins.talkbook")

_LEAVES = ("topics/", "transcripts/", "people/", "quotes/")


class Settings(Config):
    """The plugin's options in mkdocs.yml."""

    content = config_options.Type(str, default="content")


class Leaf(MkDocsPage):
    """A page whose HTML is there already, so that nothing is read and no Markdown is converted."""

    def read_source(self, config: MkDocsConfig) -> None:
        """Nothing to read."""
        self.markdown = ""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Nothing to convert; the plugin sets the content."""
        self.content = ""


class TalkbookPlugin(BasePlugin[Settings]):
    """Turns the content folder into pages."""

    def __init__(self) -> None:
        self.serving = False
        self.good: tuple[Site, every.Pages] | None = None  # as of the last build without a problem
        self.web: Site | None = None
        self.pages: dict[str, Page] = {}
        self.problems: list[Problem] = []

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Being here, it keeps this object alive from build to build of `mkdocs serve`."""
        self.serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Put our style sheet, script and overrides behind the project's own."""
        own = str(files.templates() / "overrides")
        if own not in config.theme.dirs:
            config.theme.dirs.insert(1 if config.theme.custom_dir else 0, own)
        for name, listed in (("assets/talkbook.css", config.extra_css), ("assets/talkbook.js", config.extra_javascript)):
            if name not in listed:
                listed.insert(0, name)
        if not config.repo_url and "://" not in (config.edit_uri or ""):
            config.edit_uri = ""  # an address to edit at needs a repository before it
        return config

    def on_files(self, site_files: Files, /, *, config: MkDocsConfig) -> Files:
        """Build the book and put its pages and data among MkDocs' files."""
        self._build(config, "index.md" in site_files.src_uris)
        for page in self.pages.values():
            site_files.append(_file(page, config))
        assert self.web is not None
        for uri, text in exports.files(self.web.book, self.web.addresses).items():
            site_files.append(File.generated(config, uri, content=text))
        for transcript in self.web.book.transcripts:
            site_files.append(File.generated(config, exports.source_file(transcript), content=transcript.source))
        for name, path in files.assets():
            site_files.append(File.generated(config, f"assets/{name}", abs_src_path=str(path)))
        return site_files

    def _build(self, config: MkDocsConfig, home: bool) -> None:
        project = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
        content = project / self.config.content
        made = book.build(files.read(content, project))
        web = Site(
            book=made,
            loader=ChoiceLoader(
                [FileSystemLoader(project / "templates" / "pages"), FileSystemLoader(files.templates() / "pages")]
            ),
            addresses=Addresses(config.use_directory_urls),
            name=config.site_name,
            description=config.site_description or "",
            repository=config.repo_url or "",
        )
        pages = every.build(web, home=not home)
        self.problems = [*made.problems, *pages.problems]
        if self.serving and any(not problem.warning for problem in self.problems) and self.good:
            web, pages = self.good
        elif not self.problems:
            self.good = (web, pages)
        self.web, self.pages = web, {f"{page.uri}.md": page for page in pages.pages}
        for problem in self.problems:
            log.warning(str(problem))

    def on_nav(self, nav: Navigation, /, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Give the pages that stand outside the navigation a kind of page that MkDocs has no work with."""
        inside = {page.file.src_uri for page in nav.pages}
        for uri in self.pages.keys() - inside:
            file = files.get_file_from_path(uri)
            if file:
                Leaf(None, file, config)
        return nav

    def on_page_content(self, html: str, /, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Give our pages their HTML and contents list, and hand-written ones what is added to them."""
        assert self.web is not None
        ours = self.pages.get(page.file.src_uri)
        if ours:
            _dress(page, ours)
            html = ours.html
        elif page.file.src_uri == "index.md":
            html = indexes.home(self.web, html).html
            page.meta.setdefault("hide", ["navigation", "toc"])
        elif page.meta.get("append") == "corrections":
            html += indexes.corrections(self.web)
        page.present_anchor_ids = check.anchors(html)
        return (serving.notice(self.problems) if self.serving and self.problems else "") + html

    def on_env(self, env: Any, /, *, config: MkDocsConfig, files: Files) -> Any:
        """Check every link of our pages, now that all pages have their content; mend the theme's faults."""
        assert self.web is not None
        others: dict[str, set[str]] = {}
        for file in files:
            anchors = file.page.present_anchor_ids if file.page else None
            others["" if file.url == "./" else file.url] = anchors or set()
        for problem in check.links(self.pages.values(), self.web.addresses, others):
            log.warning(str(problem))
        env.loader = theme.Mended(env.loader)
        return env

    @event_priority(100)  # before the search plugin writes its index
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Put our results into the search index."""
        search: Any = config.plugins.get("material/search") or config.plugins.get("search")
        index = getattr(search, "search_index", None)
        if index is None or not hasattr(index, "entries") or self.web is None:
            return
        for page in self.pages.values():
            address = self.web.addresses.of(page.uri)
            for entry in page.entries:
                location = f"{address}#{entry.anchor}" if entry.anchor else address
                index.entries.append(
                    {"location": location, "title": escape(entry.title), "text": escape(entry.text), "boost": entry.boost}
                )

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Callable[..., None]
    ) -> LiveReloadServer:
        """Watch the sources, and let no mistake in them stop the server."""
        project = Path(config.config_file_path).parent
        for folder in (project / self.config.content, project / "templates", files.templates()):
            if folder.is_dir():
                server.watch(str(folder))
        server.builder = serving.guard(server.builder, Path(server.root))
        return server


def _file(page: Page, config: MkDocsConfig) -> File:
    """The page as a file of MkDocs'; lists may stand in the navigation, the pages they lead to do not."""
    leaf = page.uri.startswith(_LEAVES) and not page.uri.endswith("/index")
    inclusion = InclusionLevel.NOT_IN_NAV if leaf else InclusionLevel.INCLUDED
    file = File.generated(config, f"{page.uri}.md", content="", inclusion=inclusion)
    if page.source:
        project = Path(config.config_file_path).parent
        file.edit_uri = os.path.relpath(project / page.source, config.docs_dir).replace(os.sep, "/")
    return file


def _dress(page: MkDocsPage, ours: Page) -> None:
    page.meta = {
        "title": ours.title,
        "description": ours.description,
        "hide": ["navigation"] if ours.contents else ["navigation", "toc"],
        "search": {"exclude": True},
        "talkbook_style": ours.style,
    }
    page.toc = get_toc([_token(heading) for heading in ours.contents])


def _token(heading: Heading) -> dict[str, Any]:
    children = [_token(child) for child in heading.children]
    return {"level": 2, "id": heading.id, "name": heading.title, "children": children}
