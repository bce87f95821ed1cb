"""Dates of the last changes to files, from git."""

import datetime
import subprocess
from collections.abc import Mapping
from pathlib import Path


def last_changed(project: Path, folder: Path) -> Mapping[str, datetime.date]:
    """Return path relative to the project -> date of the last commit that changed it, for the files below `folder`.

    Empty if git is missing, if there is no repository, or if it is a shallow clone, whose oldest commit seems to have
    changed everything.
    """
    git = ["git", "-C", str(project), "-c", "core.quotePath=off"]
    try:
        shallow = _output([*git, "rev-parse", "--is-shallow-repository"])
        if shallow.strip() != "false":
            return {}
        log = _output([*git, "log", "--format=%x00%cs", "--name-only", "--relative", "--", str(folder)])
    except (OSError, subprocess.SubprocessError):
        return {}
    changed: dict[str, datetime.date] = {}
    for commit in log.split("\0")[1:]:
        day, *paths = commit.split("\n")
        for path in filter(None, paths):
            changed.setdefault(path, datetime.date.fromisoformat(day))  # the newest commit comes first
    return changed


def _output(command: list[str]) -> str:
    result = subprocess.run(command, capture_output=True, check=True, timeout=20, encoding="utf-8", errors="replace")
    return result.stdout
