"""Measure what a search costs a reader: bytes and seconds in a browser with an empty cache.

Talkbook answers in Material's search box. Pagefind (`pagefind` on the PATH) is queried through its own script, and its
first five results are loaded, as in its own search box.
"""

import functools
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import corpus
import peers
from playwright.sync_api import Page, TimeoutError, sync_playwright

QUERIES = ("kubernetes", "garbage collection", "prompt engineering with large language models", "compilr")
PHRASE = '"supply chain"'
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking")
_PAGEFIND = """async query => {
  const pagefind = await import("/pagefind/pagefind.js");
  const found = await pagefind.search(query);
  return (await Promise.all(found.results.slice(0, 5).map(each => each.data()))).length;
}"""


def table(number: int, topics: int) -> str:
    """Return a Markdown table for an archive of this size: kilobytes transferred and seconds."""
    episodes = dict(corpus.episodes(number))
    lines = [
        f"## Searching {number:,} episodes, {topics} topics: until the first result is shown, nothing cached\n",
        "| query | ours, kB | seconds | Pagefind, kB | seconds |",
        "|---|--:|--:|--:|--:|",
    ]
    with tempfile.TemporaryDirectory(prefix="bench-") as place:
        folder = Path(place)
        peers.ours(folder, episodes, corpus.topics(topics, episodes))
        subprocess.run([peers.OURS.found(), *peers.OURS.command], cwd=folder, check=True, capture_output=True)
        began = time.perf_counter()
        other = shutil.which("pagefind")
        if other:
            subprocess.run([other, "--site", "site"], cwd=folder, check=True, capture_output=True)
        seconds = time.perf_counter() - began
        with _served(folder / "site") as (address, sent):
            for query in (*QUERIES, PHRASE):
                cells = [_asked(address, sent, query), _asked(address, sent, query, pagefind=True) if other else ""]
                lines.append(f"| {query} | {' | '.join(cells)} |")
        ours, theirs = (_size(folder / "site" / name) / 1e6 for name in ("search", "pagefind"))
    lines.append(f"\nOur index is {ours:.0f} MB, and made with the site.")
    if other:
        lines.append(f"Pagefind's is {theirs:.0f} MB and takes {seconds:.1f} s more.")
    return "\n".join(lines) + "\n"


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


@contextmanager
def _served(site: Path) -> Iterator[tuple[str, list[int]]]:
    """Serve a site; yields its address, and a dict with the bytes of each requested index file."""
    sent: list[int] = []

    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def do_GET(self) -> None:
            name = self.path.partition("?")[0].strip("/")
            if name.startswith(("search/", "pagefind/", "assets/search")):
                sent.append((site / name).stat().st_size)
            super().do_GET()

    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", sent
    finally:
        server.shutdown()


def _asked(address: str, sent: list[int], query: str, *, pagefind: bool = False) -> str:
    """Return the kilobytes of the index and the seconds from the query to its first result, in a new browser."""
    sent.clear()
    with sync_playwright() as playwright:
        program = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        page = browser.new_page()
        page.goto(address)
        page.wait_for_timeout(1000)
        began = time.perf_counter()
        found = page.evaluate(_PAGEFIND, query) if pagefind else _in_box(page, query)
        seconds = time.perf_counter() - began
        page.wait_for_timeout(500)
        browser.close()
    return f"{sum(sent) / 1e3:.0f} | {seconds:.2f}{'' if found else ', nothing found'}"


def _in_box(page: Page, query: str) -> bool:
    box = page.locator("input[name=query]")
    box.fill(query)
    box.press("End")  # Material reads the box on key-up
    try:
        page.locator(".md-search-result__link").first.wait_for(state="attached", timeout=10_000)
    except TimeoutError:  # a small archive may have no result
        return False
    return True
