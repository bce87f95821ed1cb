"""Fixtures: a served project whose site changes only if a test builds it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from served import Served


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the time of builds, which a theme may show, and let no saved file start one."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1500000000")
    monkeypatch.setattr("talkbook.plugin.file_changes.listen", lambda server: None)


@pytest.fixture
def served(tmp_path: Path, still: None) -> Iterator[Served]:
    """The garden, served."""
    made = Served(tmp_path)
    yield made
    made.close()
