"""Measure the time from saving a source until `mkdocs serve` returns the changed page."""

import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import corpus
import peers

_TEMPLATE = "templates/pages/transcript.html"
_PATIENCE = 300  # seconds to wait for the first build, and for the effect of an edit
_POLL = 0.01
_PAUSE = 15.0  # seconds after which background work that follows a build or an edit is done


def table(number: int, topics: int) -> str:
    """Return a Markdown table for an archive of this size; wall-clock seconds."""
    episodes = dict(corpus.episodes(number))
    lines = [
        f"## From saving to the changed page: {number:,} episodes, {topics} topics\n",
        "| edit | seconds |",
        "|---|--:|",
    ]
    with tempfile.TemporaryDirectory(prefix="bench-") as place:
        folder = Path(place)
        peers.ours(folder, episodes, corpus.topics(topics, episodes))
        (folder / "content/lexicon.yml").write_text("corrections: []\n", "utf-8")
        (folder / _TEMPLATE).parent.mkdir(parents=True)
        shutil.copy(peers.ROOT / _TEMPLATE, folder / _TEMPLATE)
        with _served(folder) as get:
            for name, path, change, page, wanted in _edits(folder):
                seconds = _measured(get, path, change, page, wanted)
                lines.append(f"| {name} | {seconds:.2f} |")
    return "\n".join(lines) + "\n"


def _edits(folder: Path) -> Iterator[tuple[str, Path, Callable[[str], str], str, str]]:
    """Yield (name, file, change of its text, page, text that the changed page contains)."""
    talks = sorted((folder / "content/transcripts").glob("*.md"))
    for part in (0.2, 0.5, 0.8):
        talk = talks[int(len(talks) * part)]
        words = f"zebra {talk.stem}"
        page = f"transcripts/{talk.stem}/"
        yield "a transcript", talk, lambda text, words=words: f"{text.rstrip()} A {words}.\n", page, words  # type: ignore[misc]
    topic = sorted((folder / "content/topics").glob("*.md"))[0]
    yield "a topic's explanation", topic, lambda text: f"{text.rstrip()} An okapi.\n", f"topics/{topic.stem}/", "okapi"
    talk = talks[len(talks) // 2]
    entry = "corrections:\n  - {heard: zebra, means: quagga}\n"
    page = f"transcripts/{talk.stem}/"
    yield "the lexicon", folder / "content/lexicon.yml", lambda _: entry, page, "quagga"
    yield (
        "the template of transcripts",
        folder / _TEMPLATE,
        lambda text: f"{text.rstrip()}<i>quokka</i>\n",
        page,
        "quokka",
    )
    about = folder / "content/pages/about.md"
    yield "a page written by hand", about, lambda text: f"{text.rstrip()}\n\nA numbat.\n", "about/", "numbat"


@contextmanager
def _served(folder: Path) -> Iterator[Callable[[str], str]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    def get(path: str) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/{path}", timeout=_PATIENCE) as answer:
            return str(answer.read().decode())

    command = [sys.executable, "-m", "mkdocs", "serve", "-q", "--livereload", "-a", f"127.0.0.1:{port}"]
    with subprocess.Popen(command, cwd=folder) as server:
        try:
            _until(lambda: "Topics" in get("topics/"))
            time.sleep(_PAUSE)
            yield get
        finally:
            server.terminate()


def _measured(get: Callable[[str], str], path: Path, change: Callable[[str], str], page: str, wanted: str) -> float:
    text = change(path.read_text("utf-8"))
    start = time.perf_counter()
    path.write_text(text, "utf-8")
    _until(lambda: wanted in get(page))
    seconds = time.perf_counter() - start
    time.sleep(_PAUSE)
    return seconds


def _until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        try:
            if true():
                return
        except OSError:
            pass
        time.sleep(_POLL)
    raise TimeoutError("the page never came")
