"""The sources in the content folder, and where the package's own files lie."""

from pathlib import Path

from talkbook.sources import replacing, transcript_files
from talkbook.sources.opening import OpenedFile, OpenedFolder
from talkbook.sources.source import Sources

__all__ = ["PERMALINKS", "OpenedFile", "assets", "read", "templates", "write_permalinks"]

PERMALINKS = "permalinks.txt"  # in the content folder


def read(content: Path, project: Path, opened: dict[str, OpenedFile] | None = None) -> Sources:
    """All sources below the content folder.

    content: the folder that holds transcripts/, topics/, lexicon.yml, people.yml and permalinks.txt.
    project: the folder that paths in messages are relative to. opened: files that were read before, by path; a
    file whose times and size are still the same is not opened again, and what was opened is added.
    Hidden files are passed over. Links that lead out of the content folder, and what can't be
    opened, are among the problems; where such a file may say what is private in a transcript, that is withheld.
    """
    folder = OpenedFolder(content, project, {} if opened is None else opened)
    files = transcript_files.collect(folder)
    return Sources(
        transcripts=tuple(files.transcripts),
        versions=files.versions,
        shows=files.shows,
        sidecars=files.sidecars,
        strays=tuple(files.strays),
        withheld=files.withheld,
        topics=tuple(folder.sources(folder.topics())),
        lexicon=folder.file("lexicon.yml"),
        people=folder.file("people.yml"),
        permalinks=folder.file(PERMALINKS),
        problems=tuple(folder.problems),
    )


def write_permalinks(content: Path, text: str) -> Path:
    """Write the ledger of permalinks into the content folder; returns its path."""
    path = content / PERMALINKS
    replacing.write(path, text.encode())
    return path


def templates() -> Path:
    """The folder of our templates: in the package, or in the checkout that the package is installed from."""
    package = Path(__file__).parents[1]
    carried = package / "templates"
    return carried if carried.is_dir() else package.parents[1] / "templates"


def styles() -> dict[str, str]:
    """The components of the style sheet, by name."""
    return {path.stem: path.read_text("utf-8") for path in sorted((templates() / "styles").glob("*.css"))}


def assets() -> tuple[tuple[str, Path], ...]:
    """(name, path) of the files that every site needs beside its pages: scripts and fonts."""
    folder = templates() / "assets"
    return tuple((path.relative_to(folder).as_posix(), path) for path in sorted(folder.rglob("*")) if path.is_file())
