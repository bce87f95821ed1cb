"""The index of a served site, written while the site is being read."""

import zlib
from pathlib import Path

import pytest
import reading
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

import building
from talkbook import searching
from talkbook.searching import Later


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def straight(folder: Path, *texts: str) -> dict[str, bytes]:
    assert [*searching.write([reading.page(*texts)], folder)]
    return contents(folder)


def test_the_first_index_is_there_at_once(tmp_path: Path) -> None:
    Later().write([reading.page("one")], tmp_path / "site" / "search")
    assert contents(tmp_path / "site" / "search") == straight(tmp_path / "straight", "one")


def test_each_next_one_is_as_if_it_were_the_first(tmp_path: Path) -> None:
    later = Later()
    for at, text in enumerate(("one", "two", "three")):
        site = tmp_path / f"site-{at}"
        (site / "search").mkdir(parents=True)
        (site / "search" / "search_index.json").write_text("{}")
        later.write([reading.page(text)], site / "search")
        assert (site / "search" / "index.bin").is_file()
        later.wait()
        expected = {**straight(tmp_path / f"straight-{at}", text), "search_index.json": b"{}"}
        assert contents(site / "search") == expected


def test_a_build_that_begins_stops_the_index_and_the_next_completes_it(tmp_path: Path) -> None:
    later = Later()
    later.write([reading.page("one")], tmp_path / "search")
    later.write([reading.page("two")], tmp_path / "search")
    later.stop()
    assert contents(tmp_path / "search") in (straight(tmp_path / "1", "one"), straight(tmp_path / "2", "two"))
    later.write([reading.page("three")], tmp_path / "search")
    later.wait()
    assert contents(tmp_path / "search") == straight(tmp_path / "3", "three")


def test_what_is_stopped_is_not_taken_for_an_index(tmp_path: Path) -> None:
    next(searching.write([reading.page("one")], tmp_path))
    assert not (tmp_path / "index.bin").exists()


def test_a_served_archive_has_the_index_of_a_clean_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "_LARGE", 0)
    project = building.copied("garden", tmp_path)

    def config(site: str) -> MkDocsConfig:
        return load_config(str(project / "mkdocs.yml"), site_dir=str(tmp_path / site))

    first = config("served")
    first.plugins.on_startup(command="serve", dirty=False)
    plugin = first.plugins["talkbook"]
    build(first)
    talk = project / "content" / "transcripts" / "sun.srt"
    talk.write_text(talk.read_text("utf-8").replace("drought", "heatwave"), "utf-8")
    build(config("served"))
    plugin.later.wait()
    plugin.serving, plugin.kept = False, None
    build(config("clean"))
    served, clean = (contents(tmp_path / site / "search") for site in ("served", "clean"))
    assert b"heatwave" in zlib.decompress(served["words/0.bin"])
    assert served == clean
