"""Writing the leaves of the site, each as it is made, so that memory holds one page and not all."""

import os
import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from pathlib import Path
from typing import Protocol, TypeVar

import jinja2
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage

from talkbook.pages import link_check
from talkbook.pages.link_check import Facts
from talkbook.pages.page import Page, SearchEntry
from talkbook.pages.social.card import SocialCard
from talkbook.plugin.render import leaf, packed
from talkbook.plugin.render.late import Late
from talkbook.plugin.render.leaf import Leaf
from talkbook.plugin.render.shapes import PROOFS, Shapes
from talkbook.plugin.render.watch import Read
from talkbook.runtime import pool, progress
from talkbook.search.segments import Segment

_CHUNK = 24  # pages of a chunk
_FEWEST = 150  # pages below which processes cost more than they save
_T = TypeVar("_T")
_FRESH = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
_SEARCH = re.compile(r"\s?data-search-\w+=\"[^\"]+\"")  # what Material's search takes out of a page


@dataclass(frozen=True, slots=True)
class Written:
    """What is kept of a page once it is written. entries: what search finds on it. facts: its links and anchors."""

    uri: str
    entries: Sequence[SearchEntry]
    facts: Facts
    card: SocialCard | None = None
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
        """What was kept of the page, if it is the same as before and has been put in its place."""

    def watched(self, make: Callable[[], Written]) -> Written:
        """What `make` gives, with what it has read."""


def write(
    leaves: Sequence[Leaf],
    shapes: Shapes,
    url: Callable[[str], str],
    before: Before | None = None,
    index: Callable[[int, Sequence[Written]], Segment] | None = None,
    others: Sequence[Late] = (),
) -> tuple[list[Written], list[Segment]]:
    """Write every leaf to its place. Returns what is kept of each and what `index` makes of each of chunks(), in order.

    url: a uri's address. before: the build before, if its pages may be taken over. index: makes a part of a search
    index of a chunk, by its number; once it has, only a later build needs what search finds. others: files to be
    written besides.
    """

    def one(page: Leaf) -> Written:
        if before is None:
            return write_one(page, shapes, url)
        return before.take(page) or before.watched(lambda: write_one(page, shapes, url))

    def chunk(number: int) -> tuple[list[Written], Segment | None]:
        written = [one(page) for page in cut[number]]
        part = index(number, written) if index else None
        done = part is not None and before is None
        return [replace(each, entries=() if done else packed.pack(each.entries)) for each in written], part

    def work(item: int | Late) -> tuple[list[Written], Segment | None]:
        if isinstance(item, int):
            return chunk(item)
        put(item, item.content_bytes)
        return [], None

    cut = chunks(leaves, lambda page: page.file.src_uri)
    # The first of each folder is written before the work is spread, so that its frames are shared.
    first = [at for at, pages in enumerate(cut) if not at or _folder(pages[0]) != _folder(cut[at - 1][0])]
    items: list[int | Late] = [*others, *(at for at in range(len(cut)) if at not in {*first})]
    found: dict[int, tuple[list[Written], Segment | None]] = {}

    def every() -> Iterator[object]:
        for at in first:
            found[at] = chunk(at)
            yield from found[at][0]
        for number, result in pool.spread(work, items, None if len(leaves) >= _FEWEST else 0):
            item = items[number]
            if isinstance(item, int):
                found[item] = result
            yield from result[0] if isinstance(item, int) else [item]

    deque(progress.shown("Writing pages", every(), len(leaves) + len(others)), maxlen=0)
    ordered = [found[at] for at in range(len(cut))]
    return [each for written, _ in ordered for each in written], [part for _, part in ordered if part]


def chunks(pages: Sequence[_T], uri: Callable[[_T], str]) -> list[Sequence[_T]]:
    """Pages that are written, and indexed, by one process: those of a folder that follow one another."""
    found: list[Sequence[_T]] = []
    for _, group in groupby(pages, lambda page: uri(page).partition("/")[0]):
        inside = list(group)
        starts = [0, *range(PROOFS + 1, len(inside), _CHUNK)]
        found += [inside[start:end] for start, end in pairwise([*starts, len(inside)])]
    return found


def _folder(page: Leaf) -> str:
    return page.file.src_uri.partition("/")[0]


def write_one(page: Leaf, shapes: Shapes, url: Callable[[str], str]) -> Written:
    """Make one page and what stands beside it, write both, and forget its HTML. url: gives a uri's address."""
    ours = page.draft.make()
    leaf.dress(page, ours)
    page.content = _SEARCH.sub("", ours.html) if "data-search-" in ours.html else ours.html
    put(page.file, shapes.html(page).encode("utf-8", errors="xmlcharrefreplace"))
    for file in page.beside:
        put(file, file.content_bytes)
    page.content = ""
    page.toc = []  # type: ignore[assignment]
    return left(ours, url(ours.uri))


def put(file: File, data: bytes) -> None:
    """Write the file's bytes to its place."""
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
    """What is kept of a page of ours at the address `here`."""
    return Written(ours.uri, ours.entries, link_check.facts(ours, here), ours.card)
