"""What an edit costs until the page is there does not grow with the archive: counted, since seconds vary."""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

import pytest
from test_serving import Served, same, still

from talkbook.plugin.incremental import Standing
from talkbook.runtime import columns

__all__ = ["still"]
FEW, MANY = 70, 210  # conversations; both more than one page lists
CALLS = 60  # of functions, for each further conversation: to see that its file is the same, and the like
SUBJECT = "soil"


@dataclass
class Cost:
    """heard: transcripts. stale: pages that the edit makes so. written: pages, until the one asked for is there."""

    heard: int = 0
    calls: int = 0
    stale: set[str] = field(default_factory=set)
    written: list[str] = field(default_factory=list)


def archive(folder: Path, count: int) -> Served:
    """A served archive of small transcripts, three of which are about a topic."""
    content = folder / "content"
    for name in ("pages", "topics", "transcripts"):
        (content / name).mkdir(parents=True)
    for at in range(count):
        words = "What is soil? Soil is dark, and it is where worms live." if at < 3 else f"It rained {at} times."
        (content / f"transcripts/talk-{at}.txt").write_text(f"Ada: {words}\nBen: Is it?\nAda: It is.\n", "utf-8")
    (content / f"topics/{SUBJECT}.md").write_text("---\ntitle: Soil\n---\n\nWhere worms live.\n", "utf-8")
    (content / "topics/rain.md").write_text(
        "---\ntitle: Hail\nquotes: {pin: [It rained 5 times.]}\n---\n\nIce from the sky.\n", "utf-8"
    )
    (content / "pages/about.md").write_text("# About\n", "utf-8")
    (content / "lexicon.yml").write_text("corrections: []\n", "utf-8")
    (folder / "mkdocs.yml").write_text(
        "site_name: Archive\ndocs_dir: content/pages\ntheme: {name: material, font: false}\n"
        "nav: [{Topics: topics/index.md}]\nplugins: [search, {talkbook: {cards: false}}]\n",
        "utf-8",
    )
    return Served(folder, folder)


def cost(served: Served, monkeypatch: pytest.MonkeyPatch, page: str) -> Cost:
    """What it costs until the page at this path is as the sources are now."""
    result = Cost()
    write = Standing.write

    def noted(self: Standing, uri: str) -> None:
        result.written.append(uri)
        write(self, uri)

    def counted(_frame: FrameType, event: str, _argument: object) -> None:
        result.calls += event in ("call", "c_call")

    with monkeypatch.context() as patched:
        patched.setattr(Standing, "write", noted)
        patched.setattr(served.plugin.after, "start", lambda work: None)  # nothing is done behind
        columns._at_hand.cache_clear()  # as in an archive with more than is kept at hand
        sys.setprofile(counted)
        try:
            served.server.builder()
            result.stale = {*served.plugin.standing.stale}
            served.plugin.refresh(page)
        finally:
            sys.setprofile(None)
    result.heard = served.plugin.editing.memory.done
    return result


def word(project: Path) -> None:
    path = project / "content/transcripts/talk-1.txt"
    path.write_text(path.read_text("utf-8").replace("dark", "dark and wet"), "utf-8")


def explanation(project: Path) -> None:
    path = project / f"content/topics/{SUBJECT}.md"
    path.write_text(path.read_text("utf-8").replace("live.", "live and eat."), "utf-8")


def correction(project: Path) -> None:
    (project / "content/lexicon.yml").write_text("corrections: [{heard: dark, means: dank}]\n", "utf-8")


def template(project: Path) -> None:
    (project / "templates/pages").mkdir(parents=True)
    (project / "templates/pages/topic.html").write_text("<h1>{{ topic.title }}</h1>", "utf-8")


@pytest.mark.parametrize(
    ("edit", "page"),
    [
        (word, "transcripts/talk-1/index.html"),
        (explanation, f"topics/{SUBJECT}/index.html"),
        (correction, "transcripts/talk-1/index.html"),
        (template, f"topics/{SUBJECT}/index.html"),
    ],
)
def test_an_edit_costs_the_same_in_an_archive_three_times_as_large(
    edit: Callable[[Path], None], page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("talkbook.plugin.transcript_cache._AT_ONCE", 1_000)  # few enough that all are more
    costs: list[Cost] = []
    for count in (FEW, MANY):
        served = archive(tmp_path / str(count), count)
        other = served.project / "content/transcripts/talk-2.txt"
        other.write_text(f"{other.read_text('utf-8')}Ben: Goodbye.\n", "utf-8")  # after it all is known
        served.build()
        edit(served.project)
        costs.append(cost(served, monkeypatch, page))
        served.plugin.editing.memory.wait()
        served.build()
        same(served.files(), served.clean())
        served.server.server_close()
    few, many = costs
    assert few.written == many.written == [f"{page.removesuffix('/index.html')}.md"]
    assert few.stale == many.stale
    assert few.heard == many.heard
    assert many.calls - few.calls <= CALLS * (MANY - FEW)
