"""Failures around a build are reported with a hint, and leave nothing half done."""

import errno
import os
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import building
from talkbook.pages.social import drawing, store
from talkbook.pages.social.social_card import SocialCard
from talkbook.plugin import messages, staging

CARD = SocialCard("Garden", "Worms")
PARENT = """
import multiprocessing, os, time
from talkbook.runtime import pool
def work(at):
    os.write(1, b"%d\\n" % os.getpid())  # at once: the two share the pipe
    time.sleep(600)
list(pool.spread(work, [1, 2], 2))
"""


KILLED = """
import os, signal
from mkdocs.__main__ import cli
from talkbook.plugin.site_build import SiteBuild
SiteBuild.finish = lambda build: os.kill(os.getpid(), signal.SIGKILL)
cli()
"""


def run(project: Path, site: Path, script: str = "") -> subprocess.CompletedProcess[str]:
    begin = ["-c", script] if script else ["-m", "mkdocs"]
    command = [sys.executable, *begin, "build", "--strict", "-d", str(site)]
    still = {**os.environ, "SOURCE_DATE_EPOCH": "1500000000"}
    return subprocess.run(command, cwd=project, capture_output=True, text=True, check=False, timeout=120, env=still)


def template(project: Path, text: str) -> None:
    folder = project / "templates" / "pages"
    folder.mkdir(parents=True)
    (folder / "topic.html").write_text(text)


def test_whatever_a_template_raises_is_a_sentence(tmp_path: Path) -> None:
    project = building.copied("bare", tmp_path)
    template(project, "\n{{ 1 / 0 }}")
    done = run(project, tmp_path / "site")
    assert done.returncode
    assert "templates/pages/topic.html:2: The template failed: division by zero. Check" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("ends", ["fails", "is killed"])
def test_a_build_that_does_not_end_leaves_the_last_site_whole(tmp_path: Path, ends: str) -> None:
    project = building.copied("bare", tmp_path)
    site = tmp_path / "out" / "site"
    assert not run(project, site).returncode
    (site / ".git").write_text("kept")
    before = building.contents(site)
    if ends == "fails":
        template(project, "{{ 1 / 0 }}")
    assert run(project, site, KILLED if ends == "is killed" else "").returncode
    assert building.contents(site) == before
    shutil.rmtree(project / "templates", ignore_errors=True)
    assert not run(project, site).returncode
    assert building.contents(site) == before
    assert [path.name for path in site.parent.iterdir()] == ["site"]  # nothing is left of the failed build


def test_a_build_that_is_killed_while_it_replaces_the_last_site_does_not_lose_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("last")
    begun = staging.begin(site)
    rename = Path.rename

    def rename_once(path: Path, target: Path) -> None:
        rename(path, target)
        raise SystemExit

    monkeypatch.setattr(Path, "rename", rename_once)
    with pytest.raises(SystemExit):
        begun.publish()
    monkeypatch.undo()
    assert not site.exists()
    staging.begin(site)
    assert building.contents(site) == {"index.html": b"last"}


@pytest.mark.parametrize("gone", [False, True])
def test_the_last_site_does_not_stay_where_words_in_it_may_be_private_now(tmp_path: Path, gone: bool) -> None:
    project = building.copied("bare", tmp_path)
    site = tmp_path / "site"
    assert not run(project, site).returncode
    template(project, "{{ 1 / 0 }}")
    talk = next((project / "content/transcripts").glob("*.txt"))
    if gone:
        talk.unlink()
    else:
        talk.with_suffix(".yml").write_text("private: [")
    assert run(project, site).returncode
    assert building.contents(site) == {}


def test_a_page_that_is_not_utf8_is_reported_with_its_line(tmp_path: Path) -> None:
    project = building.copied("bare", tmp_path)
    for name in ("about", "more"):
        (project / f"docs/{name}.md").write_bytes(b"# A page\n\nCaf\xe9.\n")
    done = run(project, tmp_path / "site")
    assert done.returncode
    for name in ("about", "more"):
        assert done.stderr.count(f"docs/{name}.md:3: This is not UTF-8 text. Save it as UTF-8.") == 1
    assert "Traceback" not in done.stderr


def test_a_file_in_the_place_of_the_site_is_said_and_stays(tmp_path: Path) -> None:
    project = building.copied("bare", tmp_path)
    (tmp_path / "site").write_text("mine")
    done = run(project, tmp_path / "site")
    assert done.returncode
    assert "site: This can't be used: Not a directory. Remove or rename what is there" in done.stderr
    assert "Traceback" not in done.stderr
    assert (tmp_path / "site").read_text() == "mine"


@pytest.mark.parametrize(
    ("number", "cure"),
    [
        (errno.ENOSPC, "Make room on the disk, then try again."),
        (errno.EROFS, "Let Talkbook read and write there, or choose another folder."),
    ],
)
def test_what_the_machine_refuses_says_what_to_do(number: int, cure: str) -> None:
    (problem,) = messages.explain(OSError(number, os.strerror(number), "site/index.html"))
    assert str(problem) == f"site/index.html: This can't be used: {os.strerror(number)}. {cure}"


