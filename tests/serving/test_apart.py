"""Work in another process has the same result as in this one."""

import os
from pathlib import Path

import pytest

import building
from talkbook.plugin import contents
from talkbook.runtime import pool, processes


def test_quotes_chosen_in_another_process_make_the_same_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    garden = building.copied("garden", tmp_path)
    building.build(garden, tmp_path / "one")
    monkeypatch.setattr(contents, "_LARGE", 0)
    building.build(garden, tmp_path / "other")
    one, other = building.contents(tmp_path / "one"), building.contents(tmp_path / "other")
    assert any(name.startswith("quotes/") for name in one)
    assert {name: other.get(name) for name in one if "sitemap" not in name} == {
        name: data for name, data in one.items() if "sitemap" not in name
    }


def test_work_runs_in_another_process_if_forking_is_possible(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (pool.in_own_process(os.getpid) != os.getpid()) == processes.fork()
    monkeypatch.setattr(processes, "fork", lambda: False)
    assert pool.in_own_process(os.getpid) == os.getpid()


def test_an_exception_in_another_process_is_raised_here() -> None:
    def work() -> None:
        raise ValueError("no quotes")

    with pytest.raises(ValueError, match="no quotes"):
        pool.in_own_process(work)
