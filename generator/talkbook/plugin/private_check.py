"""The last check of what a build has written: files that contain private words are removed."""

import logging
from hashlib import blake2b
from pathlib import Path

from talkbook.book import leaks
from talkbook.book.book import Book
from talkbook.plugin.staging import Staging

log = logging.getLogger("mkdocs.plugins.talkbook")


def run(book: Book, staging: Staging, cache: Path, folder: Path) -> None:
    """Remove all files that contain private words, and log an error for each of those in the site.

    staging: contains the new site.
    cache: a folder with files of earlier builds, which are checked too.
    folder: the folder to which paths in messages are relative.
    """
    site = staging.folder
    if not book.hidden:
        return
    for path, places in leaks.find(book.private, [site, cache]):
        path.unlink(missing_ok=True)
        if path.is_relative_to(site):
            log.error(str(leaks.problem(_shown(path, staging, folder), places, "The file has been removed. ")))
    for path in leaks.opaque(site):
        log.info(str(leaks.unsearched(_shown(path, staging, folder))))
    _forget_cards(site / "cards", cache / "talkbook" / "cards")


def _shown(path: Path, staging: Staging, folder: Path) -> str:
    """Return the path that a file of the new site will have, relative to `folder` if it is in there."""
    target = staging.site / path.relative_to(staging.folder)
    return (target.relative_to(folder) if target.is_relative_to(folder) else target).as_posix()


def _forget_cards(site: Path, cache: Path) -> None:
    """Remove cards that this site doesn't show: they may show words that are private now."""
    published = {_digest(path) for path in site.rglob("*.png")}
    for path in cache.rglob("*.png") if published else ():
        if _digest(path) not in published:
            path.unlink(missing_ok=True)


def _digest(path: Path) -> bytes:
    return blake2b(path.read_bytes(), digest_size=16).digest()
