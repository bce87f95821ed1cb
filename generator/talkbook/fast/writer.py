"""Writing the leaves of the site, each as it is made, so that memory holds one page and not all."""

import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import jinja2
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage

from talkbook import progress
from talkbook.fast import leaf, workers
from talkbook.fast.leaf import Leaf
from talkbook.fast.packed import Packed
from talkbook.fast.shapes import PROOFS, Shapes
from talkbook.fast.watch import Read
from talkbook.pages import check
from talkbook.pages.check import Facts
from talkbook.pages.page import Entry, Page
from talkbook.social.card import Card

_FRESH = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
_SEARCH = re.compile(r"\s?data-search-\w+=\"[^\"]+\"")  # what Material's search takes out of a page


@dataclass(frozen=True, slots=True)
class Written:
    """What is left of a page once it is written."""

    uri: str
    entries: Sequence[Entry]
    facts: Facts
    card: Card | None = None
    reads: frozenset[Read] | None = None  # what it was made of, if somebody watched


@dataclass(frozen=True, slots=True)
class Theme:
    """What MkDocs renders pages with."""

    nav: Navigation
    env: jinja2.Environment
    config: MkDocsConfig
    files: Sequence[File]

    def render(self, page: MkDocsPage) -> str:
        """The HTML that MkDocs would write for a dressed page."""
        page.active = True
        try:
            context = get_context(self.nav, self.files, self.config, page)
            return self.env.get_template("main.html").render(context)
        finally:
            page.active = False


class Before(Protocol):
    """The build before: gives pages that are the same now, and notes what others are made of."""

    def take(self, page: Leaf) -> Written | None:
        """What was left of the page, if it is the same as before and has been put to its place."""

    def watched(self, make: Callable[[], Written]) -> Written:
        """What `make` gives, with what it has read."""


def write(
    leaves: Sequence[Leaf],
    shapes: Shapes,
    url: Callable[[str], str],
    notice: str = "",
    before: Before | None = None,
) -> list[Written]:
    """Write every leaf to its place; what is left of each, in order.

    url: a uri's address. notice: HTML to put before the content of each. before: the build
    before, if its pages may be taken over.
    """

    def one(page: Leaf) -> Written:
        if before is None:
            return write_one(page, shapes, url, notice)
        return before.take(page) or before.watched(lambda: write_one(page, shapes, url, notice))

    # The first pages of each folder are written before the work is spread, so that their frames are shared.
    counts: dict[str, int] = {}
    first: list[int] = []
    for at, page in enumerate(leaves):
        folder = page.file.src_uri.partition("/")[0]
        counts[folder] = counts.get(folder, 0) + 1
        if counts[folder] <= PROOFS + 1:
            first.append(at)
    rest = [at for at in range(len(leaves)) if at not in {*first}]

    def every() -> Iterator[tuple[int, Written]]:
        for at in first:
            yield at, one(leaves[at])
        for at, written in workers.spread(one, [leaves[at] for at in rest]):
            yield rest[at], written

    found = dict(progress.shown("Writing pages", every(), len(leaves)))
    return [found[at] for at in range(len(leaves))]


def write_one(page: Leaf, shapes: Shapes, url: Callable[[str], str], notice: str = "") -> Written:
    """Make one page and what stands beside it, write it, and forget its HTML."""
    ours = page.draft.make()
    leaf.dress(page, ours)
    content = notice + ours.html
    page.content = _SEARCH.sub("", content) if "data-search-" in content else content
    _put(page.file, shapes.html(page).encode("utf-8", errors="xmlcharrefreplace"))
    for file in page.beside:
        _put(file, file.content_bytes)
    page.content = ""
    page.toc = []  # type: ignore[assignment]
    return left(ours, url(ours.uri))


def _put(file: File, data: bytes) -> None:
    path = file.abs_dest_path
    try:
        place = os.open(path, _FRESH, 0o666)  # which takes half the time of Path.write_bytes
    except FileNotFoundError:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        place = os.open(path, _FRESH, 0o666)
    try:
        while data:
            data = data[os.write(place, data) :]
    finally:
        os.close(place)


def left(ours: Page, here: str) -> Written:
    """What is left of a page at the address `here`."""
    return Written(ours.uri, Packed(ours.entries), check.facts(ours, here), ours.card)
