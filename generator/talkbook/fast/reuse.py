"""The pages of the build before, for those that would come out the same."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation

from talkbook.fast import refusal
from talkbook.fast.leaf import Leaf
from talkbook.fast.watch import Changes, Watched, given
from talkbook.fast.writer import Written
from talkbook.pages.every import Draft


@dataclass(frozen=True)
class Kept:
    """A finished build: its site, drafts and what was left of the pages, by uri.

    stamp: what stands for all that pages depend on besides the book, such as the theme.
    """

    stamp: object
    web: Watched
    drafts: Mapping[str, Draft]
    written: Mapping[str, Written]


class Reuse:
    """Takes pages over from the build before.

    folder: where the site of that build lies now; None where this build goes into that very site, so that
    its pages are at their place already. stamp, web: of this build.
    """

    def __init__(self, kept: Kept | None, folder: Path | None, stamp: object, web: Watched) -> None:
        self.web = web
        self.stamp = stamp
        self._folder = folder
        self._kept = kept if kept and kept.stamp == stamp and (folder is None or folder.is_dir()) else None
        reads = [each.reads for each in self._kept.written.values() if each.reads] if self._kept else []
        self._changes = Changes(self._kept.web, web, reads) if self._kept else None

    def same(self, draft: Draft) -> Written | None:
        """What was left of the page, if it is the same as before."""
        if self._kept is None or self._changes is None:
            return None
        old, written = self._kept.drafts.get(draft.uri), self._kept.written.get(draft.uri)
        if old is None or written is None or written.reads is None:
            return None
        if old.source != draft.source or given(old) != given(draft) or self._changes.touch(written.reads):
            return None
        return written

    def take(self, page: Leaf) -> Written | None:
        """What was left of the page, if it is the same as before and has been put to its place."""
        written = self.same(page.draft)
        if written is None or self._folder is None:
            return written
        try:
            for file in (page.file, *page.beside):
                path = Path(file.abs_dest_path)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.unlink(missing_ok=True)
                os.link(self._folder / file.dest_uri, path)
        except OSError:
            return None
        return written

    def watched(self, make: Callable[[], Written]) -> Written:
        """What `make` gives, with what it has read."""
        return watched(self.web, make)


def watched(web: Watched, make: Callable[[], Written]) -> Written:
    """What `make` gives, with what it has read of the site."""
    reads = web.begin()
    try:
        return replace(make(), reads=frozenset(reads))
    finally:
        web.end()


def stamp(config: MkDocsConfig, nav: Navigation, env: Environment, folders: list[Path], notice: str) -> object:
    """What stands for all that a page depends on besides the book. folders: of our pages' templates."""
    settings = Path(config.config_file_path).read_bytes() if config.config_file_path else b""
    pages = [(page.title, page.url, page.meta.get("icon"), page.meta.get("status")) for page in nav.pages]
    seen = [
        (str(path), status.st_mtime_ns, status.st_size)
        for folder in (*refusal.unknown(config), *folders)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and (status := path.stat())
    ]
    return settings, str(nav), pages, seen, sorted(map(str, env.filters)), config.site_url, notice
