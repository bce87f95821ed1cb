"""Staging: a site is written next to the last one and replaces it when complete, so that nobody sees half a site."""

import errno
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from talkbook.runtime import processes


@dataclass(frozen=True, slots=True)
class Staging:
    """The folder in which a site is written.

    site: the folder for which it is meant, which may contain the last site.
    folder: a folder next to it, in which the new site is written.
    """

    site: Path
    folder: Path

    @property
    def transcripts(self) -> set[str]:
        """The slugs of the conversations in the last site."""
        return {path.name.partition(".")[0] for path in (self.site / "transcripts").glob("*")} - {"index"}

    def publish(self) -> None:
        """Replace the last site with the new one, keeping hidden files of the last one, such as .git."""
        for entry in [*self.site.glob(".*")] if self.site.is_dir() else ():
            if not (self.folder / entry.name).exists():
                entry.rename(self.folder / entry.name)
        last = self.folder.with_name(f"{self.folder.name}.last")
        try:
            if self.site.exists():
                self.site.rename(last)
            self.folder.rename(self.site)
        except OSError:  # it may be a mount point, which can't be renamed
            self._move()
        shutil.rmtree(last, ignore_errors=True)

    def _move(self) -> None:
        _empty(self.site)
        for entry in self.folder.iterdir():
            shutil.move(entry, self.site / entry.name)
        self.discard()

    def remove_last(self) -> None:
        """Remove the last site, except for its hidden files."""
        if self.site.is_dir():
            _empty(self.site)

    def discard(self) -> None:
        """Remove what has been written."""
        shutil.rmtree(self.folder, ignore_errors=True)


def begin(site: Path) -> Staging:
    """Create an empty folder in which to write a site, and remove what killed builds have left.

    Raises OSError if the site can't be written.
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
    """Remove what killed builds wrote; if one was killed between its two renames, restore the last site."""
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
