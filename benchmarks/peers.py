"""The tools that we compare ourselves with, and what each needs to build the same pages from Markdown.

Ours reads transcripts and topics; the others get the pages ready-made: one Markdown file for
each episode and each topic. Their templates are bare, their search indexes their own.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Peer:
    """A tool. prepare: writes its project; command: run in the project, builds it into `site`."""

    name: str
    program: str
    prepare: Callable[[Path, Mapping[str, str], Mapping[str, str]], None]
    command: tuple[str, ...]
    version: tuple[str, ...]

    def found(self) -> str:
        """The tool's path, "" if it is not installed."""
        return shutil.which(self.program) or ""

    def release(self) -> str:
        """What it says its version is."""
        said = subprocess.run([self.found(), *self.version], capture_output=True, text=True, check=False)
        found = re.search(r"\d+\.\d+[.\d]*", said.stdout + said.stderr)
        return found[0] if found else "?"


def _write(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def _pages(episodes: Mapping[str, str], topics: Mapping[str, str], under: str, front: str = "") -> dict[str, str]:
    files = {
        f"{under}/episodes/{name}.md": f"---\ntitle: {name}\n{front}---\n\n{text}" for name, text in episodes.items()
    }
    for name, text in topics.items():
        files[f"{under}/topics/{name}.md"] = text.replace("---\n", f"---\n{front}", 1)
    files[f"{under}/index.md"] = f"---\ntitle: Home\n{front}---\n\nHome.\n"
    return files


_MATERIAL = "site_name: Benchmark\nsite_url: http://localhost:8000/\ntheme:\n  name: material\n  font: false\n"


def _ours(folder: Path, episodes: Mapping[str, str], topics: Mapping[str, str]) -> None:
    _write(folder, {f"content/transcripts/{name}.md": text for name, text in episodes.items()})
    _write(folder, {f"content/topics/{name}.md": text for name, text in topics.items()})
    nav = "nav:\n  - Topics: topics/index.md\n  - Conversations: transcripts/index.md\n"
    # No pictures for social media, which no peer makes either.
    plugins = "docs_dir: content/pages\nplugins:\n  - search\n  - talkbook:\n      cards: false\n"
    _write(folder, {"mkdocs.yml": _MATERIAL + plugins + nav, "content/pages/about.md": "# About\n"})


def _mkdocs(folder: Path, episodes: Mapping[str, str], topics: Mapping[str, str]) -> None:
    _write(folder, _pages(episodes, topics, "docs"))
    _write(folder, {"mkdocs.yml": _MATERIAL + "plugins: [search]\nnot_in_nav: |\n  *\nnav:\n  - index.md\n"})


def _zensical(folder: Path, episodes: Mapping[str, str], topics: Mapping[str, str]) -> None:
    _write(folder, _pages(episodes, topics, "docs"))
    _write(folder, {"mkdocs.yml": _MATERIAL.replace("name: material", "variant: modern") + "nav:\n  - index.md\n"})


def _hugo(folder: Path, episodes: Mapping[str, str], topics: Mapping[str, str]) -> None:
    pages = _pages(episodes, topics, "content")
    _write(folder, {name.replace("/index.md", "/_index.md"): text for name, text in pages.items()})
    page = "<!doctype html><html lang=en><title>{{.Title}}</title><h1>{{.Title}}</h1>{{.Content}}</html>"
    entry = '(dict "title" .Title "url" .RelPermalink "text" .Plain)'
    every = f"{{{{range .Site.RegularPages}}}}{{{{$all = $all | append {entry}}}}}{{{{end}}}}"
    index = f"{{{{$all := slice}}}}{every}{{{{$all | jsonify}}}}"
    settings = {
        "baseURL": "http://localhost:8000/",
        "disableKinds": ["taxonomy", "term", "RSS"],
        "outputs": {"home": ["HTML", "JSON"]},
        "publishDir": "site",
    }
    layouts = {f"layouts/_default/{kind}.html": page for kind in ("single", "list")}
    _write(folder, {"hugo.json": json.dumps(settings), "layouts/index.json": index, **layouts})


def _eleventy(folder: Path, episodes: Mapping[str, str], topics: Mapping[str, str]) -> None:
    _write(folder, _pages(episodes, topics, "pages", "layout: page.html\ntemplateEngineOverride: md\n"))
    page = "<!doctype html><html lang=en><title>{{title}}</title><h1>{{title}}</h1>{{content}}</html>"
    _write(folder, {"pages/_includes/page.html": page})


_HERE = str(Path(sys.executable).parent)
os.environ["PATH"] = os.pathsep.join([_HERE, os.environ.get("PATH", "")])
os.environ["NO_MKDOCS_2_WARNING"] = "1"

OURS = Peer("Talkbook", "mkdocs", _ours, ("build", "-q", "-d", "site"), ("--version",))
PEERS = (
    OURS,
    Peer("Hugo, JSON search index", "hugo", _hugo, ("--quiet",), ("version",)),
    Peer("Eleventy", "eleventy", _eleventy, ("--quiet", "--input=pages", "--output=site"), ("--version",)),
    Peer("Zensical", "zensical", _zensical, ("build", "-f", "mkdocs.yml"), ("--version",)),
    Peer("MkDocs + Material", "mkdocs", _mkdocs, ("build", "-q", "-d", "site"), ("--version",)),
)
