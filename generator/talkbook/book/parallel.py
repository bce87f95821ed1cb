"""Processing many transcripts at once: in processes of this machine, or wherever an executor has them."""

import pickle
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import lru_cache
from itertools import chain
from multiprocessing import get_context

from talkbook.book import pipeline
from talkbook.book.pipeline import Processed, ReadingContext, TranscriptInput
from talkbook.runtime import processes

_ENOUGH = 2_000_000  # bytes of transcripts from which processes are worth their start
_BATCH = 1_000_000  # bytes of transcripts that go to a process at a time
_BY_CONTEXT = 4  # times what goes with them, at the least


def process_all(
    inputs: Sequence[TranscriptInput],
    context: ReadingContext,
    executor: Executor | None = None,
    *,
    behind: bool = False,
) -> Iterator[Processed]:
    """What pipeline.process_all() gives.

    executor: that it is made on; None for processes of this machine where there is enough to do for them, and
    otherwise for this process alone. behind: whether nobody waits for it, so that the processes stand back.
    """
    if executor:
        yield from _through(executor, inputs, context)
    elif sum(len(given.source.data) for given in inputs) > _ENOUGH and (count := processes.most()) > 1:
        start = get_context("fork" if processes.fork() else "spawn")
        left = deque(inputs)
        del inputs  # a file's bytes are let go of when it is processed
        try:
            own = ProcessPoolExecutor(count, mp_context=start, initializer=_begin, initargs=(behind,))
            try:
                for result in _through(own, left, context):
                    left.popleft()
                    yield result
            finally:
                own.shutdown(cancel_futures=True)  # of one who takes no more, nothing more is read
        except BrokenProcessPool:  # no processes to be had here
            yield from pipeline.process_all(left, context)
    else:
        yield from pipeline.process_all(inputs, context)


def _begin(behind: bool) -> None:
    processes.end_with_parent()
    if behind:
        processes.stand_back()


def _through(executor: Executor, inputs: Iterable[TranscriptInput], context: ReadingContext) -> Iterator[Processed]:
    packed = pickle.dumps(context)  # once, and not for every transcript
    if processes.fork():
        _unpacked(packed)  # forked processes find it done
    batches = list(_batches(inputs, max(_BATCH, _BY_CONTEXT * len(packed))))
    return chain.from_iterable(executor.map(_process, [packed] * len(batches), batches))


def _batches(inputs: Iterable[TranscriptInput], size: int) -> Iterator[list[TranscriptInput]]:
    batch: list[TranscriptInput] = []
    left = size
    for given in inputs:
        batch.append(given)
        left -= len(given.source.data)
        if left <= 0:
            yield batch
            batch, left = [], size
    if batch:
        yield batch


def _process(packed: bytes, inputs: Sequence[TranscriptInput]) -> list[Processed]:
    context = _unpacked(packed)
    return [*pipeline.process_all(inputs, context)]


@lru_cache(maxsize=1)
def _unpacked(packed: bytes) -> ReadingContext:
    context: ReadingContext = pickle.loads(packed)
    _ = context.terms, context.topic_words
    return context
