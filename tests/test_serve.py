"""`mkdocs serve` survives every mistake: the page reports it, the last good site stays, and a fix clears it."""

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import building
import markup

pytestmark = pytest.mark.slow
PATIENCE = 40  # seconds to wait for a change to be served; far more than needed


class Served:
    """A project that is being served."""

    def __init__(self, project: Path, port: int) -> None:
        self.project, self.port = project, port

    def get(self, path: str) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/{path}", timeout=60) as answer:
            return str(answer.read().decode())

    def until(self, path: str, wanted: Callable[[str], bool]) -> str:
        """Return the page as soon as `wanted` holds for it."""
        end = time.monotonic() + PATIENCE
        html = ""
        while time.monotonic() < end:
            try:
                html = self.get(path)
                if wanted(html):
                    return html
            except OSError:
                pass
            time.sleep(0.1)
        raise AssertionError(f"{path} never became as wanted; it is now:\n{markup.text(markup.parse(html))[:2000]}")


@contextmanager
def serving_of(project: Path) -> Iterator[Served]:
    """Serve the project with `mkdocs serve`."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "mkdocs", "serve", "-q", "--livereload", "-a", f"127.0.0.1:{port}"]
    with (
        (project / "log.txt").open("w") as log,
        subprocess.Popen(command, cwd=project, stderr=log, stdout=log) as server,
    ):
        try:
            result = Served(project, port)
            result.until("topics/index.html", lambda html: "Topics" in html)
            yield result
            assert server.poll() is None, "the server has died"
        finally:
            server.terminate()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The bare project, served."""
    project = building.copied("bare", tmp_path_factory.mktemp("serve"))
    (project / "templates/pages").mkdir(parents=True)
    with serving_of(project) as result:
        yield result


def wrong(html: str) -> str:
    """Return the problems that the page reports; "" if there are none."""
    found = [each for each in markup.parse(html).iter() if "tb-problems" in (each.get("class") or "").split()]
    return " ".join(" ".join(markup.text(each) for each in found).split())


@pytest.mark.parametrize(
    ("name", "broken", "sentence"),
    [
        (
            "content/topics/stone.md",
            "---\ntitle: Stone\nalias: [rock]\n---\nGone.\n",
            'content/topics/stone.md:3: Unknown key "alias". Did you mean "aliases"?',
        ),
        (
            "content/topics/stone.md",
            "---\ntitle: Stone: a\n---\nGone.\n",
            "content/topics/stone.md:2: This is not valid YAML: mapping values are not allowed in this context.",
        ),
        (
            "content/topics/stone.md",
            "---\ntitle: Stone\nquotes: {pin: [a stone is what is right]}\n---\nA stone is old.\n",
            'content/topics/stone.md:3: "a stone is what is right" is not in any turn of a transcript. The nearest',
        ),
        ("content/transcripts/stones.yml", "titel: x\n", 'content/transcripts/stones.yml:1: Unknown key "titel".'),
        (
            "content/transcripts/stones.txt",
            b">> Caf\xe9\n",
            "content/transcripts/stones.txt:1: This is not UTF-8 text.",
        ),
        ("content/lexicon.yml", "corrections: [{heard: a}]", 'content/lexicon.yml:1: The key "means" is missing'),
        ("templates/pages/topic.html", "\n{% if %}", "templates/pages/topic.html:2: The template is not valid"),
        (
            "templates/pages/topic.html",
            "\n\n{{ topic.nothing.at_all }}",
            "templates/pages/topic.html:3: The template failed",
        ),
    ],
)
def test_a_mistake_is_said_on_the_page_and_mending_it_mends_the_page(
    served: Served, name: str, broken: str | bytes, sentence: str
) -> None:
    path = served.project / name
    before = path.read_bytes() if path.exists() else None
    path.write_bytes(broken if isinstance(broken, bytes) else broken.encode())
    html = served.until("topics/stone.html", lambda html: bool(wrong(html)))
    assert sentence in wrong(html)
    assert "A stone is old." in html  # the last good site stays
    assert wrong(served.get("index.html"))
    if before is None:
        path.unlink()
    else:
        path.write_bytes(before)
    html = served.until("topics/stone.html", lambda html: not wrong(html))
    assert "A stone is old." in html


def test_edits_of_every_source_are_followed(served: Served) -> None:
    (served.project / "content/topics/stone.md").write_text("---\ntitle: Stone\n---\nA stone is very old.\n")
    served.until("topics/stone.html", lambda html: "A stone is very old." in html)
    (served.project / "content/topics/pebble.md").write_text("---\ntitle: Pebble\n---\nSmall.\n")
    served.until("topics/pebble.html", lambda html: "Small." in html)
    (served.project / "content/transcripts/stones.yml").write_text("title: Of stones\n")
    served.until("transcripts/stones.html", lambda html: "Of stones" in html)
    (served.project / "content/lexicon.yml").write_text("corrections: [{heard: washed, means: rinsed, why: x}]\n")
    served.until("transcripts/stones.html", lambda html: "<ins>rinsed</ins>" in html)
    (served.project / "templates/pages/topic.html").write_text("<h1>Ours: {{ topic.title }}</h1>")
    served.until("topics/stone.html", lambda html: "Ours: Stone" in html)
    (served.project / "content/topics/pebble.md").unlink()
    html = served.until("topics/index.html", lambda html: "Pebble" not in html)
    assert "livereload" in html  # an open page reloads by itself


def test_an_empty_folder_with_the_name_of_a_sidecar_withholds_its_transcript(tmp_path: Path) -> None:
    project = building.copied("bare", tmp_path)
    with serving_of(project) as served:
        served.until("transcripts/stones.html", lambda html: "washed away" in html)
        (project / "content/transcripts/stones.yml").mkdir()
        served.until("transcripts/stones.html", lambda html: "washed away" not in html)
        (project / "content/transcripts/stones.yml").rmdir()
        served.until("transcripts/stones.html", lambda html: "washed away" in html)


def test_a_server_started_on_a_mistake_says_so_and_recovers(tmp_path: Path) -> None:
    project = building.copied("bare", tmp_path)
    (project / "content/topics/stone.md").write_text("---\ntitle: Stone\nalias: [rock]\n---\nA stone is new.\n")
    with serving_of(project) as served:
        assert 'Did you mean "aliases"?' in wrong(served.get("topics/index.html"))
        (project / "content/topics/stone.md").write_text("---\ntitle: Stone\n---\nA stone is new.\n")
        html = served.until("topics/stone.html", lambda html: "A stone is new." in html)
        assert not wrong(html)


def test_folders_that_come_and_go_are_followed(tmp_path: Path) -> None:
    project = building.copied("bare", tmp_path)
    with serving_of(project) as served:
        for said in ("First", "Second"):
            (project / "templates/pages").mkdir(parents=True)
            (project / "templates/pages/topic.html").write_text(f"<h1>{said}</h1>")
            served.until("topics/stone.html", lambda html: f"<h1>{said}</h1>" in html)  # noqa: B023
            shutil.rmtree(project / "templates")
            served.until("topics/stone.html", lambda html: "Stone" in html)
        (project / "content").rename(project / "kept")
        html = served.until("topics/index.html", lambda html: "stone" not in html)
        assert "There is no folder content/transcripts, and no folder content/topics." in wrong(html)
        (project / "kept").rename(project / "content")
        served.until("topics/index.html", lambda html: "stone" in html)
        (project / "content/topics/loam.md").write_text("---\ntitle: Loam\n---\nHeavy.\n")
        served.until("topics/index.html", lambda html: "Loam" in html)
