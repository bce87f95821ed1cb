"""How many processes there may be on this machine, and of which kind."""

import os
import sys
import threading

_MOST = 8  # beyond that the process that takes the results in is the slowest


def most() -> int:
    """How many processes are worth their start: one for each core that is ours."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, _MOST)


def stand_back() -> None:
    """Have all others on this machine go before this process."""
    if hasattr(os, "nice"):
        os.nice(19)


def fork() -> bool:
    """Whether a process may be forked: only on Linux is that safe with system libraries, and nowhere with threads."""
    return sys.platform.startswith("linux") and threading.active_count() == 1
