"""Changes of files: reported at once by the system, instead of polled by MkDocs' server twice a second."""

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
_QUIET = 0.05  # seconds without another change before a build starts


def listen(server: LiveReloadServer) -> None:
    """Make the system notify the server of changes. If it can't, the server keeps polling."""
    try:
        observer = _observer(mkdocs_internals.watched_paths(server))
        observer.start()
        observer.stop()
    except OSError:  # no watches are left, or the file system has none
        return
    mkdocs_internals.replace_observer(server, _observer([]), _QUIET)


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
    """Return path -> (time in ns, size) of all files, except sources and page templates, which need no build by MkDocs.

    watched: the paths that the server watches.
    """
    skipped = {*project.sources, *project.templates}
    stamps: dict[str, tuple[int, int]] = {}
    stack = [*map(Path, watched)]
    while stack:
        path = stack.pop()
        if path in skipped:
            continue
        with suppress(OSError):  # it may be removed at this moment
            if path.is_dir():
                stack.extend(path.iterdir())
            else:
                status = path.stat()
                stamps[str(path)] = (status.st_mtime_ns, status.st_size)
    return stamps


def between(before: Mapping[str, object], now: Mapping[str, object]) -> set[str]:
    """Return the paths of files that differ between two snapshots."""
    return {path for path, _ in before.items() ^ now.items()}
