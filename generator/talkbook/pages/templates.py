"""The templates of pages as they were when read, so that later changes don't affect pages made with them."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from jinja2 import BaseLoader, Environment, TemplateNotFound, TemplateSyntaxError

_Stamp = tuple[str, str, int, int]  # a template's name, the path of its file, the file's time and size


class Templates(BaseLoader):
    """A loader of templates that are in memory. files: name -> (path of the file, text)."""

    def __init__(self, files: Mapping[str, tuple[str, str]]) -> None:
        self._files = files

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:  # noqa: ARG002
        """Return a template's text, its path, and a function that says that it is up to date."""
        try:
            path, text = self._files[template]
        except KeyError:
            raise TemplateNotFound(template) from None
        return text, path, lambda: True

    def list_templates(self) -> list[str]:
        """Return the names of all templates."""
        return sorted(self._files)

    def check(self) -> None:
        """Check all templates. Raises TemplateSyntaxError for the first invalid one."""
        for name, (path, text) in self._files.items():
            try:
                _parse(text, name, path)
            except TemplateSyntaxError as error:
                error.filename = path
                raise


@lru_cache(maxsize=200)  # most are the same after an edit
def _parse(text: str, name: str, path: str) -> None:
    Environment().parse(text, name, path)


def loader(folders: Sequence[Path]) -> Templates:
    """Return a loader of the templates in these folders; if several have the same name, the first folder's is used.

    As long as no file changes, the same loader is returned, so that templates are compiled only once.
    """
    stamps: dict[str, _Stamp] = {}
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            with suppress(OSError):  # it may be removed at this moment
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
