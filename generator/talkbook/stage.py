"""The stage that costs: transcripts read, cleaned and matched, one at a time.

`hear` is pure, and all that goes in and comes out can be pickled. So it runs in this
process, in others of this machine or on many machines with the same result.
"""

import pickle
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from itertools import chain
from multiprocessing import get_context

from talkbook import processes, readers, sidecar, transcripts
from talkbook.columns import Columns
from talkbook.lexicon import Lexicon
from talkbook.matching import passages
from talkbook.matching.passages import Found
from talkbook.matching.profiles import Profiles
from talkbook.matching.terms import Terms
from talkbook.model import Topic, Transcript
from talkbook.problems import Problem, Refused
from talkbook.sidecar import Sidecar
from talkbook.sources import Source

ENOUGH = 2_000_000  # bytes of transcripts from which processes are worth their start
_BATCH = 1_000_000  # bytes of transcripts that go to a process at a time
_BY_COMMON = 4  # times what goes with them, at the least


@dataclass(frozen=True, slots=True)
class Work:
    """A transcript's file and its sidecar."""

    source: Source
    side: Source | None = None


@dataclass(frozen=True)
class Common:
    """What all transcripts are read with. labels: what they call people, and their names."""

    lexicon: Lexicon = field(default_factory=Lexicon)
    labels: Mapping[str, str] = field(default_factory=dict)
    topics: tuple[Topic, ...] = ()

    @cached_property
    def terms(self) -> Terms:
        """The topics' names."""
        return Terms(self.topics)

    @cached_property
    def profiles(self) -> Profiles:
        """The topics' words."""
        return Profiles(self.topics)

    def like(self, before: "Common") -> "Common":
        """The same, with what was made of equal parts of `before`."""
        if self == before:
            return before
        if _names(self.topics) == _names(before.topics):
            self.__dict__["terms"] = before.terms
        if self.topics == before.topics:
            self.__dict__["profiles"] = before.profiles
        return self

    def __reduce__(self) -> tuple[type["Common"], tuple[Lexicon, Mapping[str, str], tuple[Topic, ...]]]:
        """Without what is made of it, which cannot be pickled."""
        return Common, (self.lexicon, self.labels, self.topics)


def _names(topics: Iterable[Topic]) -> Sequence[object]:
    return [(topic.slug, topic.names, topic.hidden_labels) for topic in topics]


@dataclass(frozen=True, slots=True)
class Heard:
    """A transcript and what it says about the topics; neither if its file can't be read, which is `refused` then."""

    transcript: Transcript | None
    found: Found | None
    problems: tuple[Problem, ...]
    refused: Source | None = None


def hear(work: Work, common: Common) -> Heard:
    """One transcript's way through the stage. Never raises: what is wrong is in the problems."""
    source, beside = work.source, work.side
    try:
        side = sidecar.read(readers.decode(beside.data, beside.path), beside.path) if beside else Sidecar()
        speech = readers.read(source.data, source.path, side.format, side.encoding)
    except Refused as refused:
        return Heard(None, None, refused.problems, source)
    clean = transcripts.clean(source.slug, source.path, speech, side, common.lexicon, labels=common.labels)
    found = passages.find(clean.transcript, common.terms, common.profiles, clean.said)
    transcript = replace(
        clean.transcript,
        show=clean.transcript.show or source.folder,  # of an archive that says so by its folders alone
        turns=Columns(clean.transcript.turns),
        edits=Columns(clean.transcript.edits),
    )
    return Heard(transcript, found, clean.problems)


def each(
    works: Sequence[Work], common: Common, executor: Executor | None = None, *, behind: bool = False
) -> Iterator[Heard]:
    """What `hear` makes of each of the works, in their order.

    executor: that it runs on; None for processes of this machine where there is enough to
    do for them, and otherwise this process alone. behind: whether nobody waits for it, so that
    the processes stand back.
    """
    if executor:
        yield from _through(executor, works, common)
    elif sum(len(work.source.data) for work in works) > ENOUGH and (count := processes.most()) > 1:
        context = get_context("fork" if processes.fork() else "spawn")
        left = deque(works)
        del works  # a file's bytes are let go of when it is heard
        try:
            first = processes.stand_back if behind else None
            with ProcessPoolExecutor(count, mp_context=context, initializer=first) as own:
                for heard in _through(own, left, common):
                    left.popleft()
                    yield heard
        except BrokenProcessPool:  # no processes to be had here
            yield from (hear(work, common) for work in left)
    else:
        yield from (hear(work, common) for work in works)


def _through(executor: Executor, works: Iterable[Work], common: Common) -> Iterator[Heard]:
    packed = pickle.dumps(common)  # once, and not for every transcript
    if processes.fork():
        _unpacked(packed)  # forked processes find it done
    batches = list(_batches(works, max(_BATCH, _BY_COMMON * len(packed))))
    return chain.from_iterable(executor.map(_hear, [packed] * len(batches), batches))


def _batches(works: Iterable[Work], size: int) -> Iterator[list[Work]]:
    batch: list[Work] = []
    left = size
    for work in works:
        batch.append(work)
        left -= len(work.source.data)
        if left <= 0:
            yield batch
            batch, left = [], size
    if batch:
        yield batch


def _hear(packed: bytes, works: Sequence[Work]) -> list[Heard]:
    common = _unpacked(packed)
    return [hear(work, common) for work in works]


@lru_cache(maxsize=1)
def _unpacked(packed: bytes) -> Common:
    common: Common = pickle.loads(packed)
    _ = common.terms, common.profiles
    return common
