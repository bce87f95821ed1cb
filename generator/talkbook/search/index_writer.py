"""Write the search index: each segment along with its pages, and the merged terms when all are done."""

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

    put: called with the path and the content of each file.
    frequent: the common words with which all segments are made.
    scripts: whether to write files as scripts, for copies opened from a disk.
    """

    put: Callable[[str, bytes], None]
    frequent: tuple[str, ...]
    scripts: bool = False

    def segment(self, number: int, pages: Iterable[Listing]) -> Segment:
        """Index these pages as the segment with this number; its blocks are written and dropped from the result."""
        made = segments.make([page for page in pages if page.entries], self.frequent)
        for at, content in enumerate(made.blocks):
            self._put(index_files.block(number, at), content)
        return replace(made, blocks=())

    def join(self, every: Sequence[Segment], processes: int | None = None) -> Iterator[None]:
        """Write the rest of the index, step by step; it is complete only when the iterator is exhausted.

        processes: how many to use; 0 for this one alone, None for one per core.
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
