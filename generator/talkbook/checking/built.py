"""Following every link of a built site, as a folder of HTML, whoever wrote it: theme, plugins and hand."""

from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

from talkbook.problems import Problem, did_you_mean

_LINKS = ("href", "src", "xlink:href", "poster")


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


class _Parts(HTMLParser):
    """What a page leads to, and what on it can be led to. links: in order; anchors: with those that all pages have."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: dict[str, None] = {}
        self.anchors = {"", "top"}
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in _LINKS and value is not None:
                self.links[value.strip()] = None
            elif value and (name == "id" or (name == "name" and tag == "a")):
                self.anchors.add(value)


def problems(site: Built, name: str) -> Iterator[Problem]:
    """A problem for each link within the site whose file or anchor is not there. name: of the site, for messages.

    404.html is passed over: it stands for any address, and its links start at the server's root.
    """
    pages = {path: _Parts(html) for path, html in site.html.items()}
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
                cure = did_you_mean(target, site.files) or "Take the link out."
                yield Problem(f"{name}/{path}", 0, f'A link leads to "{address}", and there is no such file.', cure)
            elif target in pages and anchor not in pages[target].anchors:
                cure = did_you_mean(anchor, pages[target].anchors)
                yield Problem(f"{name}/{path}", 0, f'A link leads to "{address}", and there is no such anchor.', cure)


def _file(page: str, path: str, site: Built) -> str:
    """The path of the file that an address on a page leads to."""
    target = normpath(join("/", dirname(page), path)).lstrip("/") if path else page
    if target in site.files and not path.endswith("/"):
        return target
    return f"{target}/index.html".lstrip("/")
