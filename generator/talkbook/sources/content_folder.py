"""Read the sources in the content folder, and locate the files that the package brings along."""

from pathlib import Path

from talkbook.sources import replacing, transcript_files
from talkbook.sources.opening import OpenedFile, OpenedFolder
from talkbook.sources.source import Sources

__all__ = ["DRAFTS", "PERMALINKS", "OpenedFile", "assets", "read", "templates", "write_permalinks"]

PERMALINKS = "permalinks.txt"  # in the content folder
DRAFTS = "drafts.txt"  # likewise; what `talkbook draft` has proposed so far


def read(content: Path, project: Path, opened: dict[str, OpenedFile] | None = None) -> Sources:
    """Return all sources below the content folder.

    content: the folder that holds transcripts/, topics/, lexicon.yml, people.yml and permalinks.txt.
    project: the folder to which paths in messages are relative.
    opened: a cache of files read before, by path, which is updated; a file whose times and size are unchanged is not
        read again.

    Hidden files are skipped. Links out of the content folder and files that can't be opened are reported among the
    problems; if such a file may say what is private in a transcript, that transcript is withheld.
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
    """Write the ledger of permalinks into the content folder, and return its path."""
    path = content / PERMALINKS
    replacing.write(path, text.encode())
    return path


def templates() -> Path:
    """Return the folder of Talkbook's templates: in the package or, if installed from a checkout, in that."""
    package = Path(__file__).parents[1]
    carried = package / "templates"
    return carried if carried.is_dir() else package.parents[1] / "templates"


def styles() -> dict[str, str]:
    """Return the components of the style sheet: name -> CSS."""
    return {path.stem: path.read_text("utf-8") for path in sorted((templates() / "styles").glob("*.css"))}


def assets() -> tuple[tuple[str, Path], ...]:
    """Return the (name, path) of the scripts and fonts that every site needs."""
    folder = templates() / "assets"
    return tuple((path.relative_to(folder).as_posix(), path) for path in sorted(folder.rglob("*")) if path.is_file())
