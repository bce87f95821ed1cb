"""What is left of a finished build: pages that would come out the same need not be made again."""

import os
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation

from talkbook.plugin.render import packed, refusal
from talkbook.plugin.render.leaf import Leaf
from talkbook.plugin.render.watch import Readers, Watched
from talkbook.plugin.render.writer import Written


class Kept:
    """The pages of a finished build.

    stamp: stands for all that pages depend on besides the site, such as the theme. written: by uri, what is kept of
    each page that is up to date. web: the site that the pages are of.
    """

    def __init__(self, stamp: object, context: Watched, written: Iterable[Written]) -> None:
        self.stamp = stamp
        self.context = context
        self.written: dict[str, Written] = {}
        self._readers = Readers()
        for each in written:
            self.put(each)

    def put(self, written: Written) -> None:
        """The page is written."""
        self.written[written.uri] = replace(written, entries=packed.pack(written.entries))
        self._readers.put(written.uri, written.reads or frozenset())

    def drop(self, uri: str) -> None:
        """The page is out of date, or gone."""
        if self.written.pop(uri, None):
            self._readers.put(uri, frozenset())

    def touched(self, context: Watched) -> set[str]:
        """The uris of the pages that come out otherwise for this site."""
        return self._readers.touched(self.context, context)


class Reuse:
    """Takes pages over from the build before.

    folder: where the site of that build lies now. stamp, web: of this build.
    """

    def __init__(self, kept: Kept | None, folder: Path, stamp: object, context: Watched) -> None:
        self.context = context
        self.stamp = stamp
        self._folder = folder
        self._kept = kept if kept and kept.stamp == stamp and folder.is_dir() else None
        self._touched = self._kept.touched(context) if self._kept else set()

    def take(self, page: Leaf) -> Written | None:
        """What was kept of the page, if it is the same as before and has been put in its place."""
        uri = page.draft.uri
        written = self._kept.written.get(uri) if self._kept and uri not in self._touched else None
        if written is None or written.reads is None:
            return None
        try:
            for file in (page.file, *page.beside):
                path = Path(file.abs_dest_path)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.unlink(missing_ok=True)
                os.link(self._folder / file.dest_uri, path)
        except OSError:
            for file in (page.file, *page.beside):  # what is written next must not go through a link into that site
                Path(file.abs_dest_path).unlink(missing_ok=True)
            return None
        return written

    def watched(self, make: Callable[[], Written]) -> Written:
        """What `make` gives, with what it has read."""
        return watched(self.context, make)


def watched(context: Watched, make: Callable[[], Written]) -> Written:
    """What `make` gives, with what it has read of the site."""
    reads = context.begin()
    try:
        return replace(make(), reads=frozenset(reads))
    finally:
        context.end()


def stamp(config: MkDocsConfig, nav: Navigation, env: Environment) -> object:
    """What stands for all that a page depends on besides the site."""
    settings = Path(config.config_file_path).read_bytes() if config.config_file_path else b""
    pages = [(page.title, page.url, page.meta.get("icon"), page.meta.get("status")) for page in nav.pages]
    seen = [
        (str(path), status.st_mtime_ns, status.st_size)
        for folder in refusal.unknown(config)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and (status := path.stat())
    ]
    return settings, str(nav), pages, seen, sorted(map(str, env.filters)), config.site_url
