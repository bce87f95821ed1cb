"""When files were last changed, as git has it."""

import datetime
import subprocess
from collections.abc import Mapping
from pathlib import Path


def last_changed(project: Path, folder: Path) -> Mapping[str, datetime.date]:
    """By its path, relative to the project, the day of the last commit that changed each file below a folder.

    Nothing where there is no git, no repository, or only the last of its commits, which would have changed everything.
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
