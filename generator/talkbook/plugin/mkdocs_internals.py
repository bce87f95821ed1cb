"""Everything that Talkbook uses of MkDocs beyond its public API.

NEEDED maps each private attribute to what is lost if a new version of MkDocs lacks it; a test looks for them.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from mkdocs.commands import build as mkdocs_build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import File
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

NEEDED: Mapping[str, str] = {
    "_watched_paths": "An edit of mkdocs.yml or of the theme's overrides is taken for an edit of a source.",
    "_epoch_cond": "A page that is requested during a build may be out of date.",
    "_wanted_epoch": "A page that is requested during a build may be out of date.",
    "_visible_epoch": "A page that is requested during a build may be out of date.",
    "_rebuild_cond": "What is read in the background after an edit is shown only after the next edit.",
    "_want_rebuild": "What is read in the background after an edit is shown only after the next edit.",
    "_inject_js_into_html": "Open pages do not reload by themselves.",
}


def watched_paths(server: LiveReloadServer) -> list[str]:
    """Return the paths of the files and folders that the server watches."""
    return [*server._watched_paths]


def ask_for_build(server: LiveReloadServer) -> None:
    """Make the server build again, as after a change."""
    with server._rebuild_cond:
        server._want_rebuild = True
        server._rebuild_cond.notify_all()


def wait_for_build(server: LiveReloadServer) -> int:
    """Wait until no build is running, and return the number of the last one."""
    with server._epoch_cond:
        server._epoch_cond.wait_for(lambda: server._visible_epoch == server._wanted_epoch)
        return server._visible_epoch


def with_reload(server: LiveReloadServer, page: bytes, number: int) -> bytes:
    """Return the page with a script that reloads it after a build later than the one with this number."""
    return bytes(server._inject_js_into_html(page, number))  # type: ignore[no-untyped-call]


def replace_observer(server: LiveReloadServer, observer: Any, quiet: float) -> None:
    """Replace the server's observer, with the same paths to watch. quiet: seconds without a change before a build."""
    paths = watched_paths(server)
    server.observer = observer
    server.build_delay = quiet
    server._watched_paths.clear()
    server._watch_refs.clear()
    for path in paths:
        server.watch(path)


def unwatch(server: LiveReloadServer, path: str) -> None:
    """Make the server stop watching a folder that is gone, so that it can watch a new one at this path."""
    if path in server._watched_paths:
        with suppress(KeyError):  # the observer may have stopped by itself
            server.unwatch(path)


def page_context(nav: Navigation, config: MkDocsConfig, page: Page | None, base_url: str) -> Any:
    """Return the context with which MkDocs renders a template of the theme. page: None for a static template."""
    return mkdocs_build.get_context(nav, [], config, page, base_url)


class LazyFile(File):
    """An MkDocs file whose content is made on demand.

    make: returns the content.
    written: whether the file is in the site already, so that MkDocs must not write it.
    """

    make: Callable[[], str | bytes]
    written = False

    @property
    def _content(self) -> Any:
        return self.make()

    @_content.setter
    def _content(self, content: Any) -> None:
        self.make = lambda: content

    def copy_file(self, dirty: bool = False) -> None:
        """Write the file, unless it is written."""
        if not self.written:
            super().copy_file(dirty)
