"""The index of a served site, written while the site is being read."""

import zlib
from collections.abc import Sequence
from pathlib import Path

import pytest
import reading
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

import building
from building import contents
from talkbook.search.blocks import Listing
from talkbook.search.segments import Segment
from talkbook.search.writer import Index, Later


def index(folder: Path) -> Index:
    return Index(folder, ("one", "two"))


def straight(folder: Path, *texts: str) -> dict[str, bytes]:
    """The index of two parts: of a page with these texts, and of one that is always the same."""
    made = index(folder)
    made.begin()
    assert [*made.join([made.part(at, pages) for at, pages in enumerate(chunks(*texts))])]
    return contents(folder)


SAME = reading.page("always the same", address="same/")


def chunks(*texts: str) -> list[list[Listing]]:
    return [[reading.page(*texts)], [SAME]]


def test_the_first_index_is_there_at_once(tmp_path: Path) -> None:
    Later().write(index(tmp_path / "site" / "search"), chunks("one"))
    assert contents(tmp_path / "site" / "search") == straight(tmp_path / "straight", "one")


def test_parts_that_are_made_already_are_taken(tmp_path: Path) -> None:
    wanted = index(tmp_path / "site" / "search")
    wanted.begin()
    made = wanted.part(0, chunks("one")[0])
    Later().write(wanted, chunks("one"), [made])
    assert contents(wanted.folder) == straight(tmp_path / "straight", "one")


def test_each_next_one_is_as_if_it_were_the_first(tmp_path: Path) -> None:
    later = Later()
    for at, text in enumerate(("one", "two", "three")):
        site = tmp_path / f"site-{at}"
        (site / "search").mkdir(parents=True)
        (site / "search" / "search_index.json").write_text("{}")
        later.write(index(site / "search"), chunks(text))
        assert (site / "search" / "index.bin").is_file()
        later.wait()
        expected = {**straight(tmp_path / f"straight-{at}", text), "search_index.json": b"{}"}
        assert contents(site / "search") == expected


def test_only_parts_whose_pages_have_changed_are_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    part = Index.part

    def noted(self: Index, number: int, pages: Sequence[Listing]) -> Segment:
        made.append(number)
        return part(self, number, pages)

    monkeypatch.setattr(Index, "part", noted)
    later = Later()
    for text in ("one", "two", "two"):
        later.write(index(tmp_path / "search"), chunks(text))
        later.wait()
    assert made == [0, 1, 0]
    later.write(Index(tmp_path / "search", ("other",)), chunks("two"))
    later.wait()
    assert made == [0, 1, 0, 0, 1]


def test_a_build_that_begins_stops_the_index_and_the_next_completes_it(tmp_path: Path) -> None:
    later = Later()
    wanted = index(tmp_path / "search")
    later.write(wanted, chunks("one"))
    later.write(wanted, chunks("two"))
    later.stop()
    assert contents(tmp_path / "search") in (straight(tmp_path / "1", "one"), straight(tmp_path / "2", "two"))
    later.write(wanted, chunks("three"))
    later.wait()
    assert contents(tmp_path / "search") == straight(tmp_path / "3", "three")


def test_what_is_stopped_is_not_taken_for_an_index(tmp_path: Path) -> None:
    made = index(tmp_path)
    made.begin()
    next(made.join([made.part(0, chunks("one")[0])]))
    assert not (tmp_path / "index.bin").exists()


def test_a_served_site_has_the_index_of_a_clean_build(tmp_path: Path) -> None:
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
