"""The files that a new project starts with, and writing all of them or none."""

import json
from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from talkbook.sources import content_folder

_RENDERED = {"mkdocs.yml": "mkdocs.yml", "README.md": "README.md", ".gitignore": "gitignore"}
_WORKFLOW = ".github/workflows/publish.yml"
_KEPT = tuple(f"content/{name}/.gitkeep" for name in ("pages", "topics", "transcripts"))  # git keeps no empty folder
_OWNED = ("mkdocs.yml", "content")  # either makes a folder a project


def files(name: str, *, github: bool) -> Mapping[str, bytes]:
    """Return path in the project -> content.

    name: the name of the site, any text on one line.
    github: whether to include a workflow that publishes to GitHub Pages.
    """
    folder = content_folder.templates() / "project"
    templates = Environment(loader=FileSystemLoader(folder), keep_trailing_newline=True, undefined=StrictUndefined)
    title = json.dumps(name, ensure_ascii=False)  # a JSON string is valid YAML
    rendered = {
        path: templates.get_template(form).render(name=name, title=title).encode() for path, form in _RENDERED.items()
    }
    workflow = {_WORKFLOW: (folder / "publish.yml").read_bytes()} if github else {}
    return {**rendered, **workflow, **dict.fromkeys(_KEPT, b"")}


def occupied(folder: Path) -> str:
    """Return the name of the file or folder that makes `folder` a project already, or ""."""
    return next((name for name in _OWNED if (folder / name).exists()), "")


def write(folder: Path, contents: Mapping[str, bytes]) -> list[str]:
    """Write files into a folder, which is created if necessary, and return the paths of those that already existed.

    contents: path in the folder -> content. Existing files are left as they are.

    Raises OSError if one can't be written; everything that was created is then removed.
    """
    written: list[Path] = []
    created: list[Path] = []
    taken: list[str] = []
    try:
        for name, data in contents.items():
            path = folder / name
            for parent in reversed([above for above in path.parents if not above.exists()]):
                parent.mkdir()
                created.append(parent)
            try:
                with path.open("xb") as file:
                    written.append(path)
                    file.write(data)
            except FileExistsError:
                taken.append(name)
    except BaseException:
        for path in reversed(written):
            path.unlink()
        for parent in reversed(created):
            parent.rmdir()
        raise
    return taken
