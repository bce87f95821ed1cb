"""Spread work over forked processes, which share the memory of this one."""

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar

from talkbook.runtime import processes

_T = TypeVar("_T")
_R = TypeVar("_R")


def in_own_process(work: Callable[[], _R]) -> _R:
    """Return the result of `work`, run in a process of its own if possible, so that its memory is freed afterwards."""
    ((_, result),) = spread(lambda _: work(), [None], 1)
    return result


def spread(work: Callable[[_T], _R], items: Sequence[_T], most: int | None = None) -> Iterator[tuple[int, _R]]:
    """Yield (index, work(item)) for all items, in any order.

    An item that fails in a process is tried again in this one, where its exception is raised.

    most: the largest number of processes, 0 for none; None for one per core, unless there is only one. If forking is
    not safe (see processes.fork), everything runs in this process.
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
