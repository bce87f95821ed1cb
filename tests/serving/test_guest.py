"""The plugin changes no settings of the interpreter in which it runs, and leaves nothing in its memory."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import building
from making import ROOT

SWITCHES = r"gc\.(disable|freeze|set_threshold)|setswitchinterval|setrecursionlimit"
BUILDS = """
import logging, resource, sys
from mkdocs.commands import build
from mkdocs.config import load_config
logging.disable(logging.CRITICAL)
for number in range(6):
    config = load_config(sys.argv[1], site_dir=sys.argv[2])
    config.plugins.on_startup(command="build", dirty=False)
    build.build(config)
    config.plugins.on_shutdown()
    with open("/proc/self/statm") as file:
        print(int(file.read().split()[1]) * resource.getpagesize())
"""


def test_no_setting_of_the_interpreter_is_changed() -> None:
    package = ROOT / "generator" / "talkbook"
    assert [path.name for path in package.rglob("*.py") if re.search(SWITCHES, path.read_text("utf-8"))] == []


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="this system does not tell how much memory is used")
def test_six_builds_in_one_process_take_no_more_memory_than_two(tmp_path: Path) -> None:
    project = building.copied("garden", tmp_path)
    command = [sys.executable, "-c", BUILDS, str(project / "mkdocs.yml"), str(tmp_path / "site")]
    said = subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout
    sizes = [int(line) for line in said.split() if line.isdigit()]
    assert len(sizes) == 6
    assert sizes[5] <= sizes[1] * 1.04  # of about 90 MB; a leaked template environment would take more
