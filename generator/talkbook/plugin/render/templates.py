"""The templates of pages, and what each is made of, so that a change of one concerns only the pages made of it."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cached_property, lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, TemplateSyntaxError
from jinja2.meta import find_referenced_templates

Stamp = tuple[str, int, int]  # path of a file, its time and size


class Templates(FileSystemLoader):
    """The templates in some folders. stamps: of their files, by name, before any of them is loaded."""

    def __init__(self, folders: Sequence[Path], stamps: Mapping[str, Stamp]) -> None:
        super().__init__(folders)
        self._stamps = stamps

    @cached_property
    def stamps(self) -> Mapping[str, frozenset[Stamp]]:
        """By the name of each template, the stamps of its file and of those that it names."""
        return {name: frozenset(self._stamps[each] for each in self._within(name)) for name in self._stamps}

    def _within(self, name: str) -> set[str]:
        found: set[str] = set()
        waiting = [name]
        while waiting:
            each = waiting.pop()
            if each in self._stamps and each not in found:
                found.add(each)
                waiting += _named(Path(self._stamps[each][0]))
        return found


@lru_cache(maxsize=4)  # what one loader has loaded is compiled once, until a template comes, goes or changes
def _loader(folders: tuple[Path, ...], stamps: tuple[tuple[str, Stamp], ...]) -> Templates:
    return Templates(folders, dict(stamps))


def loader(folders: tuple[Path, ...]) -> Templates:
    """The templates as they are now; of folders that have the same, the first counts."""
    found: dict[str, Stamp] = {}
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            with suppress(OSError):  # it may go in this moment
                if path.is_file():
                    status = path.stat()
                    stamp = str(path), status.st_mtime_ns, status.st_size
                    found.setdefault(path.relative_to(folder).as_posix(), stamp)
    return _loader(folders, tuple(found.items()))


def _named(path: Path) -> set[str]:
    """The templates that one names; none where it can't be read, which is said when a page is made of it."""
    try:
        tree = Environment().parse(path.read_text("utf-8"))
    except (OSError, ValueError, TemplateSyntaxError):
        return set()
    return set(filter(None, find_referenced_templates(tree)))
