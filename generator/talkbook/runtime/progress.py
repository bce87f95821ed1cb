"""A progress line on a terminal; silent anywhere else."""

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

_AFTER, _EVERY = 2.0, 0.2  # seconds

_T = TypeVar("_T")


def track(what: str, items: Iterable[_T], total: int) -> Iterator[_T]:
    """Yield the items; after two seconds, show on standard error how many of `total` are done.

    what: the work in words, such as "Writing pages".
    """
    if not sys.stderr.isatty():
        yield from items
        return
    began = last = time.monotonic()
    drawn = False
    try:
        for done, item in enumerate(items, 1):
            yield item
            now = time.monotonic()
            if now - began > _AFTER and now - last > _EVERY:
                last, drawn = now, True
                print(f"\r\x1b[K{what}: {done:,} of {total:,}", end="", file=sys.stderr, flush=True)
    finally:
        if drawn:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
