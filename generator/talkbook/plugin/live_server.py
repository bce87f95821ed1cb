"""Keeping `mkdocs serve` alive: a mistake is shown on the page, and the last good site stays."""

import logging
import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterable, Sequence
from html import escape
from pathlib import Path
from typing import Any

from jinja2 import TemplateError, TemplateSyntaxError
from mkdocs.livereload import LiveReloadServer
from watchdog.events import FileSystemEvent, FileSystemEventHandler

from talkbook.problems import Problem

log = logging.getLogger("mkdocs.plugins.talkbook")


def say(page: bytes, problems: Sequence[Problem]) -> bytes:
    """The HTML of a page with what is wrong with the sources at the head of its article."""
    head, article, rest = page.partition(b"<article")
    if not problems or not article:
        return page
    items = "".join(f"<li>{escape(str(problem))}</li>" for problem in problems)
    shown = "" if all(problem.warning for problem in problems) else " This page shows them as they last were without."
    notice = (
        '<div class="tb-problems" role="alert"><p><strong>The sources have a problem.</strong>'
        f"{shown}</p><ul>{items}</ul></div>"
    )
    tag, close, inner = rest.partition(b">")
    return b"".join((head, article, tag, close, notice.encode("utf-8", "replace"), inner))


def guard(builder: Callable[..., None], site: Path) -> Callable[..., Problem | None]:
    """A builder that, where `builder` fails, brings the last good site back.

    It gives what was wrong, None where all went well. site: the folder that `builder` empties and fills. While
    it does, the site before lies in aside(site).
    """

    def build(*args: Any, **kwargs: Any) -> Problem | None:
        kept = aside(site)
        shutil.rmtree(kept, ignore_errors=True)
        site.rename(kept)
        site.mkdir()
        try:
            builder(*args, **kwargs)
        except (Exception, SystemExit) as error:
            problem = explain(error)
            log.error(str(problem))
            shutil.rmtree(site, ignore_errors=True)
            kept.rename(site)
            return problem
        # The reader need not wait for the old site to be gone; it goes under a name that no build uses.
        old = Path(tempfile.mkdtemp(dir=site.parent, prefix=f"{site.name}-old-"))
        kept.rename(old / "site")
        threading.Thread(target=shutil.rmtree, args=(old,), kwargs={"ignore_errors": True}, daemon=True).start()
        return None

    return build


def clear(site: Path) -> None:
    """Remove all that a served site holds."""
    shutil.rmtree(site, ignore_errors=True)
    site.mkdir(exist_ok=True)


def follow(server: LiveReloadServer, folder: Path) -> None:
    """Have the server watch this folder whenever it is there, and build when it comes or goes."""
    place = os.path.abspath(folder)  # noqa: PTH100 (as the server names it; links are to stay)

    def again(event: FileSystemEvent) -> None:
        if place in (event.src_path, event.dest_path) and event.is_directory:
            if place in server._watched_paths:  # what watched a folder that is gone sees nothing of a new one
                server.unwatch(place)
            if folder.is_dir():
                server.watch(place)
            ask(server)

    if folder.parent.is_dir():
        handler = FileSystemEventHandler()
        for name in ("on_created", "on_deleted", "on_moved"):
            setattr(handler, name, again)
        server.observer.schedule(handler, str(folder.parent), recursive=False)


def watched(server: LiveReloadServer) -> list[str]:
    """The files and folders that the server watches."""
    return [*getattr(server, "_watched_paths", ())]


def ask(server: LiveReloadServer) -> None:
    """Have the server build again, as after a change."""
    with server._rebuild_cond:
        server._want_rebuild = True
        server._rebuild_cond.notify_all()


def give(server: LiveReloadServer, write: Callable[[str], None], dress: Callable[[bytes], bytes]) -> None:
    """Have the server bring each file up to date as it is asked for.

    write: is called with the path in the site of each file that is asked for. dress: makes of a page's HTML what
    is given.
    """
    kept = server.serve_request

    def serve(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        if path.startswith("/livereload/"):
            return kept(environ, start_response)
        place = path.removeprefix(server.mount_path)
        epoch = server._wanted_epoch
        write(f"{place}index.html" if place.endswith("/") or not place else place)
        said: list[Any] = []
        answer = kept(environ, lambda *saying: said.append(saying))
        if epoch != server._wanted_epoch:  # a build has begun since, and may have made the file stale
            getattr(answer, "close", list)()
            return serve(environ, start_response)
        status, headers = said[0]
        if dict(headers).get("Content-Type", "").startswith("text/html"):
            page = dress(b"".join(answer))
            getattr(answer, "close", list)()
            answer = [page]
            headers = [(name, str(len(page)) if name == "Content-Length" else value) for name, value in headers]
        start_response(status, headers)
        return answer

    server.set_app(serve)


def aside(site: Path) -> Path:
    """Where the site before lies while a site is built."""
    return site.with_name(f"{site.name}-before")


def explain(error: BaseException) -> Problem:
    """What an exception of the build means to the person who edits."""
    if isinstance(error, TemplateSyntaxError):
        path = error.filename or error.name or "a template"
        return Problem(
            _short(path),
            error.lineno,
            f"The template is not valid: {str(error.message).rstrip('.')}.",
            "Close, mend or take out that tag.",
        )
    if isinstance(error, TemplateError):
        return Problem(
            _short(_frame(error)[0]),
            _frame(error)[1],
            f"The template failed: {str(error).rstrip('.')}.",
            "Look at the names that it uses on that line.",
        )
    reason = " ".join(str(error).split()) or type(error).__name__
    return Problem("mkdocs.yml", 0, f"The site could not be built: {reason}.", "Fix what it names, then save.")


def _frame(error: BaseException) -> tuple[str, int]:
    """File and line of the template in which the exception was raised."""
    trace = error.__traceback__
    place = ("a template", 0)
    while trace:
        if trace.tb_frame.f_code.co_filename.endswith((".html", ".j2")):
            place = (trace.tb_frame.f_code.co_filename, trace.tb_lineno)
        trace = trace.tb_next
    return place


def _short(path: str) -> str:
    return os.path.relpath(path) if Path(path).is_absolute() else path
