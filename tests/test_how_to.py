"""The guides in docs/how-to are correct: each is followed on a copy of the package, and its commands are run."""

import html
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import building
from making import ROOT

GUIDES = sorted((ROOT / "docs" / "how-to").glob("*.md"))
_BLOCK = re.compile(
    r'^```(?:\w+) title="(?P<path>[^"]+)"(?: before="(?P<before>(?:[^"\\]|\\.)*)")?\n(?P<text>.*?)^```$', re.M | re.S
)
_CONSOLE = re.compile(r"^```console\n(?P<text>.*?)^```$", re.M | re.S)


def follow(guide: str, checkout: Path, project: Path) -> None:
    """Write the files of a guide into a checkout of Talkbook, and its samples into a project."""
    for block in _BLOCK.finditer(guide):
        path = (checkout if "/" in block["path"] else project) / block["path"]
        if block["before"] is None:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block["text"], "utf-8")
        else:
            text = path.read_text("utf-8")
            mark = block["before"].replace('\\"', '"') + "\n"
            assert text.count(mark) == 1, f"{block['path']} has no single line {mark!r}"
            path.write_text(text.replace(mark, block["text"] + mark), "utf-8")


def run(command: str, folder: Path, checkout: Path) -> str:
    """Return the output of a command from a guide."""
    words = shlex.split(command)
    if words[0] in ("talkbook", "mkdocs"):
        words[:1] = [sys.executable, "-m", words[0]]
    environment = os.environ | {"PYTHONPATH": str(checkout / "generator"), "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.stem)
def test_a_guide_leads_where_it_says(path: Path, tmp_path: Path) -> None:
    guide = html.unescape(path.read_text("utf-8"))
    checkout = tmp_path / "checkout"
    for name in ("generator", "templates"):
        shutil.copytree(ROOT / name, checkout / name, ignore=shutil.ignore_patterns("__pycache__"))
    project = building.copied("allotment", tmp_path)
    follow(guide, checkout, project)
    commands = [each["text"] for each in _CONSOLE.finditer(guide)]
    assert commands
    for each in commands:
        printed = ""
        for line in each.splitlines(keepends=True):
            if line.startswith("$ "):
                assert not printed
                printed = run(line[2:], project, checkout)
            else:
                assert printed.startswith(line)
                printed = printed.removeprefix(line)
        assert not printed


def test_there_is_a_guide_for_what_is_added_most() -> None:
    assert {path.stem for path in GUIDES} >= {"add-a-reader", "add-a-page", "add-an-export"}
