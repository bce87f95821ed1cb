"""The templates of pages, as they stood when they were read: a later change concerns no page made with these."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from jinja2 import BaseLoader, Environment, TemplateNotFound, TemplateSyntaxError

_Stamp = tuple[str, str, int, int]  # the name of a template, the path of its file, the file's time and size


class Templates(BaseLoader):
    """Templates whose texts are at hand. files: by name, the path of the file and its text."""

    def __init__(self, files: Mapping[str, tuple[str, str]]) -> None:
        self._files = files

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:  # noqa: ARG002
        """Text, path and freshness of a template, as Jinja asks for them."""
        try:
            path, text = self._files[template]
        except KeyError:
            raise TemplateNotFound(template) from None
        return text, path, lambda: True

    def list_templates(self) -> list[str]:
        """The names of all templates."""
        return sorted(self._files)

    def check(self) -> None:
        """Raise TemplateSyntaxError for the first template that is not valid."""
        for name, (path, text) in self._files.items():
            try:
                _parse(text, name, path)
            except TemplateSyntaxError as error:
                error.filename = path
                raise


@lru_cache(maxsize=200)  # while somebody edits, most stay as they are
def _parse(text: str, name: str, path: str) -> None:
    Environment().parse(text, name, path)


def loader(folders: Sequence[Path]) -> Templates:
    """The templates as they are now; of those with the same name, that in the first folder counts.

    While no file changes, the very same loader is given, so that what it has loaded is compiled once.
    """
    stamps: dict[str, _Stamp] = {}
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            with suppress(OSError):  # it may go in this moment
                if path.is_file():
                    status = path.stat()
                    name = path.relative_to(folder).as_posix()
                    stamps.setdefault(name, (name, str(path), status.st_mtime_ns, status.st_size))
    return _loader(tuple(stamps.values()))


@lru_cache(maxsize=4)
def _loader(stamps: tuple[_Stamp, ...]) -> Templates:
    files: dict[str, tuple[str, str]] = {}
    for name, path, _, _ in stamps:
        with suppress(OSError):
            files[name] = path, Path(path).read_text("utf-8", "replace")
    return Templates(files)
