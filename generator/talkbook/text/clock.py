"""Timestamps for readers."""

from functools import lru_cache


def timestamp(seconds: float) -> str:
    """Format seconds as 1:02:03 or 2:03."""
    return _written(int(seconds))


@lru_cache(maxsize=10_000)  # the same times recur in all conversations
def _written(seconds: int) -> str:
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour}:{minute:02}:{second:02}" if hour else f"{minute}:{second:02}"
