"""The face to MkDocs: reads the folder, hands pages and files to MkDocs, and says what is wrong."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, TemplateError
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage

from talkbook import alongside, book, exports, files, offline, searching, serving, theme
from talkbook.exports import head
from talkbook.fast import events, reuse
from talkbook.fast.leaf import Leaf, dress
from talkbook.fast.memory import Remembering
from talkbook.fast.press import Press
from talkbook.fast.reuse import Kept, Reuse
from talkbook.fast.watch import Watched
from talkbook.fast.writer import Theme, Written, left
from talkbook.pages import check, every, indexes
from talkbook.pages.page import Addresses, Page
from talkbook.pages.site import Site
from talkbook.permalinks import lost
from talkbook.permalinks.resolved import Permalinks
from talkbook.problems import Problem
from talkbook.social.card import Card

log = logging.getLogger("mkdocs.plugins.talkbook")


class Settings(Config):  # type: ignore[no-untyped-call]
    """The plugin's options in mkdocs.yml."""

    content = config_options.Type(str, default="content")
    fast = config_options.Type(bool, default=True)
    cards = config_options.Type(bool, default=True)


class TalkbookPlugin(BasePlugin[Settings]):  # type: ignore[no-untyped-call]
    """Turns the content folder into pages."""

    def __init__(self) -> None:
        self.serving = False
        self.guarded = False  # whether a failing build is caught, as it is once the server runs
        self.good: tuple[Site, every.Drafts] | None = None  # as of the last build without a problem
        self.web: Site | None = None
        self.press = Press({}, fast=False)
        self.written: dict[str, Written] = {}  # by uri, what is left of the pages of this build
        self.nav: Navigation | None = None
        self.memory = Remembering()
        self.kept: Kept | None = None  # the last finished build, while serving
        self.reuse: Reuse | None = None
        self.sharded = False  # whether the site has a search index of our own
        self.later = searching.Later()
        self.home: Card | None = None  # of a start page written by hand
        self.problems: list[Problem] = []
        self.published: Addresses | None = None  # where this is a copy, those of what it is a copy of

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Being here, it keeps this object alive from build to build of `mkdocs serve`."""
        self.serving = command == "serve"

    @event_priority(100)  # before the offline plugin changes it
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Put our style sheet, script and overrides behind the project's own."""
        self.published = offline.prepare(config)
        own = str(files.templates() / "overrides")
        if own not in config.theme.dirs:
            config.theme.dirs.insert(1 if config.theme.custom_dir else 0, own)
        listed: Any
        for name, listed in (
            ("assets/cite.css", config.extra_css),
            ("assets/talkbook.css", config.extra_css),
            ("assets/cite.js", config.extra_javascript),
            ("assets/talkbook.js", config.extra_javascript),
        ):
            if name not in listed:
                listed.insert(0, name)
        if not config.repo_url and "://" not in (config.edit_uri or ""):
            config.edit_uri = ""  # an address to edit at needs a repository before it
        return config

    def on_files(self, site_files: Files, /, *, config: MkDocsConfig) -> Files:
        """Build the book and put its pages and data among MkDocs' files."""
        by_hand = [*site_files.documentation_pages()]
        self._build(config, "index.md" in site_files.src_uris)
        for file in self.press.files(config):
            site_files.append(file)
        assert self.web is not None
        for file in alongside.files(self.web, config, by_hand):
            site_files.append(file)
        taken = {file.dest_uri for file in site_files}
        for file in alongside.redirects(self.web, config, self.press.drafts.values(), taken):
            site_files.append(file)
        for name, path in files.assets():
            site_files.append(File.generated(config, f"assets/{name}", abs_src_path=str(path)))
        return site_files

    def _build(self, config: MkDocsConfig, home: bool) -> None:
        project = _project(config)
        content = project / self.config.content
        self.memory.begin()
        self.later.stop()
        made = book.build(files.read(content, project), self.memory if self.serving else None)
        web = (Watched if self.serving else Site)(
            book=made,
            loader=FileSystemLoader(self._templates(config)),
            addresses=Addresses(config.use_directory_urls),
            name=config.site_name,
            description=config.site_description or "",
            repository=config.repo_url or "",
            url=config.site_url or "",
            language=str(config.theme.get("language") or "en"),
            cards=self.config.cards and bool(config.site_url),
            published=self.published,
        )
        pages = every.plan(web, home=not home)
        # While somebody edits, words come and go; what was published has to hold when it is published again.
        gone = [] if self.serving else lost.problems(Permalinks(made))
        self.problems = [*made.problems, *pages.problems, *gone]
        if self.serving and any(not problem.warning for problem in self.problems) and self.good:
            web, pages = self.good
        elif not self.problems:
            self.good = (web, pages)
        self.web, self.written, self.home = web, {}, None
        self.press = Press({f"{each.uri}.md": exports.draft(web, each) for each in pages.drafts}, self.config.fast)
        received = {each.path for each in made.transcripts}
        for problem in self.problems:
            # A doubt about a file as it was received is worth a look, and nothing that its curator has to mend.
            (log.info if problem.warning and problem.path in received else log.warning)(str(problem))

    def on_nav(self, nav: Navigation, /, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Give the pages that stand outside the navigation a kind of page that MkDocs has no work with."""
        self.nav = nav
        self.press.lay_out(config, nav, files)
        offline.name(files, self.web)
        return nav

    def on_page_content(self, html: str, /, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Give our pages their HTML and contents list, and hand-written ones what is added to them."""
        assert self.web is not None
        draft = self.press.drafts.get(page.file.src_uri)
        if isinstance(page, Leaf) and page.bare:
            return ""  # it is made when it is written
        if draft:
            ours = draft.make()
            dress(page, ours)
            html = ours.html
            self.written[ours.uri] = left(ours, self.web.addresses.of(ours.uri))
        elif page.file.src_uri == "index.md":
            home = head.dressed(self.web, indexes.home(self.web, html))
            html, self.home = home.html, home.card
            page.meta.setdefault("hide", ["navigation", "toc"])
            page.meta["talkbook_head"] = home.head
        else:
            if page.meta.get("append") == "corrections":
                html += indexes.corrections(self.web)
            uri = page.file.src_uri.rpartition(".")[0]
            shown = Page(uri, str(page.title), html, str(page.meta.get("description", "")))
            page.meta["talkbook_head"] = head.tags(self.web, shown)
        page.present_anchor_ids = check.anchors(html)
        return self._notice() + html

    def _templates(self, config: MkDocsConfig) -> list[Path]:
        """The folders of our pages' templates, the project's own first."""
        return [_project(config) / "templates" / "pages", files.templates() / "pages"]

    def _notice(self) -> str:
        return serving.notice(self.problems) if self.serving and self.problems else ""

    @event_priority(-100)  # when the other plugins are done with the environment
    def on_env(self, env: Any, /, *, config: MkDocsConfig, files: Files) -> Any:
        """Write our pages with the theme's faults mended, and check every link of them."""
        assert self.web is not None
        assert self.nav is not None
        env.loader = theme.Mended(env.loader)
        self.sharded = searching.choose(config, env, sum(len(each.source) for each in self.web.book.transcripts))
        pages = Theme(self.nav, env, config, files.documentation_pages())
        self.reuse = None
        if isinstance(self.web, Watched):
            stamp = reuse.stamp(config, self.nav, env, self._templates(config), self._notice())
            self.reuse = Reuse(self.kept, serving.aside(Path(config.site_dir)), stamp, self.web)
        written = self.press.print(pages, self.web.addresses, self._notice(), self.reuse)
        self.written |= {each.uri: each for each in written}
        others: dict[str, set[str]] = {}
        for file in files:
            anchors = file.page.present_anchor_ids if file.page else None
            others["" if file.url == "./" else file.url] = anchors or set()
        for problem in check.between((each.facts for each in self.written.values()), others):
            log.warning(str(problem))
        return env

    def on_template_context(self, context: Any, /, *, template_name: str, config: MkDocsConfig) -> Any:
        """Let the sitemap know of the pages that are written already."""
        context["pages"] = self.press.all
        return context

    def on_page_context(self, context: Any, /, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation) -> Any:
        """Let every page know of them."""
        context["pages"] = self.press.all
        return context

    @event_priority(100)  # before the search plugin writes its index
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Put our results into the search index, and the cards into the site."""
        self.press.put_back()
        if self.reuse:
            drafts = {each.uri: each for each in self.press.drafts.values()}
            self.kept = Kept(self.reuse.stamp, self.reuse.web, drafts, self.written)
        self._draw(config)
        assert self.web is not None
        written = [self.written[draft.uri] for draft in self.press.drafts.values()]
        pages = [searching.listing(each.entries, self.web.addresses.of(each.uri)) for each in written if each.entries]
        searching.put(config, pages, self.sharded, self.later if self.serving else None)

    def _draw(self, config: MkDocsConfig) -> None:
        cards = {uri: each.card for uri, each in self.written.items() if each.card}
        if self.home:
            cards["index"] = self.home
        cache = _project(config) / ".cache" / "talkbook" / "cards"
        alongside.draw(cards, cache, Path(config.site_dir), only_known=self.serving)

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Callable[..., None]
    ) -> LiveReloadServer:
        """Watch the sources, and let no mistake in them stop the server."""
        project = _project(config)
        for folder in (project / self.config.content, project / "templates", files.templates()):
            if folder.is_dir():
                server.watch(str(folder))
        if self.config.fast:
            events.listen(server)
        server.builder = serving.guard(server.builder, Path(server.root))
        self.guarded = True
        return server

    def on_build_error(self, *, error: Exception) -> None:
        """End a build that a template stops with a sentence and no traceback."""
        if isinstance(error, TemplateError) and not self.guarded:
            sentence = str(serving.explain(error))
            log.error(sentence)
            raise Abort(sentence) from None


def _project(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
