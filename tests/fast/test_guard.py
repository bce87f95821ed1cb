"""A build that fails brings the last good site back, whatever has happened to it."""

from pathlib import Path

from making import booked, page
from talkbook import serving
from talkbook.known import Known
from talkbook.pages import explanations
from talkbook.pages.page import Addresses


def test_a_failed_build_says_so_and_keeps_the_site(tmp_path: Path) -> None:
    site = tmp_path / "site"
    made = ["good", "", "better"]

    def builder() -> None:
        if not made[0]:
            raise ValueError("nothing to build")
        (site / "index.html").write_text(f"<article>{made[0]}</article>")

    site.mkdir()
    build = serving.guard(builder, site)
    assert build() is None
    made.pop(0)
    assert "nothing to build" in str(build())
    assert (site / "index.html").read_text() == "<article>good</article>"
    made.pop(0)
    assert build() is None
    assert (site / "index.html").read_text() == "<article>better</article>"


def test_explanations_are_made_again_where_addresses_end_in_another_way() -> None:
    made = booked({}, {"loom": page("Loom", "A loom weaves; see thread."), "thread": page("Thread", "A thread.")})
    known = Known()
    one = explanations.every(made, Addresses(True), known)
    other = explanations.every(made, Addresses(False), known)
    assert "topics/thread/" in one["loom"].html
    assert "topics/thread.html" in other["loom"].html
