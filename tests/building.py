"""Build whole sites as `mkdocs build` does, in this process, and walk through them like a reader."""

import json
import logging
import shutil
import threading
import zlib
from base64 import b64decode
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from posixpath import join, normpath
from typing import NamedTuple
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

from mkdocs.commands import build as building
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

import markup

PROJECTS = Path(__file__).parent / "projects"
SETTINGS = (
    "site_name: Talks\nsite_url: https://site.example/\ndocs_dir: content/pages\n"
    "theme: {name: material, font: false}\nplugins: [search, talkbook]\n"
)


class Kept(logging.Handler):
    """A log handler that keeps the records."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


def project(folder: Path, files: Mapping[str, str], settings: str = SETTINGS) -> Path:
    """Make a project in a folder. files: path in content/ -> text. settings: mkdocs.yml."""
    content = folder / "content"
    for name in ("pages", "topics", "transcripts"):
        (content / name).mkdir(parents=True)
    for name, text in files.items():
        (content / name).write_text(text, "utf-8")
    (folder / "mkdocs.yml").write_text(settings)
    return folder


def copied(name: str, folder: Path) -> Path:
    """Copy one of the projects, to build or to break it."""
    return Path(shutil.copytree(PROJECTS / name, folder / name))


def build(project: Path, site: Path, file: str = "mkdocs.yml", **more: object) -> list[str]:
    """Build strictly into `site`. Returns all warnings; raises Abort if `mkdocs build --strict` fails."""
    kept = Kept()
    log = logging.getLogger("mkdocs")
    log.addHandler(kept)
    try:
        config = load_config(str(project / file), strict=True, site_dir=str(site), **more)
        config.plugins.on_startup(command="build", dirty=False)
        building.build(config)
        config.plugins.on_shutdown()
    except Abort as abort:
        abort.args = (*abort.args, kept.said)
        raise
    finally:
        log.removeHandler(kept)
    return kept.said


class Indexed(NamedTuple):
    """A possible search result."""

    place: str
    kind: str
    title: str
    text: str


class Quiet(SimpleHTTPRequestHandler):
    """A request handler that logs nothing."""

    def log_message(self, format: str, *args: object) -> None: ...


class Server(ThreadingHTTPServer):
    """A server that ignores browsers that close the connection."""

    daemon_threads = True

    def handle_error(self, *args: object) -> None: ...


@contextmanager
def served(folder: Path, handler: type[Quiet] = Quiet) -> Iterator[str]:
    """Serve a folder with a plain web server, and yield its address."""
    with Server(("127.0.0.1", 0), partial(handler, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def index_part(site: Path, path: str) -> bytes:
    """Return a file of a site's search index, or of an offline copy, where it is a script."""
    script = site / "search" / f"{path.removesuffix('bin')}js"
    if script.is_file():
        return zlib.decompress(b64decode(script.read_text("utf-8").split('"')[3]))
    return zlib.decompress((site / "search" / path).read_bytes())


def indexed(site: Path) -> Sequence[Indexed]:
    """Return what search can find in a site."""
    index = json.loads(index_part(site, "index.bin"))
    found = []
    for number, blocks in enumerate(index["blocks"]):
        for at, letters in enumerate(blocks):
            kinds = iter(letters)
            for address, _, units in json.loads(index_part(site, f"blocks/{number}-{at}.bin")):
                for unit, letter in zip(units, kinds, strict=False):
                    for anchor, title, text, *_ in unit:
                        place = f"{address}#{anchor}" if anchor else address
                        found.append(Indexed(place, index["kinds"][letter], title, text))
    return found


def contents(site: Path) -> dict[str, bytes]:
    """Return path -> content of every file in a folder."""
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


@cache
def pages(site: Path) -> Sequence[tuple[str, Element]]:
    """Return path -> parsed document of every page in a built site."""
    every = sorted(site.rglob("*.html"))
    return [(path.relative_to(site).as_posix(), markup.parse(path.read_text("utf-8"))) for path in every]


def dead(site: Path, base: str = "/") -> list[str]:
    """Return all broken links, anchors and missing files within the site. base: the site's path on its host."""
    every = dict(pages(site))
    anchors = {path: {*markup.ids(page), ""} for path, page in every.items()}
    found = []
    for path, page in every.items():
        for address in {*markup.links(page), *markup.requests(page)}:
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                continue
            target = _file(path, unquote(parts.path), base)
            if not (site / target).is_file():
                found.append(f"{path}: {address} leads to {target}")
            elif (
                target in anchors and unquote(parts.fragment) not in anchors[target] and parts.fragment != "__comments"
            ):
                found.append(f"{path}: {address} has no such anchor")
    return found


def _file(here: str, path: str, base: str) -> str:
    if path.startswith(base):
        target = path.removeprefix(base)
    else:
        target = here if not path else normpath(join("/", here.rpartition("/")[0], path)).lstrip("/")
    if path.endswith(("/", "..", ".")) or not target:
        target = f"{target.rstrip('/')}/index.html".lstrip("/")
    return target


def foreign(site: Path) -> list[str]:
    """Return all addresses on other hosts that a browser would load by itself, from pages and style sheets."""
    found = []
    for path, page in pages(site):
        found += [f"{path}: {address}" for address in markup.requests(page) if urlsplit(address).netloc]
        found += [f"{path}: {style.text}" for style in page.iter("style") if "//" in (style.text or "")]
    for path in site.rglob("*.css"):
        text = path.read_text("utf-8")
        found += [
            f"{path.name}: {part[:60]}"
            for part in text.split("url(")[1:]
            if part.lstrip("'\"").startswith(("http", "//"))
        ]
        found += [f"{path.name}: @import"] if "@import" in text else []
    return found
