"""Processes on this machine: how many there may be and of which kind, and who goes first."""

import os
import sys
import threading

_MOST = 8  # beyond that the process that takes the results in is the slowest


def most() -> int:
    """How many processes are worth their start: one for each core that is ours."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, _MOST)


def stand_back() -> None:
    """Give this process the lowest priority."""
    if hasattr(os, "nice"):
        os.nice(19)


def fork() -> bool:
    """Whether it is safe to fork: only on Linux, where system libraries allow it, and only without other threads."""
    return sys.platform.startswith("linux") and threading.active_count() == 1
