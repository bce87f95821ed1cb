"""The last look at what a build has written: a file in which private words stand is not left there."""

import logging
from hashlib import blake2b
from pathlib import Path

from talkbook.book import leaks
from talkbook.book.build import Book
from talkbook.plugin.staging import Staging

log = logging.getLogger("mkdocs.plugins.talkbook")


def run(book: Book, staging: Staging, cache: Path, folder: Path) -> None:
    """Remove what holds private words, and say of each file of the site that it did.

    staging: of the site. cache: the folder of what earlier builds have left. folder: that paths in messages are
    relative to.
    """
    site = staging.folder
    if not book.hidden:
        return
    for path, places in leaks.find(book.private, [site, cache]):
        path.unlink(missing_ok=True)
        if path.is_relative_to(site):
            target = staging.site / path.relative_to(site)
            name = target.relative_to(folder).as_posix() if target.is_relative_to(folder) else target.as_posix()
            log.error(str(leaks.problem(name, places, "The file has been removed. ")))
    _forget_cards(site / "cards", cache / "talkbook" / "cards")


def _forget_cards(site: Path, cache: Path) -> None:
    """Remove pictures that this site does not show: words may be private now that were drawn once."""
    published = {_digest(path) for path in site.rglob("*.png")}
    for path in cache.rglob("*.png") if published else ():
        if _digest(path) not in published:
            path.unlink(missing_ok=True)


def _digest(path: Path) -> bytes:
    return blake2b(path.read_bytes(), digest_size=16).digest()
