"""Processes on this machine: how many to start, whether forking is safe, and priorities."""

import multiprocessing
import os
import sys
import threading
from multiprocessing.connection import wait

_MOST = 8  # with more, the process that collects the results becomes the bottleneck


def most() -> int:
    """Return how many processes are worth starting: one for each core that this process may use, up to a limit."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, _MOST)


def stand_back() -> None:
    """Give this process the lowest priority."""
    if hasattr(os, "nice"):
        os.nice(19)


def alive(number: int) -> bool:
    """Return whether a process with this number is running; False where the system can't be asked."""
    if os.name != "posix":
        return False
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except OSError:  # it belongs to another user
        return True
    return True


def end_with_parent() -> None:
    """Make this process, started by multiprocessing, exit as soon as its parent has ended, even if that was killed."""
    parent = multiprocessing.parent_process()
    if parent:
        threading.Thread(target=_follow, args=(parent.sentinel,), daemon=True).start()


def _follow(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)  # without cleanup: nobody is left to take a result


def fork() -> bool:
    """Return whether it is safe to fork: only on Linux, where system libraries allow it, and without other threads."""
    return sys.platform.startswith("linux") and threading.active_count() == 1
