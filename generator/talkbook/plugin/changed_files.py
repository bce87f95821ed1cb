"""Which files have changed that are no sources, between one build and the next."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from talkbook.project import Project


def snapshot(watched: Iterable[str], project: Project) -> Mapping[str, object]:
    """By its path, the time and size of each file that a build depends on, sources and templates of pages left out.

    watched: the paths that the server watches.
    """
    skipped = {*project.sources, *project.templates}
    found: dict[str, tuple[int, int]] = {}
    waiting = [*map(Path, watched)]
    while waiting:
        path = waiting.pop()
        if path in skipped:
            continue
        with suppress(OSError):  # it may go in this moment
            if path.is_dir():
                waiting.extend(path.iterdir())
            else:
                status = path.stat()
                found[str(path)] = (status.st_mtime_ns, status.st_size)
    return found


def between(before: Mapping[str, object], now: Mapping[str, object]) -> set[str]:
    """The paths for which snapshot() gave another value."""
    return {path for path, _ in before.items() ^ now.items()}
