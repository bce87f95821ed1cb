"""Our own search index as files: segment by segment where pages are written, and joined when all are there."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from talkbook.runtime import pool, progress
from talkbook.search import index_files, postings, segments
from talkbook.search.blocks import Listing
from talkbook.search.index_files import Group
from talkbook.search.postings import MergePlan
from talkbook.search.segments import Segment


@dataclass(frozen=True, slots=True)
class IndexWriter:
    """Writes an index.

    put: takes the path of each file, and its bytes. frequent: the words that all segments are made with. scripts:
    whether its files are.
    """

    put: Callable[[str, bytes], None]
    frequent: tuple[str, ...]
    scripts: bool = False

    def segment(self, number: int, pages: Iterable[Listing]) -> Segment:
        """The segment with this number, of these pages; its blocks are written and forgotten."""
        made = segments.make([page for page in pages if page.entries], self.frequent)
        for at, content in enumerate(made.blocks):
            self._put(index_files.block(number, at), content)
        return replace(made, blocks=())

    def join(self, every: Sequence[Segment], processes: int | None = None) -> Iterator[None]:
        """Write the rest of the index, step by step; left before its end, it is not complete.

        processes: that work on it, 0 for this one alone, None for as many as there are cores.
        """
        way = postings.plan(every)
        groups: dict[int, Group] = {}
        joined = pool.spread(partial(self._group, way), range(len(way.groups)), processes)
        for at, group in progress.track("Joining the search index", joined, len(way.groups)):
            groups[at] = group
            yield None
        for path, content in index_files.head(way, [groups[at] for at in sorted(groups)], self.frequent):
            self._put(path, segments.pack(content))
            yield None

    def _group(self, way: MergePlan, number: int) -> Group:
        group, files = index_files.group(way, number)
        for path, content in files:
            self._put(path, segments.pack(content))
        return group

    def _put(self, path: str, packed: bytes) -> None:
        if self.scripts:
            path, packed = index_files.script(path, packed)
        self.put(path, packed)
