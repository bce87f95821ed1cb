"""The one place that opens files of the content folder, and that knows where the package's own lie."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from os.path import realpath
from pathlib import Path

from talkbook.problems import Problem
from talkbook.sources.source import Source, Sources
from talkbook.text import ids

PERMALINKS = "permalinks.txt"  # in the content folder
_SIDECARS = (".yml", ".yaml")
_TEXTS = (".markdown", ".mdown", ".mkd", ".txt", ".yml", ".yaml")

Opened = tuple[tuple[int, int, int], Source]  # time, size and number of a file, and what stood in it


def read(content: Path, project: Path, known: dict[str, Opened] | None = None) -> Sources:
    """All sources below the content folder.

    content: the folder that holds transcripts/, topics/, lexicon.yml, people.yml and permalinks.txt.
    project: the folder that paths in messages are relative to. known: what was opened before, by path; a
    file whose time and size are still the same is not opened again, and what was opened is added.
    Hidden files are passed over. Links that lead out of the content folder, and what can't be
    opened, are among the problems.
    """
    place = _Place(content, project, {} if known is None else known)
    beside: list[os.DirEntry[str]] = []
    spoken: list[os.DirEntry[str]] = []
    for file in place.files("transcripts"):
        (beside if file.name.lower().endswith(_SIDECARS) else spoken).append(file)
    return Sources(
        transcripts=tuple(place.sources(spoken)),
        sidecars=_beside(place.sources(beside)),
        topics=tuple(place.sources(place.topics())),
        lexicon=place.one("lexicon.yml"),
        people=place.one("people.yml"),
        permalinks=place.one(PERMALINKS),
        problems=tuple(place.problems),
    )


@dataclass(slots=True)
class _Place:
    """The content folder, and what was met in it that can't be taken up."""

    content: Path
    project: Path
    known: dict[str, Opened]
    problems: list[Problem] = field(default_factory=list)

    def files(self, name: str) -> Iterator[os.DirEntry[str]]:
        """The files in a folder that are ours to read, folder by folder in order."""
        folder = self.content / name
        return self._below(str(folder)) if folder.is_dir() and self._inside(folder) else iter(())

    def topics(self) -> Iterator[os.DirEntry[str]]:
        """The files of topics; of other texts it is said that they are none."""
        for file in self.files("topics"):
            if file.name.lower().endswith(".md"):
                yield file
            elif file.name.lower().endswith(_TEXTS):
                message = "A topic's file ends in .md, and this one is left out."
                hint = "Rename it; what begins with _ is passed over."
                self.problems.append(Problem(self._shown(Path(file.path)), 0, message, hint, warning=True))

    def _below(self, folder: str) -> Iterator[os.DirEntry[str]]:
        try:
            inside = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            self._refuse(Path(folder), "folder", error)
            return
        for entry in inside:
            if entry.name.startswith((".", "_")) or (entry.is_symlink() and not self._inside(Path(entry.path))):
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from self._below(entry.path)
            elif Path(entry.path).is_file() if entry.is_symlink() else entry.is_file():  # a link may lead in a circle
                yield entry
            elif entry.is_symlink():
                hint = "Put a copy of what it leads to here, or remove it."
                self.problems.append(Problem(self._shown(Path(entry.path)), 0, "This link leads to no file.", hint))

    def sources(self, files: Iterable[os.DirEntry[str] | Path]) -> Iterator[Source]:
        """What stands in them; those that can't be opened are left out."""
        for file in files:
            path = os.fspath(file)
            try:
                status = file.stat()
                stamp = (status.st_mtime_ns, status.st_size, status.st_ino)
                before = self.known.get(path)
                if before is None or before[0] != stamp:
                    before = self.known[path] = (stamp, self._source(Path(path)))
                yield before[1]
            except OSError as error:
                self._refuse(Path(path), "file", error)

    def _refuse(self, path: Path, what: str, error: OSError) -> None:
        message = f"This {what} can't be opened: {error.strerror}."
        self.problems.append(Problem(self._shown(path), 0, message, "Let Talkbook read it, or remove it."))

    def _source(self, path: Path) -> Source:
        folder = path.parent.relative_to(self.content).as_posix().partition("/")[2]
        return Source(self._shown(path), ids.slug(path.stem), path.read_bytes(), folder)

    def one(self, name: str) -> Source | None:
        """The file of this name, if there is one."""
        path = self.content / name
        return next(self.sources([path] if self._inside(path) and path.is_file() else ()), None)

    def _inside(self, path: Path) -> bool:
        """Whether the path is no link out of the content folder; else that is said."""
        inside = Path(realpath(path)).is_relative_to(realpath(self.content))
        if not inside:
            hint = "Put a copy of what it leads to here, or remove it."
            self.problems.append(Problem(self._shown(path), 0, "This link leads out of the content folder.", hint))
        return inside

    def _shown(self, path: Path) -> str:
        return path.relative_to(self.project).as_posix() if path.is_relative_to(self.project) else path.as_posix()


def _beside(found: Iterable[Source]) -> dict[str, Source]:
    sidecars: dict[str, Source] = {}
    for source in found:
        sidecars[source.path if source.slug in sidecars else source.slug] = source
    return sidecars


def write_permalinks(content: Path, text: str) -> Path:
    """Write the ledger of permalinks into the content folder; returns its path."""
    path = content / PERMALINKS
    path.write_text(text, "utf-8")
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
