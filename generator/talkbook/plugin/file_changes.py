"""Changes of files: the system reports them at once (MkDocs' server looks twice a second), and a build asks which."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from mkdocs.livereload import LiveReloadServer
from watchdog import events
from watchdog.observers import Observer

from talkbook.plugin import mkdocs_internals
from talkbook.project import Project

_CHANGES: list[type[events.FileSystemEvent]] = [
    *(events.FileModifiedEvent, events.FileCreatedEvent, events.FileDeletedEvent, events.FileMovedEvent),
    *(events.DirCreatedEvent, events.DirDeletedEvent, events.DirMovedEvent),
]
_QUIET = 0.05  # seconds without another change, after which a build begins


def listen(server: LiveReloadServer) -> None:
    """Have the system tell the server of changes; where it can't, the server goes on looking for them itself."""
    try:
        observer = _observer(mkdocs_internals.watched_paths(server))
        observer.start()
        observer.stop()
    except OSError:  # no watches left, or a file system that has none
        return
    mkdocs_internals.watch_anew(server, _observer([]), _QUIET)


def _observer(paths: list[str]) -> Any:
    observer = Observer()
    schedule = observer.schedule

    def only_changes(handler: events.FileSystemEventHandler, path: str, *, recursive: bool = False) -> Any:
        # Reading a file is an event too, and every build reads all of them.
        return schedule(handler, path, recursive=recursive, event_filter=_CHANGES)

    observer.schedule = only_changes  # type: ignore[method-assign, assignment]
    for path in paths:
        observer.schedule(events.FileSystemEventHandler(), path, recursive=True)
    return observer


def snapshot(watched: Iterable[str], project: Project) -> Mapping[str, object]:
    """By its path, the time and size of each file that a build depends on, but for sources and templates of pages.

    watched: the paths that the server watches.
    """
    skipped = {*project.sources, *project.templates}
    stamps: dict[str, tuple[int, int]] = {}
    stack = [*map(Path, watched)]
    while stack:
        path = stack.pop()
        if path in skipped:
            continue
        with suppress(OSError):  # it may go in this moment
            if path.is_dir():
                stack.extend(path.iterdir())
            else:
                status = path.stat()
                stamps[str(path)] = (status.st_mtime_ns, status.st_size)
    return stamps


def between(before: Mapping[str, object], now: Mapping[str, object]) -> set[str]:
    """The paths for which snapshot() gave another value."""
    return {path for path, _ in before.items() ^ now.items()}
