"""The sources in the content folder, and where the package's own files lie."""

from pathlib import Path

from talkbook.sources import replacing, transcript_files
from talkbook.sources.opening import Opened, OpenedFolder
from talkbook.sources.source import Sources

__all__ = ["PERMALINKS", "Opened", "assets", "read", "templates", "write_permalinks"]

PERMALINKS = "permalinks.txt"  # in the content folder


def read(content: Path, project: Path, known: dict[str, Opened] | None = None) -> Sources:
    """All sources below the content folder.

    content: the folder that holds transcripts/, topics/, lexicon.yml, people.yml and permalinks.txt.
    project: the folder that paths in messages are relative to. known: what was opened before, by path; a
    file whose times and size are still the same is not opened again, and what was opened is added.
    Hidden files are passed over. Links that lead out of the content folder, and what can't be
    opened, are among the problems; where such a file may say what is private in a transcript, that is withheld.
    """
    place = OpenedFolder(content, project, {} if known is None else known)
    talks = transcript_files.find(place)
    return Sources(
        transcripts=tuple(talks.transcripts),
        versions=talks.versions,
        shows=talks.shows,
        sidecars=talks.sidecars,
        strays=tuple(talks.strays),
        withheld=talks.withheld,
        topics=tuple(place.sources(place.topics())),
        lexicon=place.one("lexicon.yml"),
        people=place.one("people.yml"),
        permalinks=place.one(PERMALINKS),
        problems=tuple(place.problems),
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
