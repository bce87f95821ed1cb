"""A project while its site is served: the site, updated after each edit, and its current problems."""

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
    """The site that a server shows from build to build. Errors in the sources are shown and never stop the server."""

    def __init__(self) -> None:
        self.editing = Editing(self._show_what_was_read, self._fail)
        self.live: LiveSite | None = None  # what is served
        self.server: LiveReloadServer | None = None
        self._needs_full_build = True  # by MkDocs
        self._of_sources: tuple[Problem, ...] = ()
        self._failures: list[Problem] = []  # in building or showing the current sources
        self._logging = threading.Lock()

    @property
    def problems(self) -> list[Problem]:
        """The problems of the sources, and what failed in making the site from them."""
        return [*self._of_sources, *self._failures]

    def start(self, server: LiveReloadServer, project: Project) -> None:
        """Make the server build and serve this project."""
        build_with_mkdocs = server.builder
        seen = file_changes.snapshot(mkdocs_internals.watched_paths(server), project)

        def build(*args: Any, **kwargs: Any) -> None:
            nonlocal seen
            before, seen = seen, file_changes.snapshot(mkdocs_internals.watched_paths(server), project)
            self._rebuild(file_changes.between(before, seen), partial(build_with_mkdocs, *args, **kwargs))

        server.builder = build
        live_server.serve(server, self.find, self._with_notices)
        self.server = server

    def take(self, build: SiteBuild) -> None:
        """Serve what MkDocs has built, and remove what it built before."""
        before, self.live, self._needs_full_build = self.live, LiveSite(build, build.contents), False
        if before:
            shutil.rmtree(before.folder, ignore_errors=True)

    def report(self, contents: Contents) -> None:
        """Log the problems of the sources, unless they are the same as before."""
        if contents.problems == self._of_sources:
            return
        self._of_sources = contents.problems
        received = {transcript.path for transcript in contents.context.book.transcripts}
        for problem in contents.problems:
            # A warning about a transcript is nothing that its curator has to fix: the file is as it was received.
            (log.info if problem.warning and problem.path in received else log.warning)(str(problem))

    def find(self, path: str) -> bytes | None:
        """Return the content of the file at this path of the site, or None.

        If making it fails with the current templates, those that last worked are used. If these fail as well, or there
        is no site, a page with the problems is returned.
        """
        while (live := self.live) is not None:
            found = self._get(live, path)
            if live is self.live:  # otherwise the site was updated meanwhile
                return found
        return messages.instead_of_page(self.problems) if path.endswith(".html") else None

    def _with_notices(self, path: str, page: bytes) -> bytes:
        """Return the page with the problems, and with what its curator has to do next."""
        uri = path.removesuffix("/index.html").removesuffix(".html")
        steps = waiting.steps(self.live.contents.context.book, uri) if self.live else ()
        return messages.on_page(page, self.problems, steps)

    def _get(self, live: LiveSite, path: str) -> bytes | None:
        try:
            return live.get(path)
        except Exception as error:  # templates may raise anything
            self._fail(error, path)
            problems = messages.explain(error, path)
        try:
            return live.fallback.get(path)
        except Exception as error:
            self._fail(error, path)
            return messages.instead_of_page(problems) if path.endswith(".html") else str(problems[0]).encode()

    def _rebuild(self, changed: Collection[str], build_with_mkdocs: Callable[[], None]) -> None:
        """Update the site, if necessary with MkDocs. changed: the paths of changed files, other than sources."""
        good = not self._failures
        self._failures = []
        try:
            if not self._needs_full_build:
                try:
                    return self._update(changed, good=good)
                except NeedsFullBuild as reason:
                    log.debug(f"MkDocs builds the site: {reason}.")
            build_with_mkdocs()
        except (Exception, SystemExit) as error:
            self._needs_full_build = True
            self._fail(error)
            self._fall_back()
        return None

    def _update(self, changed: Collection[str], *, good: bool) -> None:
        if self.live is None:
            raise NeedsFullBuild("there is no site")
        contents = self._read(self.live)
        self.live = self.live.updated(contents, changed, good=good)
        self.report(contents)

    def _read(self, live: LiveSite) -> Contents:
        return self.editing.build(live.build.project, home="index" in live.contents.uris)

    def _fall_back(self) -> None:
        """After a failed build, show the current sources in the previous theme.

        If that is impossible, remove the site if it may show what is private now.
        """
        if self.live is None:
            return
        try:
            contents = self._read(self.live)
            self.report(contents)
        except Exception as error:  # if it is that of the build, _fail() doesn't repeat it
            self.live = None  # since it is unknown what is private
            self._fail(error)
            return
        if self.live.deferred:
            self.live = LiveSite(self.live.build, contents)
        elif published.book_is_unsafe(self.live.contents.context.book, contents.context.book):
            self.live = None

    def _fail(self, error: BaseException, where: str = "") -> None:
        """Log a failure once, and show it on each page until the next build. where: as for messages.explain()."""
        with self._logging:
            new = [problem for problem in messages.explain(error, where) if problem not in self._failures]
            self._failures += new
        for problem in new:
            log.error(str(problem))

    def _show_what_was_read(self) -> None:
        if self.server:
            mkdocs_internals.ask_for_build(self.server)
