"""`make check`: build sites with others' software. Each row says what it found; what can't be had here is said, too.

Environments lie in .cache/compatibility and are kept. The exit code is the number of rows that failed.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
CACHE = ROOT / ".cache" / "compatibility"
GARDEN = ROOT / "tests" / "projects" / "garden"
OLDER = ("3.11", "3.12", "3.13")
PLUGINS = (
    "mkdocs-redirects mkdocs-minify-plugin mkdocs-awesome-nav mkdocs-git-revision-date-localized-plugin "
    "mkdocs-glightbox mkdocs-macros-plugin mkdocs-rss-plugin"
).split()


class Failed(Exception):
    """A command that did not go well, with the end of what it said."""


def run(*words: str | Path, folder: Path = ROOT) -> str:
    """What a command prints. Raises Failed where it fails."""
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    done = subprocess.run(map(str, words), cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Failed(f"{' '.join(map(str, words[:3]))}: {(done.stdout + done.stderr).strip()[-800:]}")
    return done.stdout


def python(version: str) -> Path | None:
    """An interpreter of this version that runs, on the PATH or where pyenv keeps its own."""
    kept = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    places = [shutil.which(f"python{version}"), *sorted(kept.glob(f"{version}.*/bin/python"))]
    for each in filter(None, places):
        try:
            said = run(each, "-c", "import sys, ensurepip; print('%d.%d' % sys.version_info[:2])")
        except (Failed, OSError):
            continue
        if said.strip() == version:
            return Path(each)
    return None


def environment(name: str, interpreter: Path, *packages: str, lowest: bool = False) -> Path:
    """The folder of commands of an environment in which Talkbook and the packages are installed."""
    folder = CACHE / name
    if not (folder / "bin" / "python").exists():
        run(interpreter, "-m", "venv", folder)
    resolution = ["--resolution", "lowest-direct"] if lowest else ["--upgrade"]
    run(sys.executable, "-m", "uv", "pip", "install", "--python", folder / "bin/python", *resolution, ROOT, *packages)
    return folder / "bin"


def site(command: Path, project: Path, name: str) -> Path:
    """A strictly built site."""
    folder = CACHE / "sites" / name
    run(command, "build", "--strict", "--config-file", project / "mkdocs.yml", "--site-dir", folder, folder=project)
    return folder


def ours(folder: Path) -> set[str]:
    """The pages and files of a site that Talkbook made, by what its JSON says and where its exports lie."""
    named = [json.loads((folder / f"{name}.json").read_text("utf-8")) for name in ("topics", "quotes", "transcripts")]
    pages = {f"{each['url']}index.html" for every in named for each in every}
    others = {"people/index.html", "annotations.json", "topics.ttl", "llms.txt", "objects.inv", "topics/index.html"}
    missing = [path for path in pages | others if not (folder / path).is_file()]
    if missing:
        raise Failed(f"missing in the site: {', '.join(sorted(missing)[:5])}")
    return pages | others


def interpreter_row(version: str) -> str | None:
    """Talkbook under another version of Python; None where there is none."""
    found = python(version)
    if found is None:
        return None
    commands = environment(f"python{version}", found)
    return f"{len(ours(site(commands / 'mkdocs', GARDEN, f'python{version}')))} pages and files"


def versions_row(lowest: bool) -> str:
    """Talkbook with the lowest or the newest versions of what it depends on."""
    name = "lowest" if lowest else "newest"
    commands = environment(name, Path(sys.executable), lowest=lowest)
    return f"{len(ours(site(commands / 'mkdocs', GARDEN, name)))} pages and files"


def properdocs_row() -> str:
    """ProperDocs in the place of MkDocs: the same files."""
    commands = environment("properdocs", Path(sys.executable), "properdocs")
    theirs, mkdocs = (ours(site(commands / name, GARDEN, name)) for name in ("properdocs", "mkdocs"))
    if theirs != mkdocs:
        raise Failed(f"not the same pages: {sorted(theirs ^ mkdocs)[:5]}")
    return f"the same {len(theirs)} pages and files as with MkDocs"


def plugins_row() -> str:
    """A site with many plugins holds all that it holds without them."""
    commands = environment("plugins", Path(sys.executable), *PLUGINS)
    project = CACHE / "project"
    shutil.rmtree(project, ignore_errors=True)
    shutil.copytree(GARDEN, project)
    shutil.copy(Path(__file__).parent / "plugins" / "mkdocs.yml", project)
    (project / "content/pages/blog/posts").mkdir(parents=True)
    (project / "content/pages/blog/index.md").write_text("# News\n", "utf-8")
    (project / "content/pages/blog/posts/rain.md").write_text(
        "---\ndate: 2026-01-01\n---\n\n# Rain\n\nIt rains.\n", "utf-8"
    )
    with_plugins = site(commands / "mkdocs", project, "plugins")
    missing = ours(site(commands / "mkdocs", GARDEN, "plain")) - ours(with_plugins)
    if missing:
        raise Failed(f"missing with plugins: {', '.join(sorted(missing)[:5])}")
    for path in ("blog/index.html", "old/index.html", "feed_rss_created.xml"):
        if not (with_plugins / path).is_file():
            raise Failed(f"the plugins' own {path} is missing")
    return f"nothing of ours is missing among {len(PLUGINS) + 4} plugins"


def main() -> int:
    """Run all rows; returns how many failed."""
    rows: Sequence[tuple[str, Callable[[], str | None]]] = [
        *((f"Python {version}", lambda version=version: interpreter_row(version)) for version in OLDER),
        ("lowest versions", lambda: versions_row(True)),
        ("newest versions", lambda: versions_row(False)),
        ("ProperDocs", properdocs_row),
        ("plugins", plugins_row),
    ]
    failed = 0
    for name, row in rows:
        try:
            said = row()
            print(f"{name}: {said or 'not on this machine, NOT CHECKED'}", flush=True)
        except Failed as error:
            failed += 1
            print(f"{name}: FAILED\n  {error}", flush=True)
    print(f"{len(rows) - failed} passed, {failed} failed")
    return failed


if __name__ == "__main__":
    sys.exit(main())