def test_a_refusal_without_a_name_and_one_of_two_files_say_what_to_do_too() -> None:
    full = os.strerror(errno.ENOSPC)
    (problem,) = messages.explain(OSError(errno.ENOSPC, full))
    assert str(problem) == f"unknown file: This can't be used: {full}. Make room on the disk, then try again."
    (copied,) = messages.explain(OSError(errno.ENOSPC, full, "theme/a.js", None, "site/a.js"))
    assert copied.path == "site/a.js"


LIMITED = """
import resource
from mkdocs.__main__ import cli
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
cli()
"""


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="there are no limits on the size of a file")
def test_a_disk_that_is_full_leaves_the_last_site_whole(tmp_path: Path) -> None:
    project = building.copied("bare", tmp_path)
    site = tmp_path / "out" / "site"
    assert not run(project, site).returncode
    before = building.contents(site)
    shutil.rmtree(project / ".cache")
    done = run(project, site, LIMITED)
    assert done.returncode
    assert "This can't be used: File too large. Make room on the disk, then try again." in done.stderr
    assert "Traceback" not in done.stderr
    assert building.contents(site) == before
    assert [path.name for path in site.parent.iterdir()] == ["site"]


@pytest.mark.slow
def test_two_builds_at_once_leave_one_whole_site(tmp_path: Path) -> None:
    project = building.copied("bare", tmp_path)
    site = tmp_path / "out" / "site"
    with ThreadPoolExecutor(2) as pool:
        both = [*pool.map(run, (project, project), (site, site))]
    assert [each.returncode for each in both] == [0, 0], [each.stderr for each in both]
    together = building.contents(site)
    assert not run(project, site).returncode
    assert building.contents(site) == together
    assert [path.name for path in site.parent.iterdir()] == ["site"]


@pytest.mark.slow
def test_a_build_goes_on_where_nothing_can_be_kept(tmp_path: Path) -> None:
    project = building.copied("bare", tmp_path)
    shutil.rmtree(project / ".cache", ignore_errors=True)
    (project / ".cache").write_text("no folder")
    done = run(project, tmp_path / "site")
    assert not done.returncode, done.stderr
    assert (tmp_path / "site/index.html").is_file()


def test_a_name_that_is_no_utf8_is_said_and_the_rest_is_built(tmp_path: Path) -> None:
    project = building.copied("bare", tmp_path)
    name = os.fsencode(project / "content/transcripts") + b"/caf\xe9.txt"
    try:
        Path(os.fsdecode(name)).write_text("Ida: Worms dig.\n")
    except OSError:
        pytest.skip("this machine has no such names")
    done = run(project, tmp_path / "site")
    assert done.returncode
    assert "caf\\udce9.txt: The name of this file is not UTF-8. Rename it." in done.stderr
    assert "Traceback" not in done.stderr
    assert (tmp_path / "site/index.html").is_file()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are forked on Linux alone")
def test_processes_end_with_the_build_that_started_them(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        children = [int(parent.stdout.readline()) for _ in range(2)]
        parent.send_signal(signal.SIGKILL)
        parent.wait()
        deadline = time.monotonic() + 30
        while (left := [each for each in children if alive(each)]) and time.monotonic() < deadline:
            time.sleep(0.05)
        for each in left:
            os.kill(each, signal.SIGKILL)
    assert left == []


def alive(process: int) -> bool:
    """Return whether a process is running, and is not a zombie."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize("broken", [b"", b"\x89PNG\r\n\x1a\n", b"words"])
def test_a_kept_card_that_is_broken_is_drawn_again(tmp_path: Path, broken: bytes) -> None:
    whole = dict(store.pictures({"a": CARD}, tmp_path))
    (kept,) = tmp_path.rglob("*.png")
    kept.write_bytes(broken)
    assert dict(store.pictures({"a": CARD}, tmp_path)) == whole == {"a": kept.read_bytes()}


def test_cards_are_drawn_where_none_can_be_kept(tmp_path: Path) -> None:
    (tmp_path / "cards").write_text("no folder")
    assert dict(store.pictures({"a": CARD}, tmp_path / "cards")) == {"a": drawing.png(CARD)}


@pytest.mark.skipif(os.name == "nt", reason="there are no limits on the size of a file")
def test_a_ledger_that_can_not_be_written_stays_and_a_sentence_says_so(tmp_path: Path) -> None:
    project = building.copied("bare", tmp_path)
    ledger = project / "content/permalinks.txt"
    ledger.write_text("topics/gone -> withdrawn\n")
    script = """
import resource
from talkbook.cli.main import main
resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))
main(["links", "--update"])
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == "Error: content/permalinks.txt: File too large. Make room on the disk, then try again.\n"
    assert ledger.read_text() == "topics/gone -> withdrawn\n"
    assert [path.name for path in ledger.parent.glob(".*")] == []
