"""Processes on this machine: how many there may be and of which kind, and who goes first."""

import multiprocessing
import os
import sys
import threading
from multiprocessing.connection import wait

_MOST = 8  # beyond that the process that takes the results in is the slowest


def most() -> int:
    """How many processes are worth their start: one for each core that is ours."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, _MOST)


def stand_back() -> None:
    """Give this process the lowest priority."""
    if hasattr(os, "nice"):
        os.nice(19)


def alive(number: int) -> bool:
    """Whether a process of this number runs; where the system can't be asked, none does."""
    if os.name != "posix":
        return False
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except OSError:  # somebody else's
        return True
    return True


def end_with_parent() -> None:
    """Have this process, a child of multiprocessing's, end as soon as its parent has, even one that was killed."""
    parent = multiprocessing.parent_process()
    if parent:
        threading.Thread(target=_follow, args=(parent.sentinel,), daemon=True).start()


def _follow(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)  # at once: nobody is there to take a result


def fork() -> bool:
    """Whether it is safe to fork: only on Linux, where system libraries allow it, and only without other threads."""
    return sys.platform.startswith("linux") and threading.active_count() == 1
