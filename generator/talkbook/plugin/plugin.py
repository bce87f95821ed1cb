"""The face to MkDocs: each of its events, handed on."""

import logging
import shutil
import threading
from collections.abc import Callable, Collection
from functools import partial
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage

from talkbook.book import published
from talkbook.pages.page import Addresses
from talkbook.plugin import (
    contents,
    file_changes,
    live_server,
    messages,
    mkdocs_internals,
    offline,
    other_plugins,
    private_check,
    settings,
    staging,
)
from talkbook.plugin.contents import Contents, Editing
from talkbook.plugin.handwritten import NeedsFullBuild
from talkbook.plugin.live_site import LiveSite
from talkbook.plugin.render import theme
from talkbook.plugin.settings import Settings
from talkbook.plugin.site_build import SiteBuild
from talkbook.plugin.staging import Staging
from talkbook.problems import Problem
from talkbook.project import Project
from talkbook.sources import content_folder

log = logging.getLogger("mkdocs.plugins.talkbook")


class TalkbookPlugin(BasePlugin[Settings]):  # type: ignore[no-untyped-call]
    """Turns the content folder into pages."""

    build: SiteBuild
    nav: Navigation

    def __init__(self) -> None:
        self.serving = False
        self.staging: Staging | None = None  # of a build that is going on, and is not for a server
        self.checked = False  # whether the last site shows nothing that is private in this build
        self.guarded = False  # whether a failing build is caught, as it is once the server runs
        self.published: Addresses | None = None  # where this is a copy, those of what it is a copy of
        # While somebody edits:
        self.editing = Editing(self._show_what_was_read, self._fail)
        self.live: LiveSite | None = None  # what is served
        self.whole = True  # whether the next build has to be one by MkDocs
        self.builds = 0  # by MkDocs
        self.server: LiveReloadServer | None = None
        self._said: tuple[Problem, ...] = ()  # of the sources
        self._failures: list[Problem] = []  # of what was made of the sources of now
        self._saying = threading.Lock()

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Being here, it keeps this object alive from build to build of `mkdocs serve`."""
        self.serving = command == "serve"

    @event_priority(100)  # before the offline plugin changes it
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Put what is ours behind the project's own."""
        if self.serving:  # what is served is that of the build before until this one is done
            self.builds += 1
            config.site_dir = str(Path(config.site_dir) / str(self.builds))
        else:
            self.staging = staging.begin(Path(config.site_dir))
            config.site_dir, self.checked = str(self.staging.folder), False
        log.setLevel(logging.NOTSET)  # as it was before a build that was quiet
        if config.strict and not log.isEnabledFor(logging.WARNING):
            log.setLevel(logging.WARNING)  # MkDocs fails on what is said alone, and `--quiet` would have it go well
        self.published = offline.prepare(config)
        theme.prepare(config)
        other_plugins.say_what_is_missing(config)
        if self.config.content != Settings.content.default and (problem := self.project(config).missing()):
            log.warning(str(problem))
        if not config.repo_url and "://" not in (config.edit_uri or ""):
            config.edit_uri = ""  # an address to edit at needs a repository before it
        return config

    def project(self, config: MkDocsConfig) -> Project:
        """The project as this configuration says."""
        return settings.project(config, self.config, self.published)

    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Build the book and put its pages and data among MkDocs' files."""
        if self.published:
            offline.clear(config, files)
        project = self.project(config)
        home = all(file.dest_uri != "index.html" for file in files)
        made = (self.editing.build if self.serving else contents.build)(project, home=home)
        self._say(made)
        if self.staging and published.doubtful(made.context.book, self.staging.transcripts):
            self.staging.remove_last()
        self.checked = True
        served = self.serving and other_plugins.none(config)
        self.build = SiteBuild(project, made, config, served)
        self.build.add(files)
        other_plugins.lay_out_tabs(files, config)
        other_plugins.name_sources(files, config)
        return files

    def _say(self, made: Contents) -> None:
        """Say what is wrong with the sources, unless that is known."""
        if made.problems == self._said:
            return
        self._said = made.problems
        received = {each.path for each in made.context.book.transcripts}
        for problem in made.problems:
            # A doubt about a file as it was received is worth a look, and nothing that its curator has to mend.
            (log.info if problem.warning and problem.path in received else log.warning)(str(problem))

    def on_nav(self, nav: Navigation, /, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Give our pages a kind of page that MkDocs has no work with."""
        self.nav = nav
        self.build.lay_out(nav, files)
        return nav

    def on_page_content(self, html: str, /, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Give our pages their HTML and contents list, and hand-written ones what is added to them."""
        return self.build.content(page, html)

    @event_priority(-100)  # when the other plugins are done with the environment
    def on_env(self, env: Any, /, *, config: MkDocsConfig, files: Files) -> Any:
        """Write our pages."""
        self.build.write(self.nav, env, files)
        return env

    def on_template_context(self, context: Any, /, *, template_name: str, config: MkDocsConfig) -> Any:
        """Let the sitemap know of the pages that are written already."""
        return self.build.with_pages(context)

    def on_page_context(self, context: Any, /, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation) -> Any:
        """Let every page know of them."""
        return self.build.with_pages(context)

    @event_priority(100)  # before the search plugin writes its index
    def _finish(self, *, config: MkDocsConfig) -> None:
        """Put our results into the search index, and the cards into the site."""
        self.build.finish()
        if self.serving:
            before, self.live, self.whole = self.live, LiveSite(self.build, self.build.contents), False
            if before:
                shutil.rmtree(before.folder, ignore_errors=True)

    @event_priority(-100)  # when everybody has written everything
    def _look_again(self, *, config: MkDocsConfig) -> None:
        """Leave no file in which private words stand, and put what is written in the place of the last site."""
        if self.staging:
            project = self.build.project
            private_check.run(self.build.contents.context.book, self.staging, project.cache.parent, project.folder)
            self.staging.publish()
            config.site_dir, self.staging = str(self.staging.site), None

    on_post_build = CombinedEvent(_finish, _look_again)

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Callable[..., None]
    ) -> LiveReloadServer:
        """Watch the sources, and let no mistake in them stop the server."""
        project = self.project(config)
        file_changes.listen(server)
        for folder in (project.content, project.folder / "templates", content_folder.templates()):
            live_server.follow(server, folder)
        if not self.serving:  # as with `mkdocs serve --clean`
            return server
        whole = server.builder
        seen = file_changes.snapshot(mkdocs_internals.watched_paths(server), project)

        def build(*args: Any, **kwargs: Any) -> None:
            nonlocal seen
            before, seen = seen, file_changes.snapshot(mkdocs_internals.watched_paths(server), project)
            self._rebuild(file_changes.between(before, seen), partial(whole, *args, **kwargs))

        server.builder = build
        self.server = server
        live_server.give(server, self.find, partial(messages.on_served_page, self))
        self.guarded = True
        return server

    def _show_what_was_read(self) -> None:
        if self.server:
            mkdocs_internals.ask_for_build(self.server)

    @property
    def problems(self) -> list[Problem]:
        """What is wrong with the sources, and with what was made of them."""
        return [*self._said, *self._failures]

    def _rebuild(self, changed: Collection[str], whole: Callable[[], None]) -> None:
        """Bring what is served up to date. changed: paths of files that are no sources. whole: builds with MkDocs."""
        good = not self._failures
        self._failures = []
        try:
            if not self.whole:
                try:
                    return self._update(changed, good=good)
                except NeedsFullBuild as reason:
                    log.debug(f"MkDocs builds: {reason}.")
            self.whole = True
            whole()
        except (Exception, SystemExit) as error:
            self._fail(error)
            self._keep()
        return None

    def _update(self, changed: Collection[str], *, good: bool) -> None:
        if self.live is None:
            raise NeedsFullBuild("there is no site")
        made = self._made()
        self.live = self.live.updated(made, changed, good=good)
        self._say(made)

    def _made(self) -> Contents:
        assert self.live is not None
        return self.editing.build(self.live.build.project, home="index" in self.live.contents.uris)

    def _keep(self) -> None:
        """Where a build has failed: what is served is of the sources of now, in the theme of before.

        Where that can't be, nothing stays that may be private now.
        """
        if self.live is None:
            return
        try:
            made = self._made()
            self._say(made)
        except Exception as error:  # it may be what the build has failed with, and then it is said already
            self.live = None  # since it can't be told what is private
            self._fail(error)
            return
        if self.live.deferred:
            self.live = LiveSite(self.live.build, made)
        elif published.less(self.live.contents.context.book, made.context.book):
            self.live = None

    def _fail(self, error: BaseException, where: str = "mkdocs.yml") -> None:
        """Say once what has failed, here and on each page, until the next build."""
        problem = messages.explain(error, where)
        with self._saying:
            if problem in self._failures:
                return
            self._failures.append(problem)
        log.error(str(problem))

    def find(self, path: str) -> bytes | None:
        """The bytes of the file at a path in the served site, None where there is none."""
        while (live := self.live) is not None:
            found = self._get(live, path)
            if live is self.live:  # else there was a build meanwhile, and the file may be another
                return found
        return messages.instead_of_page(self.problems) if path.endswith(".html") else None

    def _get(self, live: LiveSite, path: str) -> bytes | None:
        try:
            return live.get(path)
        except Exception as error:  # of templates, which may do anything
            self._fail(error, path)
            problem = messages.explain(error, path)
        try:
            return live.fallback.get(path)
        except Exception as error:
            self._fail(error, path)
            return messages.instead_of_page([problem]) if path.endswith(".html") else str(problem).encode()

    def _discard(self) -> None:
        """Leave nothing of a build that did not come to its end, nor a site in which words may be private by now."""
        if self.staging:
            self.staging.discard()
            if not self.checked:
                self.staging.remove_last()
            self.staging = None

    def on_shutdown(self) -> None:
        """Stop what is going on behind."""
        self._discard()
        self.editing.memory.stop()

    def on_build_error(self, *, error: Exception) -> None:
        """End a build that a template or the machine stops with a sentence and no traceback."""
        self._discard()
        if messages.of_project(error) and not (self.serving and self.guarded):
            sentence = str(messages.explain(error))
            log.error(sentence)
            raise Abort(sentence) from None
