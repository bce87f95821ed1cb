"""The one place that opens files of the content folder."""

from collections.abc import Iterator
from pathlib import Path

from talkbook import ids
from talkbook.book import Source, Sources

PERMALINKS = "permalinks.txt"  # in the content folder
_SIDECARS = (".yml", ".yaml")


def read(content: Path, project: Path) -> Sources:
    """All sources below the content folder.

    content: the folder that holds transcripts/, topics/, lexicon.yml, people.yml and permalinks.txt.
    project: the folder that paths in messages are relative to.
    Hidden files, and links that lead out of the content folder, are passed over.
    """
    spoken = list(_files(content / "transcripts", content))
    return Sources(
        transcripts=tuple(
            _source(path, project, path.parent.relative_to(content / "transcripts").as_posix())
            for path in spoken
            if path.suffix.lower() not in _SIDECARS
        ),
        sidecars={ids.slug(path.stem): _source(path, project) for path in spoken if path.suffix.lower() in _SIDECARS},
        topics=tuple(_source(path, project) for path in _files(content / "topics", content) if path.suffix == ".md"),
        lexicon=_one(content / "lexicon.yml", project),
        people=_one(content / "people.yml", project),
        permalinks=_one(content / PERMALINKS, project),
    )


def _files(folder: Path, content: Path) -> Iterator[Path]:
    inside = content.resolve()
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith((".", "_")) for part in path.relative_to(folder).parts)
        if not hidden and path.is_file() and path.resolve().is_relative_to(inside):
            yield path


def _source(path: Path, project: Path, folder: str = "") -> Source:
    return Source(_shown(path, project), ids.slug(path.stem), path.read_bytes(), folder.removeprefix("."))


def _one(path: Path, project: Path) -> Source | None:
    return _source(path, project) if path.is_file() else None


def _shown(path: Path, project: Path) -> str:
    return path.relative_to(project).as_posix() if path.is_relative_to(project) else path.as_posix()


def templates() -> Path:
    """The folder of our templates: in the package, or in the checkout that the package is installed from."""
    carried = Path(__file__).parent / "templates"
    return carried if carried.is_dir() else Path(__file__).parents[2] / "templates"


def assets() -> tuple[tuple[str, Path], ...]:
    """(name, path) of the files that every site needs beside its pages: style sheet, script and fonts."""
    folder = templates() / "assets"
    return tuple((path.relative_to(folder).as_posix(), path) for path in sorted(folder.rglob("*")) if path.is_file())
