"""Build the same archive with Talkbook and with each other installed tool, in turn, and record time and memory.

    python benchmarks/run.py                      1,000 episodes and 200 topics, all tools
    python benchmarks/run.py --episodes 100 5000 --only Talkbook Hugo --times 1

Times are wall-clock seconds of the whole process on this machine, the median of all rounds. Each tool builds once per
round, so that other load on the machine affects all of them.
"""

import argparse
import os
import platform
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import chart
import corpus
import peers
import reload
import searches
import stages
from peers import OURS, PEERS, Peer

_PER_TOPIC = 5  # episodes
RESULTS = Path(__file__).parent / "results.md"


@dataclass(slots=True)
class Row:
    """What one tool took for one archive."""

    peer: Peer
    folder: Path
    seconds: list[float] = field(default_factory=list)
    memory: float = 0.0  # MB, of the largest process
    failed: str = ""

    @property
    def median(self) -> float:
        return statistics.median(self.seconds) if self.seconds else float("nan")


@dataclass(frozen=True, slots=True)
class Written:
    """The files of Talkbook's site.

    seconds: the time to write the files and do nothing else.
    pages: the number of HTML files.
    size: in bytes.
    """

    seconds: float
    pages: int
    size: int


@dataclass(frozen=True, slots=True)
class Archive:
    """The results for one archive.

    size: bytes of its transcripts.
    rows: of all tools, Talkbook first.
    written: Talkbook's site.
    """

    episodes: int
    topics: int
    size: int
    rows: Sequence[Row]
    written: Written


def main() -> None:
    given = _arguments()
    archives = [_archive(number, given.topics, given.only, given.times) for number in given.episodes]
    grown = [_grown(given.growth, given.topics)] if given.growth else []
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    head = f"# Benchmarks\n\nOn {cores} cores, {platform.system()}, Python {platform.python_version()}; "
    head += f"{given.topics} topics; median of {given.times}. Made by `python benchmarks/run.py`.\n\n"
    parts = [*map(_table, archives), *grown]
    parts += [reload.table(number, given.topics) for number in given.reload]
    parts += [searches.table(number, given.topics) for number in given.search]
    parts.append(stages.table(given.stage))
    text = head + "\n".join(parts)
    RESULTS.write_text(text, "utf-8")
    bars = [
        (f"{row.peer.name} · {each.episodes:,}", row.median) for each in archives for row in each.rows if row.seconds
    ]
    RESULTS.with_suffix(".svg").write_text(chart.bars(bars), "utf-8")
    print(text)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--episodes", type=int, nargs="+", default=[1000])
    parser.add_argument("--topics", type=int, default=200)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--only", nargs="+", default=[], help="beginnings of names of tools")
    parser.add_argument(
        "--growth", type=int, nargs="*", default=[], help="episodes of archives that only we build, each once"
    )
    parser.add_argument("--reload", type=int, nargs="*", default=[1000], help="episodes for the times of edits")
    parser.add_argument("--search", type=int, nargs="*", default=[1000], help="episodes for what a search costs")
    parser.add_argument("--stage", type=int, default=100, help="episodes for the measures of our own stages")
    return parser.parse_args()


def _archive(number: int, subjects: int, only: Sequence[str], times: int) -> Archive:
    with tempfile.TemporaryDirectory(prefix="bench-") as place:
        rows = [Row(peer, Path(place) / str(at)) for at, peer in enumerate(_installed(only))]
        with ProcessPoolExecutor(1) as apart:  # a child's memory includes that of its parent: keep it small
            size = apart.submit(_prepared, rows[0].folder, number, subjects).result()
        if rows[1:]:
            _build(rows[0])  # a warm-up, which also makes the pages for the other tools
            rows[0].seconds.clear()
            pages = peers.pages(rows[0].folder / "site")
            for row in rows:
                row.peer.prepare(row.folder, pages)
        for _ in range(times):
            for row in rows:
                _build(row)
        written = _writing(next(row.folder / "site" for row in rows if row.peer is OURS), Path(place) / "copy")
    return Archive(number, subjects, size, rows, written)


def _prepared(folder: Path, number: int, subjects: int) -> int:
    """Write the Talkbook project, and return the bytes of its transcripts."""
    episodes = dict(corpus.episodes(number))
    peers.ours(folder, episodes, corpus.topics(subjects, episodes))
    return sum(len(text.encode()) for text in episodes.values())


def _installed(only: Sequence[str]) -> Iterable[Peer]:
    for peer in PEERS:
        wanted = peer is OURS or not only or any(peer.name.startswith(name) for name in only)
        if wanted and peer.found():
            yield peer
        elif wanted:
            print(f"{peer.name} is not installed and is left out.")


def _build(row: Row) -> None:
    if row.failed:
        return
    site = row.folder / "site"
    if site.exists():  # moved away, not deleted: a file system is slow after many deletions
        site.rename(row.folder / f"site-{len(row.seconds)}-{time.monotonic_ns()}")
    start = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen([row.peer.found(), *row.peer.command], cwd=row.folder, stdout=said, stderr=said)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            row.failed = (said.read().decode(errors="replace").strip().splitlines() or ["?"])[-1]
            return
    row.seconds.append(seconds)
    row.memory = max(row.memory, usage.ru_maxrss / 1024)


def _writing(site: Path, copy: Path) -> Written:
    seconds, pages, size = 0.0, 0, 0
    for path in site.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            target = copy / path.relative_to(site)
            start = time.perf_counter()
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
            seconds += time.perf_counter() - start
            pages += path.suffix == ".html"
            size += len(data)
    return Written(seconds, pages, size)


def _table(archive: Archive) -> str:
    rows, written, ours = archive.rows, archive.written, archive.rows[0].median
    title = f"## {archive.episodes:,} episodes, {archive.size / 1e6:.1f} MB\n"
    lines = [title, "| tool | seconds | of ours | memory, MB | version |", "|---|---|---|---|---|"]
    what = f"writing our site's {written.size / 1e6:.0f} MB"
    lines.append(f"| {what} | {written.seconds:.2f} | {written.seconds / ours:.2f} | | |")
    for row in rows:
        took = (
            f"{row.median:.2f} | {row.median / ours:.2f} | {row.memory:.0f}"
            if row.seconds
            else f"failed: {row.failed} | | "
        )
        lines.append(f"| {row.peer.name} | {took} | {row.peer.release()} |")
    lines.append(f"\nOurs has {written.pages:,} pages and takes {ours / written.pages * 1000:.2f} ms for each.")
    return "\n".join(lines) + "\n"


def _grown(numbers: Sequence[int], topics: int) -> str:
    """Return how Talkbook's time grows with episodes and topics together, and with episodes alone."""
    start = _archive(1, 1, [OURS.name], 3).rows[0].median
    lines = [
        "## Growth\n",
        f"A site of one episode takes {start:.2f} s: that is the start, which the last column leaves out.\n",
        "| episodes | topics | pages | seconds | memory, MB | ms a page | without the start |",
        "|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for many in ([number // _PER_TOPIC for number in numbers], [topics for _ in numbers]):
        for number, subjects in zip(numbers, many, strict=True):
            one = _archive(number, subjects, [OURS.name], 1)
            ours, pages = one.rows[0], one.written.pages
            each, further = (f"{seconds / pages * 1000:.2f}" for seconds in (ours.median, ours.median - start))
            took = f"{ours.median:.1f} | {ours.memory:.0f} | {each} | {further}"
            lines.append(f"| {number:,} | {subjects:,} | {pages:,} | {took} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
