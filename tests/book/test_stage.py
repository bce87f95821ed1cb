"""The book is the same wherever transcripts are processed: in this process, in others, or on a cluster."""

from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from mkdocs.exceptions import PluginError

import building
from making import in_other_words, page
from talkbook.book import build, parallel
from talkbook.book.book import Book
from talkbook.plugin import cluster
from talkbook.runtime import processes
from talkbook.sources.source import Source, Sources

TURN = (
    "Um, a compiler turns what people write into what a machine can run, and and it does so in many steps. "
    "First it reads the words, then it looks for what they mean together, and only then it writes instructions. "
    "A compiler that explains its errors well teaches the language better than any book about it could."
)


def sources(number: int = 5) -> Sources:
    files = [
        Source(
            f"content/transcripts/talk-{at}.md",
            f"talk-{at}",
            f"**Ada:** What is it?\n\n**Alan {at}:** {in_other_words(TURN, at)}".encode(),
        )
        for at in range(number)
    ]
    files.append(Source("content/transcripts/noise.md", "noise", b"%PDF-1.7"))
    text = page("Compiler", "A compiler turns a language that people write into instructions for a machine.")
    return Sources(
        transcripts=tuple(files),
        sidecars={"talk-1": Source("content/transcripts/talk-1.yml", "talk-1", b"title: The second\n")},
        topics=(Source("content/topics/compiler.md", "compiler", text.encode()),),
        lexicon=Source("content/lexicon.yml", "lexicon", b"corrections:\n  - {heard: machine, means: computer}\n"),
    )


def parts(made: Book) -> tuple[Any, ...]:
    return (made.transcripts, made.quotes, made.mentions_of, made.people, made.problems, made.relations)


@contextmanager
def local() -> Iterator[str]:
    """Start a cluster with two worker processes, and yield its address."""
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0") as workers:
        yield workers.scheduler_address


@contextmanager
def dask() -> Iterator[Executor | None]:
    with local() as address, cluster.executor(address) as executor:
        yield executor


@pytest.mark.parametrize(
    "running",
    [
        lambda: ThreadPoolExecutor(2),
        lambda: ProcessPoolExecutor(2, mp_context=get_context("spawn")),
        dask,
    ],
    ids=["threads", "processes", "dask"],
)
def test_the_book_is_the_same_on_any_executor(running: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "_BATCH", 700)
    monkeypatch.setattr(parallel, "_BY_CONTEXT", 0)
    alone = parts(build.build(sources()))
    with running() as executor:
        assert parts(build.build(sources(), process=partial(parallel.process_all, executor=executor))) == alone
    assert len(alone[0]) == 5
    assert alone[1]
    assert any(problem.path.endswith("noise.md") for problem in alone[4])


def test_a_cluster_gives_the_same_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1500000000")
    project = building.copied("garden", tmp_path)
    building.build(project, tmp_path / "here")
    settings = (project / "mkdocs.yml").read_text("utf-8")
    with local() as address:
        changed = settings.replace("[search, talkbook]", f"[search, {{talkbook: {{cluster: '{address}'}}}}]")
        assert changed != settings
        (project / "mkdocs.yml").write_text(changed, "utf-8")
        building.build(project, tmp_path / "there")
    assert building.contents(tmp_path / "here") == building.contents(tmp_path / "there")


def test_an_unreachable_cluster_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_SECONDS", 0.2)
    with (
        pytest.raises(PluginError, match=r"No scheduler answers at .*Start one with"),
        cluster.executor("tcp://127.0.0.1:9"),
    ):
        pass


def test_enough_work_is_spread_over_processes_automatically(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = parts(build.build(sources()))
    monkeypatch.setattr(parallel, "_ENOUGH", 0)
    monkeypatch.setattr(processes, "most", lambda: 2)
    assert parts(build.build(sources(), process=parallel.process_all)) == alone


def test_no_process_is_started_without_transcripts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "_ENOUGH", -1)
    assert build.build(Sources(), process=parallel.process_all).transcripts == ()
