"""A site is written beside the last one and takes its place when it is whole, so that no half of one is ever seen."""

import errno
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from talkbook.runtime import processes


@dataclass(frozen=True, slots=True)
class Staging:
    """Where a site is written. site: the folder that it is meant for. folder: beside that one, until it is whole."""

    site: Path
    folder: Path

    @property
    def transcripts(self) -> set[str]:
        """The slugs of the conversations that the last site shows."""
        return {path.name.partition(".")[0] for path in (self.site / "transcripts").glob("*")} - {"index"}

    def publish(self) -> None:
        """Put what is written in the place of the last site. Hidden files of that one, such as .git, stay."""
        for entry in [*self.site.glob(".*")] if self.site.is_dir() else ():
            if not (self.folder / entry.name).exists():
                entry.rename(self.folder / entry.name)
        last = self.folder.with_suffix(".last")
        try:
            if self.site.exists():
                self.site.rename(last)
            self.folder.rename(self.site)
        except OSError:  # it may be the root of a file system, which can't be renamed
            self._move()
        shutil.rmtree(last, ignore_errors=True)

    def _move(self) -> None:
        _empty(self.site)
        for entry in self.folder.iterdir():
            shutil.move(entry, self.site / entry.name)
        self.discard()

    def remove_last(self) -> None:
        """Leave nothing of the last site but its hidden files."""
        if self.site.is_dir():
            _empty(self.site)

    def discard(self) -> None:
        """Leave nothing of what is written."""
        shutil.rmtree(self.folder, ignore_errors=True)


def begin(site: Path) -> Staging:
    """An empty folder for a site. What builds have left behind that were killed is removed.

    Raises OSError where the site can't be written.
    """
    site = Path(os.path.realpath(site))
    if site.exists() and not site.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(site))
    site.parent.mkdir(parents=True, exist_ok=True)
    _sweep(site)
    folder = site.with_name(f".{site.name}.{os.getpid()}")
    folder.mkdir()
    return Staging(site, folder)


def _sweep(site: Path) -> None:
    """Bring back the last site where a build was killed between two renames, and remove what killed builds wrote."""
    for left in sorted(site.parent.glob(f".{site.name}.*")):
        number, _, last = left.name.removeprefix(f".{site.name}.").partition(".")
        if number.isdecimal() and (int(number) == os.getpid() or not processes.alive(int(number))):
            if last and not site.exists():
                left.rename(site)
            shutil.rmtree(left, ignore_errors=True)


def _empty(folder: Path) -> None:
    for entry in folder.iterdir():
        if entry.name.startswith("."):
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()
