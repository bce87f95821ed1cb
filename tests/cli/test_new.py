"""`talkbook new` creates a project from transcripts, or nothing at all if something is wrong."""

import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

import building
from talkbook.cli.main import main

SAID = b"""\
Ann: What do you make of looms, now that everybody wants to build one at home?\r
Ben: Looms are older than engines. The first looms wove plain cloth, and nobody thought of cards for a long time.\r
Ann: Is that so?\r
Ben: Engines came later, and they borrowed the cards from the looms.\r
"""
CUES = b"WEBVTT\n\n00:01.000 --> 00:04.000\n<v Mira Holm>Rye bread needs time.\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("interview.txt").write_bytes(SAID)
    Path("another.vtt").write_bytes(CUES)


def new(*words: str) -> Result:
    return CliRunner().invoke(main, ["new", *words], catch_exceptions=False)


def test_a_new_project_builds_strictly_and_shows_its_transcripts(tmp_path: Path) -> None:
    said = new("bread-talks", "interview.txt", "another.vtt")
    assert said.exit_code == 0
    assert building.build(tmp_path / "bread-talks", tmp_path / "site") == []
    assert building.dead(tmp_path / "site") == []
    assert building.foreign(tmp_path / "site") == []
    page = (tmp_path / "site/transcripts/interview/index.html").read_text("utf-8")
    assert "nobody thought of cards" in page
    assert "Bread talks</h1>" in (tmp_path / "site/index.html").read_text("utf-8")


def test_transcripts_are_copied_byte_for_byte() -> None:
    new("talks", "interview.txt", "another.vtt")
    assert Path("talks/content/transcripts/interview.txt").read_bytes() == SAID
    assert Path("talks/content/transcripts/another.vtt").read_bytes() == CUES


def test_new_reports_what_it_found_and_the_next_command() -> None:
    lines = new("my talks", "interview.txt").output.splitlines()
    assert lines[0] == "my talks: 1 conversation."
    assert lines[1].startswith("  interview.txt: ")
    assert lines[1].endswith("in 4 turns; Ann, Ben.")
    assert lines[-1] == "Next: cd 'my talks' && talkbook serve"


def test_a_project_without_transcripts_builds(tmp_path: Path) -> None:
    assert new("empty").exit_code == 0
    assert building.build(tmp_path / "empty", tmp_path / "site") == []


def test_a_project_without_transcripts_takes_them_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    new("empty")
    monkeypatch.chdir(tmp_path / "empty")
    for words in (["check"], ["links"], ["speakers"], ["draft", "../interview.txt"]):
        said = CliRunner().invoke(main, words, catch_exceptions=False)
        assert said.exit_code == 0, said.output
    assert Path("content/transcripts/interview.txt").read_bytes() == SAID


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (["gone.txt"], "gone.txt: This file can't be opened: No such file or directory."),
        (["broken.vtt"], "broken.vtt:1: Talkbook can't recognise the format of this file."),
        (["interview.txt", "side.yml"], "side.yml: This is a sidecar, not a transcript."),
        (["folder"], "folder: This is a folder."),
        (["interview.txt", "folder/Interview.vtt"], 'would both be "interview" in addresses.'),
    ],
)
def test_an_unreadable_transcript_is_reported_and_nothing_is_created(names: list[str], message: str) -> None:
    Path("broken.vtt").write_bytes(b"no cue\n")
    Path("side.yml").write_bytes(b"title: A talk\n")
    Path("folder").mkdir()
    Path("folder/Interview.vtt").write_bytes(CUES)
    said = new("talks", *names)
    assert said.exit_code == 1
    assert message in said.output
    assert not Path("talks").exists()


def test_an_existing_project_is_never_overwritten() -> None:
    new("talks", "interview.txt")
    before = building.contents(Path("talks"))
    said = new("talks", "another.vtt")
    assert said.exit_code == 1
    assert "talks is already a project: talks/mkdocs.yml exists." in said.output
    assert building.contents(Path("talks")) == before


def test_existing_files_are_kept_and_listed(tmp_path: Path) -> None:
    Path("README.md").write_bytes(b"Mine.\n")
    said = new(".", "interview.txt")
    assert Path("README.md").read_bytes() == b"Mine.\n"
    assert "README.md already exists and is left as it is." in said.output
    assert building.build(tmp_path, tmp_path / "site") == []


@pytest.mark.skipif(os.geteuid() == 0 or os.name == "nt", reason="root may write anywhere")
def test_a_folder_without_write_permission_is_reported() -> None:
    Path("closed").mkdir()
    Path("closed").chmod(stat.S_IRUSR | stat.S_IXUSR)
    said = new("closed/talks", "interview.txt")
    cure = "Let Talkbook read and write there, or choose another folder."
    assert said.output == f"Error: closed/talks can't be written: Permission denied. {cure}\n"


def test_if_a_file_cannot_be_written_the_earlier_ones_are_removed(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Path.open

    def full(path: Path, *rest: object, **more: object) -> object:
        if path.name == "interview.txt" and "xb" in rest:
            raise OSError(28, "No space left on device")
        return whole(path, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Path, "open", full)
    said = new("deep/talks", "interview.txt")
    cure = "Make room on the disk, then try again."
    assert said.output == f"Error: deep/talks can't be written: No space left on device. {cure}\n"
    assert not Path("deep").exists()


def test_a_file_name_that_would_be_skipped_is_changed() -> None:
    shutil.copy("interview.txt", "_interview.txt")
    new("talks", "_interview.txt")
    assert [path.name for path in Path("talks/content/transcripts").glob("*interview*")] == ["interview.txt"]


def test_a_folder_may_have_any_name(tmp_path: Path) -> None:
    name = 'a "quote": {{ 7 * 7 }} #no'
    new(name, "interview.txt")
    assert building.build(tmp_path / name, tmp_path / "site") == []
    assert "{{ 7 * 7 }}" in (tmp_path / "site/index.html").read_text("utf-8")


def test_a_workflow_is_added_on_request() -> None:
    new("talks", "interview.txt")
    assert not Path("talks/.github").exists()
    new("published", "interview.txt", "--github")
    steps = yaml.safe_load(Path("published/.github/workflows/publish.yml").read_text())["jobs"]["publish"]["steps"]
    assert {"run": "talkbook build --strict", "env": {"SITE_URL": "${{ steps.pages.outputs.base_url }}/"}} in steps
    assert [step["with"]["path"] for step in steps if step.get("uses", "").startswith("actions/cache")] == [".cache"]


def test_a_workflow_installs_nothing_that_its_owner_has_not_named() -> None:
    new("published", "interview.txt", "--github")
    steps = yaml.safe_load(Path("published/.github/workflows/publish.yml").read_text())["jobs"]["publish"]["steps"]
    install = next(step["run"] for step in steps if "pip" in step.get("run", ""))
    script = install.replace("pip install", "echo")
    unset = subprocess.run(["bash", "-c", script], check=False, env={"TALKBOOK": ""}, capture_output=True, text=True)
    assert unset.returncode and not unset.stdout
    assert "see the comment at the top of this file" in unset.stderr


def test_talkbook_build_builds_the_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    new("talks", "interview.txt")
    monkeypatch.chdir(tmp_path / "talks")
    assert CliRunner().invoke(main, ["build", "--strict", "-q"]).exit_code == 0
    assert Path("site/transcripts/interview/index.html").is_file()
