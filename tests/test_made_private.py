"""What becomes private after publication disappears from the site, served or built, whatever else is wrong."""

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from urllib.error import HTTPError

import pytest
from click.testing import CliRunner

import building
from making import page
from talkbook.cli.links import links
from test_private import built, files
from test_serve import PATIENCE, Served, serving_of

SECRET = "quagga"
TALK = (
    ">> What is compost?\n>> Compost is what is left of plants, and it is important because soil needs it every day.\n"
    f">> Where do you keep it?\n>> Compost is kept in a {SECRET} behind the house, that is why nobody can find it.\n"
)
PRIVATE = "private:\n  - {from: kept in, to: the house}\n"


def project(folder: Path) -> Path:
    files = {
        "transcripts/talk.txt": TALK,
        "transcripts/soil.txt": ">> What is soil?\n>> Soil is what plants grow in, as all know.\n",
        "topics/compost.md": page("Compost", "What is left."),
    }
    settings = building.SETTINGS.replace("talkbook]", "talkbook: {cards: false}]")
    return building.project(folder, files, f"{settings}use_directory_urls: false\n")


def sidecar(folder: Path, text: str) -> None:
    """Write the sidecar atomically, as editors do."""
    side = folder / "content/transcripts/talk.yml"
    (folder / "waiting").write_text(text)
    (folder / "waiting").replace(side)


def broken_topic(folder: Path) -> None:
    (folder / "content/topics/compost.md").write_text("---\ntitle: Compost: x\n---\nGone.\n")
    sidecar(folder, PRIVATE)


def broken_template(folder: Path) -> None:
    (folder / "templates/pages").mkdir(parents=True, exist_ok=True)
    (folder / "templates/pages/topic.html").write_text("{% if %}")
    sidecar(folder, PRIVATE)


def broken_settings(folder: Path) -> None:
    (folder / "mkdocs.yml").write_text("site_name: [\n")
    sidecar(folder, PRIVATE)


def pipe(folder: Path) -> None:
    os.mkfifo(folder / "content/transcripts/talk.yml")


def lost(folder: Path) -> None:
    (folder / "content/transcripts/talk.txt").unlink()


EDITS: Mapping[str, Callable[[Path], None]] = {
    "a private passage": lambda folder: sidecar(folder, PRIVATE),
    "a sidecar that is broken": lambda folder: sidecar(folder, f"title: [\n{PRIVATE}"),
    "words that are not there": lambda folder: sidecar(folder, PRIVATE.replace("kept", "held")),
    "a pipe": pipe,
    "a transcript that goes": lost,
    "a private passage while a topic is broken": broken_topic,
    "a private passage while a template is broken": broken_template,
    "a private passage while the settings are broken": broken_settings,
}


@pytest.fixture(scope="module")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """All addresses of the site that show the words."""
    folder = project(tmp_path_factory.mktemp("before"))
    built(folder)
    paths = [path for path in (folder / "site").rglob("*") if path.is_file()]
    assert sum(SECRET.encode() in path.read_bytes() for path in paths) > 5
    return sorted(path.relative_to(folder / "site").as_posix() for path in paths)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving_of(project(tmp_path_factory.mktemp("served"))) as result:
        yield result


def showing(served: Served, addresses: list[str], secrets: Sequence[str] = (SECRET,)) -> list[str]:
    """Return the addresses that show one of the words."""
    found = []
    for address in addresses:
        try:
            text = served.get(address)
        except (HTTPError, UnicodeDecodeError):
            continue
        if any(secret in text.lower() for secret in secrets):
            found.append(address)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("edit", EDITS)
def test_what_becomes_private_is_gone_from_every_address(served: Served, addresses: list[str], edit: str) -> None:
    folder = served.project
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != "log.txt"}
    served.until("transcripts/talk.html", lambda html: SECRET in html)
    EDITS[edit](folder)
    end = time.monotonic() + PATIENCE
    while (left := showing(served, addresses)) and time.monotonic() < end:
        time.sleep(0.1)
    assert left == []
    said = (folder / "log.txt").read_text()
    for path in folder.rglob("*"):
        if path not in before and path.name != "log.txt" and not path.is_dir() and ".cache" not in path.parts:
            path.unlink()
    for path, data in before.items():
        path.write_bytes(data)
    assert SECRET not in said


@pytest.mark.parametrize("edit", [edit for edit in EDITS if "settings" not in edit])
@pytest.mark.parametrize("before", ["clean", "dirty"])
def test_a_build_that_fails_leaves_a_site_without_the_words(tmp_path: Path, edit: str, before: str) -> None:
    folder = project(tmp_path)
    built(folder)
    assert SECRET in (folder / "site/transcripts/talk.html").read_text()
    EDITS[edit](folder)
    said = built(folder, dirty=before == "dirty")
    assert SECRET not in said.lower()
    assert [path for path, data in files(folder).items() if SECRET.encode() in data] == []
    if "template" not in edit:
        assert "Soil is what plants grow in" in (folder / "site/transcripts/soil.html").read_text()
        assert (folder / "site/search/search_index.json").exists()
    if "transcript that goes" not in edit and "template" not in edit:
        assert (folder / "site/transcripts/talk.html").exists()


def test_the_ledger_command_repeats_none_of_the_words(tmp_path: Path) -> None:
    folder = project(tmp_path)
    run = CliRunner().invoke(links, [str(folder), "--update"])
    assert SECRET in (folder / "content/permalinks.txt").read_text(), run.output
    sidecar(folder, PRIVATE)
    asked = CliRunner().invoke(links, [str(folder)])
    assert SECRET not in asked.output
    assert "is gone: its words are private now" in asked.output
