"""Walk the content folder and open its files, and keep track of what can't be opened."""

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from os.path import realpath
from pathlib import Path

from talkbook.problems import Problem
from talkbook.sources import sidecar_names
from talkbook.sources.source import Source
from talkbook.text import ids

_TEXTS = (".markdown", ".mdown", ".mkd", ".txt", ".yml", ".yaml")
_OURS = ("lexicon.yml", "people.yml")  # YAML files at the top of the content folder that are not sidecars
_FOREIGN = ("site", "node_modules")  # found if the content folder is also the project folder
_UNDECODED = re.compile("[\ud800-\udfff]")  # surrogates, which stand for bytes of a name that are not UTF-8
_COPY = "Put a copy of its target here, or remove it."

OpenedFile = tuple[tuple[int, ...], Source]  # (times, size and inode of the file, its content)


@dataclass(frozen=True, slots=True)
class Unread:
    """An entry of the content folder that can't be read."""

    path: Path
    problem: Problem
    folder: bool = False


@dataclass(slots=True)
class OpenedFolder:
    """The content folder, with the problems and unreadable entries found in it."""

    content: Path
    project: Path
    opened: dict[str, OpenedFile]
    problems: list[Problem] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)

    def files(self, name: str) -> Iterator[os.DirEntry[str]]:
        """Iterate over the files in a folder and its subfolders, sorted by name; skips hidden and unusable ones."""
        folder = self.content / name
        if folder.is_dir():
            return self._below(str(folder)) if self.inside(folder) else iter(())
        if os.path.lexists(folder):
            self.report(folder, "This is not a folder.", f"Put the files into a folder with the name {name}.")
        return iter(())

    def topics(self) -> Iterator[os.DirEntry[str]]:
        """Yield the files of topics; other text files among them are reported."""
        for file in self.files("topics"):
            if file.name.lower().endswith(".md"):
                yield file
            elif file.name.lower().endswith(_TEXTS):
                message = "The file of a topic must end in .md, so this one is ignored."
                hint = "Rename it. Files whose names begin with _ are skipped without a message."
                self.report(Path(file.path), message, hint, warning=True)

    def _below(self, folder: str) -> Iterator[os.DirEntry[str]]:
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            self._report_error(Path(folder), "folder", error)
            return
        for entry in entries:
            path, link = Path(entry.path), entry.is_symlink()
            if entry.name.startswith((".", "_")) or (link and not self.inside(path)):
                continue
            if entry.is_dir(follow_symlinks=False):
                if sidecar_names.sidecar(entry.name):
                    self._report_unread(path, "This is a folder, but it has the name of a sidecar.", "Rename it.")
                else:
                    yield from self._below(entry.path)
            elif path.is_file() if link else entry.is_file():  # a link may be circular
                yield entry
            elif link:
                self._report_unread(path, "This link doesn't lead to a file.", _COPY)
            else:
                message = "This is not a file but a pipe, a socket or a device."
                self._report_unread(path, message, "Put a file here, or remove it.")

    def sources(self, files: Iterable[os.DirEntry[str] | Path]) -> Iterator[Source]:
        """Yield the files as sources; those that can't be opened are reported and left out."""
        for file in files:
            path = os.fspath(file)
            if _UNDECODED.search(path, len(str(self.content))):
                self._report_unread(Path(path), "The name of this file is not UTF-8.", "Rename it.")
                continue
            try:
                status = file.stat()
                stamp = (status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino)
                known = self.opened.get(path)
                if known is None or known[0] != stamp:
                    known = self.opened[path] = (stamp, self._source(Path(path)))
                yield known[1]
            except OSError as error:
                self.opened.pop(path, None)
                self._report_error(Path(path), "file", error)

    def report(self, path: Path, message: str, hint: str, *, warning: bool = False) -> Problem:
        """Record and return a problem of the file."""
        problem = Problem(self._shown(path), 0, message, hint, warning)
        self.problems.append(problem)
        return problem

    def _report_unread(self, path: Path, message: str, hint: str, *, folder: bool = False) -> None:
        self.unread.append(Unread(path, self.report(path, message, hint), folder))

    def _report_error(self, path: Path, what: str, error: OSError) -> None:
        message = f"This {what} can't be opened: {error.strerror}."
        self._report_unread(path, message, "Let Talkbook read it, or remove it.", folder=what == "folder")

    def _source(self, path: Path) -> Source:
        data = path.read_bytes()
        private = sidecar_names.speaks_as_sidecar(data)
        return Source(self._shown(path), ids.slug(path.stem), data, self.below(path), says_private=private)

    def below(self, path: Path) -> str:
        """Return the folder of a file, relative to the top folder that it is in, such as transcripts/ or topics/."""
        return path.parent.relative_to(self.content).as_posix().partition("/")[2]

    def file(self, name: str) -> Source | None:
        """Return the file with this name in the content folder, or None."""
        path = self.content / name
        if path.is_file():
            return next(self.sources([path] if self.inside(path) else ()), None)
        if os.path.lexists(path):
            self.report(path, "This is not a file that can be read.", "Put a file here, or remove it.")
        elif path.suffix == ".yml" and path.with_suffix(".yaml").is_file():
            message = f"The name of this file must be {name}, so it is ignored."
            self.report(path.with_suffix(".yaml"), message, "Rename it.", warning=True)
        return None

    def inside(self, path: Path) -> bool:
        """Return whether the path stays in the content folder once links are resolved; if not, report it."""
        inside = Path(realpath(path)).is_relative_to(realpath(self.content))
        if not inside:
            self._report_unread(path, "This link leads out of the content folder.", _COPY, folder=path.is_dir())
        return inside

    def _shown(self, path: Path) -> str:
        return path.relative_to(self.project).as_posix() if path.is_relative_to(self.project) else path.as_posix()

    def strays(self) -> Iterator[Path]:
        """Yield YAML files that look like misplaced sidecars, and hidden copies of sidecars such as .talk.yml.swp."""
        for folder, folders, names in os.walk(self.content):
            folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in _FOREIGN)
            parts = Path(folder).relative_to(self.content).parts
            read = parts[:1] == ("transcripts",) and not any(part.startswith("_") for part in parts)
            for name in sorted(names):
                hidden = name.startswith((".", "_"))
                ours = not parts and name in _OURS
                unread = sidecar_names.sidecar(name) and (hidden or not read) and not ours
                if unread or (hidden and read and sidecar_names.misnamed(name)):
                    yield Path(folder) / name
