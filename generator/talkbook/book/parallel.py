"""Process many transcripts in parallel: on this machine, or on an executor such as a cluster."""

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

_ENOUGH = 2_000_000  # bytes of transcripts from which starting processes is worth it
_BATCH = 1_000_000  # bytes of transcripts sent to a process at a time, at least
_BY_CONTEXT = 4  # or this many times the size of the context sent with them


def process_all(
    inputs: Sequence[TranscriptInput],
    context: ReadingContext,
    executor: Executor | None = None,
    *,
    behind: bool = False,
) -> Iterator[Processed]:
    """Do what pipeline.process_all() does, in parallel if that is worth it.

    executor: where to process; None for this machine, which starts processes if there is enough to do.
    behind: whether nobody is waiting, so that the processes get a low priority.
    """
    if executor:
        yield from _through(executor, inputs, context)
    elif sum(len(given.source.data) for given in inputs) > _ENOUGH and (count := processes.most()) > 1:
        start = get_context("fork" if processes.fork() else "spawn")
        left = deque(inputs)
        del inputs  # so that each file's bytes are freed once it is processed
        try:
            own = ProcessPoolExecutor(count, mp_context=start, initializer=_begin, initargs=(behind,))
            try:
                for result in _through(own, left, context):
                    left.popleft()
                    yield result
            finally:
                own.shutdown(cancel_futures=True)  # if the caller stops early, nothing more is read
        except BrokenProcessPool:  # no processes can be started here
            yield from pipeline.process_all(left, context)
    else:
        yield from pipeline.process_all(inputs, context)


def _begin(behind: bool) -> None:
    processes.end_with_parent()
    if behind:
        processes.stand_back()


def _through(executor: Executor, inputs: Iterable[TranscriptInput], context: ReadingContext) -> Iterator[Processed]:
    packed = pickle.dumps(context)  # once, not for each transcript
    if processes.fork():
        _unpacked(packed)  # forked processes inherit the cached result
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
