"""The tools with which Talkbook is compared, and what each needs to build the same pages.

Talkbook reads transcripts and topics. The others get finished pages as Markdown, one file each for every conversation,
topic, person and quote. They use minimal templates and their own search indexes.
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
    """A tool to compare with.

    prepare: writes a project with the given pages.
    command: builds the project into `site`; run in its folder.
    """

    name: str
    program: str
    prepare: Callable[[Path, Mapping[str, str]], None]
    command: tuple[str, ...]
    version: tuple[str, ...]

    def found(self) -> str:
        """The path of the tool; "" if it is not installed."""
        return shutil.which(self.program) or ""

    def release(self) -> str:
        """The version that the tool reports."""
        said = subprocess.run([self.found(), *self.version], capture_output=True, text=True, check=False)
        found = re.search(r"\d+\.\d+[.\d]*", said.stdout + said.stderr)
        return found[0] if found else "?"


def _write(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def pages(site: Path) -> dict[str, str]:
    """Return path -> Markdown of each page of a Talkbook site, with the title in front matter, for the other tools."""
    found = {path.relative_to(site).as_posix(): path.read_text("utf-8") for path in sorted(site.rglob("*.md"))}
    return {path: f"---\ntitle: {json.dumps(_title(text))}\n---\n\n{text}" for path, text in found.items()}


def _title(text: str) -> str:
    return text.partition("\n")[0].lstrip("# ")


_MATERIAL = "site_name: Benchmark\nsite_url: http://localhost:8000/\ntheme:\n  name: material\n  font: false\n"


def ours(folder: Path, episodes: Mapping[str, str], topics: Mapping[str, str]) -> None:
    """Write a Talkbook project with these transcripts and topics, given by name."""
    _write(folder, {f"content/transcripts/{name}.md": text for name, text in episodes.items()})
    _write(folder, {f"content/topics/{name}.md": text for name, text in topics.items()})
    nav = "nav:\n  - Topics: topics/index.md\n  - Conversations: transcripts/index.md\n"
    # No social cards: none of the other tools makes them.
    plugins = "docs_dir: content/pages\nplugins:\n  - search\n  - talkbook:\n      cards: false\n"
    _write(folder, {"mkdocs.yml": _MATERIAL + plugins + nav, "content/pages/about.md": "# About\n"})


def _mkdocs(folder: Path, pages: Mapping[str, str]) -> None:
    _write(folder / "docs", pages)
    _write(folder, {"mkdocs.yml": _MATERIAL + "plugins: [search]\nnot_in_nav: |\n  *\nnav:\n  - index.md\n"})


def _zensical(folder: Path, pages: Mapping[str, str]) -> None:
    _write(folder / "docs", pages)
    _write(folder, {"mkdocs.yml": _MATERIAL.replace("name: material", "variant: modern") + "nav:\n  - index.md\n"})


def _hugo(folder: Path, pages: Mapping[str, str]) -> None:
    lists = {path: path.removesuffix("index.md") + "_index.md" for path in pages if f"/{path}".endswith("/index.md")}
    _write(folder / "content", {lists.get(path, path): text for path, text in pages.items()})
    page = "<!doctype html><html lang=en><title>{{.Title}}</title>{{.Content}}</html>"
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


def _eleventy(folder: Path, pages: Mapping[str, str]) -> None:
    front = "---\nlayout: page.html\ntemplateEngineOverride: md\n"
    _write(folder / "pages", {path: text.replace("---\n", front, 1) for path, text in pages.items()})
    page = "<!doctype html><html lang=en><title>{{title}}</title>{{content}}</html>"
    _write(folder, {"pages/_includes/page.html": page})


def _ready(_folder: Path, _pages: Mapping[str, str]) -> None:
    """Do nothing: ours() has written the project."""


_HERE = str(Path(sys.executable).parent)
os.environ["PATH"] = os.pathsep.join([_HERE, os.environ.get("PATH", "")])
os.environ["NO_MKDOCS_2_WARNING"] = "1"

OURS = Peer("Talkbook", "mkdocs", _ready, ("build", "-q", "-d", "site"), ("--version",))
PEERS = (
    OURS,
    Peer("Hugo, JSON search index", "hugo", _hugo, ("--quiet",), ("version",)),
    Peer("Eleventy", "eleventy", _eleventy, ("--quiet", "--input=pages", "--output=site"), ("--version",)),
    Peer("Zensical", "zensical", _zensical, ("build", "-f", "mkdocs.yml"), ("--version",)),
    Peer("MkDocs + Material", "mkdocs", _mkdocs, ("build", "-q", "-d", "site"), ("--version",)),
)
