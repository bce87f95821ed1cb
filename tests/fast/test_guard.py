"""A build that fails brings the last good site back, whatever has happened to it."""

from pathlib import Path

import pytest

from making import booked, page
from talkbook.pages import explanations
from talkbook.pages.page import Addresses
from talkbook.plugin import live_server
from talkbook.runtime.memo import Memo


def test_a_failed_build_says_so_and_keeps_the_site(tmp_path: Path) -> None:
    site = tmp_path / "site"
    made = ["good", "", "better"]

    def builder() -> None:
        if not made[0]:
            raise ValueError("nothing to build")
        (site / "index.html").write_text(f"<article>{made[0]}</article>")

    site.mkdir()
    build = live_server.guard(builder, site)
    assert build() is None
    made.pop(0)
    assert "nothing to build" in str(build())
    assert (site / "index.html").read_text() == "<article>good</article>"
    made.pop(0)
    assert build() is None
    assert (site / "index.html").read_text() == "<article>better</article>"


@pytest.mark.parametrize("name", ["index.html", "quotes/q/index.html"])
def test_a_page_that_has_gone_since_a_failed_build_stops_none_after_it(tmp_path: Path, name: str) -> None:
    site = tmp_path / "site"
    fails = False

    def builder() -> None:
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("<article>a page</article>")
        if fails:
            raise ValueError("no")

    site.mkdir()
    build = live_server.guard(builder, site)
    assert build() is None
    fails = True
    assert build()
    (site / name).unlink()
    if (site / name).parent != site:
        (site / name).parent.rmdir()
    fails = False
    assert build() is None
    assert (site / name).read_text() == "<article>a page</article>"


def test_explanations_are_made_again_where_addresses_end_in_another_way() -> None:
    made = booked({}, {"loom": page("Loom", "A loom weaves; see thread."), "thread": page("Thread", "A thread.")})
    known = Memo()
    one = explanations.every(made, Addresses(True), known)
    other = explanations.every(made, Addresses(False), known)
    assert "topics/thread/" in one["loom"].html
    assert "topics/thread.html" in other["loom"].html
