"""Long work shows its progress on a terminal, and prints nothing to a log."""

import io
import sys

import pytest

from talkbook.runtime import progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def drawn(monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, seconds: float) -> str:
    """Return what is written to the stream while eight items arrive, `seconds` apart."""
    now = iter(range(1000))
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(progress.time, "monotonic", lambda: next(now) * seconds)
    assert list(progress.track("Reading transcripts", "abcdefgh", 8)) == [*"abcdefgh"]
    return stream.getvalue()


def test_progress_is_shown_after_two_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    said = drawn(monkeypatch, Terminal(), 1.0)
    assert "Reading transcripts: 2 of 8" not in said
    assert "Reading transcripts: 3 of 8" in said
    assert said.endswith("\r\x1b[K"), "the line is taken away in the end"


def test_short_work_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert drawn(monkeypatch, Terminal(), 0.1) == ""


def test_nothing_is_written_to_a_log(monkeypatch: pytest.MonkeyPatch) -> None:
    assert drawn(monkeypatch, io.StringIO(), 10.0) == ""
