"""The face to MkDocs: each of its events, handed on."""

import gc
import logging
from collections.abc import Callable, Collection
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import TemplateError
from mkdocs import utils
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage

from talkbook.book import published
from talkbook.book.build import Book
from talkbook.pages.page import Addresses
from talkbook.plugin import (
    file_events,
    incremental,
    live_server,
    neighbours,
    offline,
    private_check,
    project,
    search,
    site_build,
)
from talkbook.plugin.incremental import Standing
from talkbook.plugin.project import Editing, Made, Project
from talkbook.plugin.render import reuse, theme
from talkbook.plugin.render.reuse import Kept, Reuse
from talkbook.plugin.render.watch import Watched
from talkbook.plugin.site_build import Build
from talkbook.problems import Problem
from talkbook.runtime import background, processes
from talkbook.search.writer import Later
from talkbook.sources import content_folder

log = logging.getLogger("mkdocs.plugins.talkbook")


class Settings(Config):  # type: ignore[no-untyped-call]
    """The plugin's options in mkdocs.yml."""

    content = config_options.Type(str, default="content")
    fast = config_options.Type(bool, default=True)
    cards = config_options.Type(bool, default=True)
    cluster = config_options.Type(str, default="")
    proposals = config_options.Choice(("show", "hide"), default="show")


