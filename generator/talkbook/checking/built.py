"""Following every link of a built site, as a folder of HTML, whoever wrote it: theme, plugins and hand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser

from talkbook.problems import Problem, did_you_mean

_LINKS = ("href", "src", "xlink:href", "poster")
_PARTS = r"[href], [src], [xlink\:href], [poster], [id], a[name]"


@dataclass(frozen=True, slots=True)
class Built:
    """The HTML of a site by the path of its file, and the paths of all its files."""

    html: dict[str, str]
    files: frozenset[str]


def read(folder: Path) -> Built:
    """The site in a folder."""
    paths = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    html = {name: path.read_text("utf-8", "replace") for name, path in paths.items() if name.endswith(".html")}
    return Built(html, frozenset(paths))


class _Parts(NamedTuple):
    """What a page leads to, in order, and what on it can be led to."""

    links: Sequence[str]
    anchors: frozenset[str]


def _parts(html: str) -> _Parts:
    links: dict[str, None] = {}
    anchors = {"", "top"}  # which all pages have
    for node in LexborHTMLParser(html).css(_PARTS):
        for name, value in node.attributes.items():
            if name in _LINKS and value is not None:
                links[value.strip()] = None
            elif value and (name == "id" or (name == "name" and node.tag == "a")):
                anchors.add(value)
    return _Parts(tuple(links), frozenset(anchors))


def problems(site: Built, name: str) -> Iterator[Problem]:
    """A problem for each link within the site whose file or anchor is not there. name: of the site, for messages.

    404.html is passed over: it stands for any address, and its links start at the server's root.
    """
    pages = {path: _parts(html) for path, html in site.html.items()}
    for path, parts in pages.items():
        for address in parts.links if path != "404.html" else ():
            try:
                split = urlsplit(address)
            except ValueError:
                yield Problem(f"{name}/{path}", 0, f'A link leads to "{address}", which is no address.', "Mend it.")
                continue
            if split.scheme or split.netloc:
                continue
            target = _file(path, unquote(split.path), site)
            anchor = unquote(split.fragment.partition(":~:")[0])
            if target not in site.files:
                hint = did_you_mean(target, site.files) or "Take the link out."
                yield Problem(f"{name}/{path}", 0, f'A link leads to "{address}", but there is no such file.', hint)
            elif target in pages and anchor not in pages[target].anchors:
                hint = did_you_mean(anchor, pages[target].anchors)
                yield Problem(f"{name}/{path}", 0, f'A link leads to "{address}", but there is no such anchor.', hint)


def _file(page: str, path: str, site: Built) -> str:
    """The path of the file that an address on a page leads to."""
    target = normpath(join("/", dirname(page), path)).lstrip("/") if path else page
    if target in site.files and not path.endswith("/"):
        return target
    return f"{target}/index.html".lstrip("/")
