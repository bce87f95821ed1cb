"""Our own search index on the disk: part by part where pages are written, and joined when all are there."""

import atexit
import logging
import os
import shutil
import tempfile
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from talkbook.runtime import pool, progress
from talkbook.runtime.background import After, Step, Turn
from talkbook.search import index_files, postings, segments
from talkbook.search.blocks import Listing
from talkbook.search.index_files import Group
from talkbook.search.postings import MergePlan
from talkbook.search.segments import Segment

log = logging.getLogger("mkdocs.plugins.talkbook")

_FOLDERS = ("blocks", "terms", "words")
_LAST = "index.bin"


@dataclass(frozen=True, slots=True)
class Index:
    """An index in a folder. frequent: the words that all its parts are made with. scripts: whether its files are."""

    folder: Path
    frequent: tuple[str, ...]
    scripts: bool = False

    def begin(self) -> None:
        """Make the folders."""
        for name in _FOLDERS:
            (self.folder / name).mkdir(parents=True, exist_ok=True)

    def part(self, number: int, pages: Iterable[Listing]) -> Segment:
        """The part with this number, of these pages; its blocks are written and forgotten."""
        made = segments.make(pages, self.frequent)
        for at, content in enumerate(made.blocks):
            self._put(index_files.block(number, at), content)
        return replace(made, blocks=())

    def join(self, every: Sequence[Segment]) -> Iterator[None]:
        """Write the rest of the index, step by step; left before its end, it is not complete."""
        way = postings.plan(every)
        found: dict[int, Group] = {}
        joined = pool.spread(partial(self._group, way), range(len(way.groups)))
        for at, group in progress.shown("Joining the search index", joined, len(way.groups)):
            found[at] = group
            yield None
        for file in index_files.head(way, [found[at] for at in sorted(found)], self.frequent):
            self._write(*file)
            yield None

    def _group(self, way: MergePlan, number: int) -> Group:
        group, files = index_files.group(way, number)
        for file in files:
            self._write(*file)
        return group

    def _write(self, path: str, content: bytes) -> None:
        self._put(path, segments.pack(content))

    def _put(self, path: str, packed: bytes) -> None:
        if self.scripts:
            path, packed = index_files.script(path, packed)
        (self.folder / path).write_bytes(packed)


class Later:
    """Writes the index of a served site while the site is being read, so that nobody who edits waits for it.

    Until it is there, the index before answers. Parts whose pages are the same are taken over from it.
    """

    def __init__(self) -> None:
        self._before: Index | None = None  # the last complete index
        self._known: list[tuple[Sequence[Listing], Segment]] = []  # its parts
        self._after = After(Turn(), lambda error: log.error(str(error)))
        self._one = threading.Lock()

    @property
    def nothing(self) -> bool:
        """Whether nothing is written yet."""
        return self._before is None

    def stop(self) -> None:
        """Give up what is being written, as a build does that begins."""
        self._after.stop()

    def forget(self) -> None:
        """Keep nothing of the index before: it is not to answer again."""
        self.stop()
        self.wait()
        if self._before:
            shutil.rmtree(self._before.folder, ignore_errors=True)
        self._before, self._known = None, []

    def wait(self) -> None:
        """Wait until nothing is being written."""
        self._after.wait()

    def write(self, wanted: Index, chunks: Sequence[Sequence[Listing]], made: Sequence[Segment] = ()) -> None:
        """Write the index with a part for each chunk of pages: the first at once, others later.

        made: parts that are there already, of the first chunks.
        """
        self.stop()
        wanted.begin()
        if self._before is None:
            place = Path(tempfile.mkdtemp(prefix="talkbook-search-"))
            atexit.register(shutil.rmtree, place, ignore_errors=True)
            rest = (wanted.part(at, chunks[at]) for at in range(len(made), len(chunks)))
            self._known = list(zip(chunks, [*made, *rest], strict=True))
            deque(wanted.join([part for _, part in self._known]), maxlen=0)
            _copy(wanted.folder, place / "now")
            self._before = replace(wanted, folder=place / "now")
            return
        if not (wanted.folder / _LAST).exists():
            self.wait()
            _copy(self._before.folder, wanted.folder)
        self._after.start(partial(self._replace, wanted, chunks))

    def _replace(self, wanted: Index, chunks: Sequence[Sequence[Listing]]) -> Iterator[Step]:
        with self._one:  # that is stopped may be at its last step yet
            yield from self._next(wanted, chunks)

    def _next(self, wanted: Index, chunks: Sequence[Sequence[Listing]]) -> Iterator[Step]:
        before = self._before
        assert before is not None
        fresh = replace(wanted, folder=before.folder.with_name("next"))
        try:
            fresh.begin()
            known: list[tuple[Sequence[Listing], Segment]] = []
            for at, pages in enumerate(chunks):
                known.append((pages, self._again(at, pages, before, fresh) or fresh.part(at, pages)))
                yield None
            yield from fresh.join([part for _, part in known])
            shutil.rmtree(before.folder)
            fresh.folder.rename(before.folder)
            self._known, self._before = known, replace(fresh, folder=before.folder)
        finally:
            shutil.rmtree(fresh.folder, ignore_errors=True)
        with suppress(OSError):  # of a site that is no more
            _copy(before.folder, wanted.folder)

    def _again(self, at: int, pages: Sequence[Listing], before: Index, fresh: Index) -> Segment | None:
        """The part as it was, with its blocks, if its pages are the same as before."""
        same = at < len(self._known) and before.frequent == fresh.frequent and self._known[at][0] == pages
        if not same:
            return None
        part = self._known[at][1]
        for number in range(len(part.kinds)):
            _link(before.folder / index_files.block(at, number), fresh.folder / index_files.block(at, number))
        return part


def _copy(index: Path, folder: Path) -> None:
    for name in _FOLDERS:
        shutil.rmtree(folder / name, ignore_errors=True)
        shutil.copytree(index / name, folder / name, copy_function=_link)
    (folder / _LAST).unlink(missing_ok=True)
    _link(index / _LAST, folder / _LAST)


def _link(source: str | Path, target: str | Path) -> None:
    try:
        os.link(source, target)
    except OSError:  # another disk
        shutil.copyfile(source, target)
