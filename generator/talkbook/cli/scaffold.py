"""The files that a new project begins with, and how they get onto the disk: all of them, or none."""

import json
from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from talkbook.sources import content_folder

_RENDERED = {"mkdocs.yml": "mkdocs.yml", "README.md": "README.md", ".gitignore": "gitignore"}
_WORKFLOW = ".github/workflows/publish.yml"
_KEPT = ("content/pages/.gitkeep",)  # git keeps no empty folder, and MkDocs needs this one
_OWNED = ("mkdocs.yml", "content")  # what makes a folder a project


def files(name: str, *, github: bool) -> Mapping[str, bytes]:
    """Path in the project -> what stands there.

    name: of the site, any text on one line. github: whether a workflow that publishes to GitHub Pages is among them.
    """
    folder = content_folder.templates() / "project"
    templates = Environment(loader=FileSystemLoader(folder), keep_trailing_newline=True, undefined=StrictUndefined)
    title = json.dumps(name, ensure_ascii=False)  # which is YAML, too
    rendered = {
        path: templates.get_template(form).render(name=name, title=title).encode() for path, form in _RENDERED.items()
    }
    workflow = {_WORKFLOW: (folder / "publish.yml").read_bytes()} if github else {}
    return {**rendered, **workflow, **dict.fromkeys(_KEPT, b"")}


def occupied(folder: Path) -> str:
    """The name of what makes `folder` a project already, "" where nothing does."""
    return next((name for name in _OWNED if (folder / name).exists()), "")


def write(folder: Path, contents: Mapping[str, bytes]) -> list[str]:
    """Write files, by their paths in a folder, and create the folder. Returns the paths that were taken, and stay.

    Raises OSError, and then nothing of it is left.
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
