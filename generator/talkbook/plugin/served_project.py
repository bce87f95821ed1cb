"""A project while its site is served: what is given, brought up to date after each edit, and what is wrong with it."""

import logging
import shutil
import threading
from collections.abc import Callable, Collection
from functools import partial
from typing import Any

from mkdocs.livereload import LiveReloadServer

from talkbook.book import published
from talkbook.drafting import waiting
from talkbook.plugin import file_changes, live_server, messages, mkdocs_internals
from talkbook.plugin.contents import Contents, Editing
from talkbook.plugin.handwritten import NeedsFullBuild
from talkbook.plugin.live_site import LiveSite
from talkbook.plugin.site_build import SiteBuild
from talkbook.problems import Problem
from talkbook.project import Project

log = logging.getLogger("mkdocs.plugins.talkbook")


class ServedProject:
    """What a server gives from build to build, without a mistake in the sources that stops it."""

    def __init__(self) -> None:
        self.editing = Editing(self._show_what_was_read, self._fail)
        self.live: LiveSite | None = None  # what is served
        self.server: LiveReloadServer | None = None
        self._needs_full_build = True  # one by MkDocs
        self._of_sources: tuple[Problem, ...] = ()
        self._failures: list[Problem] = []  # of what was made of the sources of now
        self._logging = threading.Lock()

    @property
    def problems(self) -> list[Problem]:
        """What is wrong with the sources, and with what was made of them."""
        return [*self._of_sources, *self._failures]

    def start(self, server: LiveReloadServer, project: Project) -> None:
        """Have the server build here, and give what is made here."""
        build_with_mkdocs = server.builder
        seen = file_changes.snapshot(mkdocs_internals.watched_paths(server), project)

        def build(*args: Any, **kwargs: Any) -> None:
            nonlocal seen
            before, seen = seen, file_changes.snapshot(mkdocs_internals.watched_paths(server), project)
            self._rebuild(file_changes.between(before, seen), partial(build_with_mkdocs, *args, **kwargs))

        server.builder = build
        live_server.give(server, self.find, self._noted)
        self.server = server

    def take(self, build: SiteBuild) -> None:
        """Serve what MkDocs has built, in the place of what it built before."""
        before, self.live, self._needs_full_build = self.live, LiveSite(build, build.contents), False
        if before:
            shutil.rmtree(before.folder, ignore_errors=True)

    def report(self, contents: Contents) -> None:
        """Log what is wrong with the sources, unless that is known."""
        if contents.problems == self._of_sources:
            return
        self._of_sources = contents.problems
        received = {transcript.path for transcript in contents.context.book.transcripts}
        for problem in contents.problems:
            # A doubt about a file as it was received is worth a look, and nothing that its curator has to mend.
            (log.info if problem.warning and problem.path in received else log.warning)(str(problem))

    def find(self, path: str) -> bytes | None:
        """The bytes of the file at a path in the served site, None where there is none."""
        while (live := self.live) is not None:
            found = self._get(live, path)
            if live is self.live:  # else there was a build meanwhile, and the file may be another
                return found
        return messages.instead_of_page(self.problems) if path.endswith(".html") else None

    def _noted(self, path: str, page: bytes) -> bytes:
        """The HTML of a page with what is wrong, and what its curator does next."""
        uri = path.removesuffix("/index.html").removesuffix(".html")
        steps = waiting.steps(self.live.contents.context.book, uri) if self.live else ()
        return messages.on_page(page, self.problems, steps)

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

    def _rebuild(self, changed: Collection[str], build_with_mkdocs: Callable[[], None]) -> None:
        """Bring what is served up to date. changed: paths of files that are no sources."""
        good = not self._failures
        self._failures = []
        try:
            if not self._needs_full_build:
                try:
                    return self._update(changed, good=good)
                except NeedsFullBuild as reason:
                    log.debug(f"MkDocs builds the site: {reason}.")
            self._needs_full_build = True
            build_with_mkdocs()
        except (Exception, SystemExit) as error:
            self._fail(error)
            self._keep()
        return None

    def _update(self, changed: Collection[str], *, good: bool) -> None:
        if self.live is None:
            raise NeedsFullBuild("there is no site")
        contents = self._read(self.live)
        self.live = self.live.updated(contents, changed, good=good)
        self.report(contents)

    def _read(self, live: LiveSite) -> Contents:
        return self.editing.build(live.build.project, home="index" in live.contents.uris)

    def _keep(self) -> None:
        """Where a build has failed: what is served is of the sources of now, in the theme of before.

        Where that can't be, nothing stays that may be private now.
        """
        if self.live is None:
            return
        try:
            contents = self._read(self.live)
            self.report(contents)
        except Exception as error:  # it may be what the build has failed with, and then it is said already
            self.live = None  # since it can't be told what is private
            self._fail(error)
            return
        if self.live.deferred:
            self.live = LiveSite(self.live.build, contents)
        elif published.less(self.live.contents.context.book, contents.context.book):
            self.live = None

    def _fail(self, error: BaseException, where: str = "mkdocs.yml") -> None:
        """Say once what has failed, here and on each page, until the next build."""
        problem = messages.explain(error, where)
        with self._logging:
            if problem in self._failures:
                return
            self._failures.append(problem)
        log.error(str(problem))

    def _show_what_was_read(self) -> None:
        if self.server:
            mkdocs_internals.ask_for_build(self.server)