class TalkbookPlugin(BasePlugin[Settings]):  # type: ignore[no-untyped-call]
    """Turns the content folder into pages."""

    build: Build
    nav: Navigation

    def __init__(self) -> None:
        self.serving = self.dirty = False
        self.guarded = False  # whether a failing build is caught, as it is once the server runs
        self.published: Addresses | None = None  # where this is a copy, those of what it is a copy of
        # While somebody edits:
        self.editing = Editing()
        self.problems: tuple[Problem, ...] = ()  # said on each page that is given
        self.reuse: Reuse | None = None
        self.made: Made | None = None  # what is being built
        self.kept: Kept | None = None  # the last finished build
        self.standing: Standing | None = None  # its site, where that can be brought up to date in place
        self.shown: Book | None = None  # that of the last site that was built to its end
        self.rebuild: Callable[[], None] = lambda: None  # has the server build
        self.turn = background.Turn()
        self.later = Later()
        self.after = background.After(self.turn, self._give_up)

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Being here, it keeps this object alive from build to build of `mkdocs serve`."""
        self.serving = command == "serve"
        self.dirty = dirty

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Empty the folder of the site, which MkDocs leaves as it was with --dirty: words may be private by now."""
        if self.dirty and not self.serving:
            utils.clean_directory(config.site_dir)

    @event_priority(100)  # before the offline plugin changes it
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Put what is ours behind the project's own."""
        self.standing = None
        if config.strict and not log.isEnabledFor(logging.WARNING):
            log.setLevel(logging.WARNING)  # MkDocs fails on what is said alone, and `--quiet` would have it go well
        self.published = offline.prepare(config)
        theme.prepare(config)
        neighbours.say_what_is_missing(config)
        if self.config.content != Settings.content.default and (problem := self._project(config).missing()):
            log.warning(str(problem))
        if not config.repo_url and "://" not in (config.edit_uri or ""):
            config.edit_uri = ""  # an address to edit at needs a repository before it
        return config

    def on_files(self, site_files: Files, /, *, config: MkDocsConfig) -> Files:
        """Build the book and put its pages and data among MkDocs' files."""
        self.later.stop()
        if self.published:
            offline.clear(config, site_files)
        if not self.serving:
            gc.disable()  # what a site is made of stays: to go through it again and again takes a tenth of the build
        self.made = self._made(config, home=all(file.dest_uri != "index.html" for file in site_files))
        self._say(self.made)
        self.build = site_build.begin(self._project(config), self.made, fast=self.config.fast)
        self.build.add(site_files)
        neighbours.lay_out_tabs(site_files, config)
        neighbours.name_sources(site_files, config)
        return site_files

    def _project(self, config: MkDocsConfig) -> Project:
        content = Project(config, Path()).folder / self.config.content
        own = self.config
        return Project(config, content, own.cards, self.published, own.cluster, own.proposals == "show")

    def _made(self, config: MkDocsConfig, *, home: bool) -> Made:
        return (self.editing.build if self.serving else project.build)(self._project(config), home=home)

    def _say(self, made: Made) -> None:
        """Say what is wrong with the sources."""
        self.problems = made.problems
        received = {each.path for each in made.context.book.transcripts}
        for problem in made.problems:
            # A doubt about a file as it was received is worth a look, and nothing that its curator has to mend.
            (log.info if problem.warning and problem.path in received else log.warning)(str(problem))

    def on_nav(self, nav: Navigation, /, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Give the pages that stand outside the navigation a kind of page that MkDocs has no work with."""
        self.nav = nav
        self.build.press.lay_out(config, nav, files)
        offline.set_canonical(files, self.build.context)
        return nav

    def on_page_content(self, html: str, /, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Give our pages their HTML and contents list, and hand-written ones what is added to them."""
        return self.build.content(page, html)

    @event_priority(-100)  # when the other plugins are done with the environment
    def on_env(self, env: Any, /, *, config: MkDocsConfig, files: Files) -> Any:
        """Write our pages."""
        self.reuse = None
        if isinstance(self.build.context, Watched):
            stamp = reuse.stamp(config, self.nav, env)
            self.reuse = Reuse(self.kept, live_server.aside(Path(config.site_dir)), stamp, self.build.context)
        self.build.print(self.nav, env, files, self.reuse, index=not self.serving or self.later.nothing)
        gc.enable()
        return env

    def on_template_context(self, context: Any, /, *, template_name: str, config: MkDocsConfig) -> Any:
        """Let the sitemap know of the pages that are written already, but for those that are withheld."""
        hidden = {f"transcripts/{each.slug}.md" for each in self.build.context.book.withheld}
        context["pages"] = [file for file in self.build.press.all if file.src_uri not in hidden]
        return context

    def on_page_context(self, context: Any, /, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation) -> Any:
        """Let every page know of them."""
        context["pages"] = self.build.press.all
        return context

    @event_priority(100)  # before the search plugin writes its index
    def _finish(self, *, config: MkDocsConfig) -> None:
        """Put our results into the search index, and the cards into the site."""
        build = self.build
        build.press.put_back()
        assert self.made is not None
        build.draw(build.written.values(), only_known=self.serving)
        build.found = search.by_hand(config)
        if self.shown and published.less(self.shown, self.made.context.book):
            self.later.forget()
        self.shown = self.made.context.book
        build.find(self.made.uris, self.later if self.serving else None)
        if self.reuse:
            self.kept = Kept(self.reuse.stamp, self.reuse.context, build.written.values())
            build.written = self.kept.written
            if build.theme and build.press.leaves and incremental.possible(config):
                self.standing = Standing(build, build.theme, self.made, self.kept)

    @event_priority(-100)  # when everybody has written everything
    def _look_again(self, *, config: MkDocsConfig) -> None:
        """Leave no file in which private words stand."""
        if not self.serving:
            folder = self._project(config).folder
            private_check.run(self.build.context.book, Path(config.site_dir), folder / ".cache", folder)

    on_post_build = CombinedEvent(_finish, _look_again)

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Callable[..., None]
    ) -> LiveReloadServer:
        """Watch the sources, and let no mistake in them stop the server."""
        here = self._project(config)
        sources = here.content, here.folder / "templates", content_folder.templates()
        for folder in sources:
            if folder.is_dir():
                server.watch(str(folder))
        if self.config.fast:
            file_events.listen(server)
        for folder in sources:
            live_server.follow(server, folder)
        whole = live_server.guard(server.builder, Path(server.root))
        seen = incremental.snapshot(live_server.watched(server), here)

        def build(*args: Any, **kwargs: Any) -> None:
            nonlocal seen
            before, seen = seen, incremental.snapshot(live_server.watched(server), here)
            self.after.stop()
            self.later.stop()
            with self.turn.first():
                if not self._edited(incremental.changed(before, seen)):
                    self.standing = None
                    self.later.wait()
                    if problem := whole(*args, **kwargs):  # then the site is that of the build before
                        if self._withheld():
                            self._forget()
                            live_server.clear(Path(server.root))
                        self.standing = self.kept = None
                        self.problems = (problem,)

        server.builder = build
        live_server.give(server, self.refresh, lambda page: live_server.say(page, self.problems))
        self.rebuild = partial(live_server.ask, server)
        self.editing.memory.ready = self.rebuild
        self.guarded = True
        processes.answer_soon()
        return server

    def _edited(self, others: Collection[str]) -> bool:
        """Bring the site that stands up to date with its sources. Returns whether that could be done.

        others: paths of what has changed and is no source.
        """
        standing = self.standing
        if standing is None:
            return False
        try:
            made = self._made(self.build.project.config, home="index" in standing.made.uris)
            if published.less(standing.made.context.book, made.context.book):
                self._forget()
                return False
            standing.update(made, others)
        except Exception as error:  # of templates, which may do anything: the whole build says it, where it fails too
            self.standing = None
            log.debug(f"Building the whole site: {error}")
            return False
        if made.problems != self.problems:
            self._say(made)
        self.after.start(partial(standing.rest, self.later))
        return True

    def _forget(self) -> None:
        """Keep nothing of the site that stands: what it says of a conversation may be private now."""
        self.standing = self.kept = None
        self.later.forget()

    def _withheld(self) -> bool:
        """Whether the site before a build that failed may say what is private now."""
        if self.shown is None:
            return False
        try:
            return published.less(self.shown, self._made(self.build.project.config, home=True).context.book)
        except Exception as error:
            log.debug(f"It can't be told what is private: {error}")
            return True

    def refresh(self, path: str) -> None:
        """Bring up to date what is at this path in the served site, for somebody who asks for it."""
        with self.turn.first():
            try:
                if self.standing:
                    self.standing.refresh(path)
            except Exception as error:
                self._give_up(error)

    def _give_up(self, error: Exception) -> None:
        """Have the whole site built, which goes well or says what is wrong."""
        log.debug(f"Building the whole site: {error}")
        self.standing = None
        self.rebuild()

    def on_shutdown(self) -> None:
        """Leave what the site was made of to the system: to free it object by object takes a second."""
        for each in (self.after, self.later):
            each.stop()
            each.wait()
        left: list[object] = [self]
        left.append(left)  # so that it lasts, as long as nobody looks for garbage in it
        gc.freeze()

    def on_build_error(self, *, error: Exception) -> None:
        """End a build that a template stops with a sentence and no traceback."""
        gc.enable()
        if isinstance(error, TemplateError) and not self.guarded:
            sentence = str(live_server.explain(error))
            log.error(sentence)
            raise Abort(sentence) from None
