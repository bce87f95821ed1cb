"""Spreading work over forked processes, which share all that was there before."""

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar

from talkbook.runtime import processes

_T = TypeVar("_T")
_R = TypeVar("_R")


def in_own_process(work: Callable[[], _R]) -> _R:
    """The result of the work, done in a process of its own where that can be, which takes its memory with it."""
    ((_, result),) = spread(lambda _: work(), [None], 1)
    return result


def spread(work: Callable[[_T], _R], items: Sequence[_T], most: int | None = None) -> Iterator[tuple[int, _R]]:
    """(index, work(item)) for all items, in any order. What fails in a process is done again here, and raises here.

    most: processes, 0 for none; None for as many as there are cores, if that is more than one. Without fork, or
    with threads about, all is done here.
    """
    count = min(processes.most() if most is None else most, len(items))
    if count < (2 if most is None else 1) or not processes.fork():
        for at, item in enumerate(items):
            yield at, work(item)
        return
    context = multiprocessing.get_context("fork")
    readers: dict[Any, multiprocessing.process.BaseProcess] = {}
    failed: list[int] = []
    done: set[int] = set()
    try:
        for first in range(count):
            reader, writer = context.Pipe(duplex=False)
            given = (work, items, range(first, len(items), count), writer)
            readers[reader] = context.Process(target=_run, args=given, daemon=True)
            readers[reader].start()
            writer.close()
        while readers:
            for reader in wait([*readers]):  # type: ignore[assignment]
                try:
                    at, ok, result = reader.recv()
                except EOFError:
                    readers.pop(reader).join()
                    continue
                if ok:
                    done.add(at)
                    yield at, result
                else:
                    failed.append(at)
    finally:
        for process in readers.values():
            process.terminate()
    left = (at for at in range(len(items)) if at not in done and at not in failed)
    yield from ((at, work(items[at])) for at in [*failed, *left])


def _run(work: Callable[[_T], _R], items: Sequence[_T], mine: range, writer: "Connection[Any, Any]") -> None:
    processes.end_with_parent()
    for at in mine:
        try:
            writer.send((at, True, work(items[at])))
        except Exception:
            writer.send((at, False, None))
            break
    writer.close()
