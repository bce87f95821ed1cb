"""Makes MkDocs' server serve files that are made on demand."""

import mimetypes
import os
import posixpath
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from mkdocs.livereload import LiveReloadServer
from watchdog.events import FileSystemEvent, FileSystemEventHandler

from talkbook.plugin import mkdocs_internals

_StartResponse = Callable[..., Any]


def serve(server: LiveReloadServer, find: Callable[[str], bytes | None], dress: Callable[[str, bytes], bytes]) -> None:
    """Make the server send what `find` returns.

    find: returns the content of the file at a path in the site, or None.
    dress: returns a page as it is sent; called with its path and HTML.
    """
    mkdocs = server.serve_request

    def application(environ: dict[str, Any], start_response: _StartResponse) -> Iterable[bytes]:
        address = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        if address.startswith("/livereload/") or not f"{address}/".startswith(server.mount_path):
            return mkdocs(environ, start_response)
        number = mkdocs_internals.wait_for_build(server)
        asked = address[len(server.mount_path) :]
        path = posixpath.normpath(f"/{asked}index.html" if address.endswith("/") else f"/{asked}").lstrip("/")
        data, status = find(path), "200 OK"
        if data is None and not address.endswith("/") and find(f"{path}/index.html") is not None:
            start_response("302 Found", [("Location", f"{quote(address)}/")])
            return []
        if data is None:
            path, status = "404.html", "404 Not Found"
            data = find(path) or b"404 Not Found"
        if path.endswith(".html"):
            data = mkdocs_internals.with_reload(server, dress(path, data), number)
        start_response(status, [("Content-Type", _kind(path)), ("Content-Length", str(len(data)))])
        return [data]

    server.set_app(application)


def follow(server: LiveReloadServer, folder: Path) -> None:
    """Make the server watch this folder whenever it exists, and build when it appears or disappears."""
    place = os.path.abspath(folder)  # noqa: PTH100 (as the server does: links aren't resolved)

    def watch() -> None:
        if folder.is_dir():
            server.watch(place)
            server.observer.schedule(_handler(inside), place, recursive=True)

    def inside(event: FileSystemEvent) -> None:
        if event.is_directory:  # the server itself ignores these, but an empty folder may have the name of a sidecar
            mkdocs_internals.ask_for_build(server)

    def again(event: FileSystemEvent) -> None:
        if place in (event.src_path, event.dest_path) and event.is_directory:
            mkdocs_internals.unwatch(server, place)
            watch()
            mkdocs_internals.ask_for_build(server)

    watch()
    if folder.parent.is_dir():
        server.observer.schedule(_handler(again), str(folder.parent), recursive=False)


def _handler(react: Callable[[FileSystemEvent], None]) -> FileSystemEventHandler:
    """Return a handler that reacts if something is created, deleted or moved."""
    handler = FileSystemEventHandler()
    for name in ("on_created", "on_deleted", "on_moved"):
        setattr(handler, name, react)
    return handler


def _kind(path: str) -> str:
    if path.endswith((".js", ".mjs")):
        return "application/javascript"  # whatever the system says: browsers run nothing else
    if path.endswith(".gz"):
        return "application/gzip"
    return mimetypes.guess_type(path)[0] or "application/octet-stream"
