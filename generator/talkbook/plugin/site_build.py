"""One build of a site by MkDocs: what it is made of, and what is left of it when it is done."""

import logging
from collections import deque
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from os.path import realpath, relpath
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage

from talkbook import exports
from talkbook.pages import link_check, stylesheet
from talkbook.pages.context import RenderContext
from talkbook.pages.routes import PageSpec
from talkbook.plugin import search, site_files
from talkbook.plugin.handwritten import Hand
from talkbook.plugin.project import Made, Project
from talkbook.plugin.render import theme
from talkbook.plugin.render.late import Late
from talkbook.plugin.render.leaf import Leaf, dress
from talkbook.plugin.render.press import Press
from talkbook.plugin.render.reuse import Reuse, watched
from talkbook.plugin.render.watch import Watched
from talkbook.plugin.render.writer import Theme, Written, left
from talkbook.plugin.site_files import Others
from talkbook.problems import Problem
from talkbook.search.blocks import Listing
from talkbook.search.segments import Segment
from talkbook.search.writer import Index, Later
from talkbook.sources import content_folder, sidecar_names
from talkbook.text import ids

log = logging.getLogger("mkdocs.plugins.talkbook")


@dataclass(slots=True)
class Build:
    """A build, as far as it has come.

    written: by uri, what is kept of each page of ours. others, paths: what makes the files of the whole book, and where
    they lie. late: those files. beside: files that are neither pages nor ours. anchors: by address, those of what is no
    page of ours. found: what Material's search has found on pages that are not ours. index: our own, if there is one.
    """

    project: Project
    context: RenderContext
    press: Press
    hand: Hand = field(default_factory=Hand)
    written: dict[str, Written] = field(default_factory=dict)
    others: Others | None = None
    paths: set[str] = field(default_factory=set)
    theme: Theme | None = None
    anchors: dict[str, set[str]] = field(default_factory=dict)
    found: list[dict[str, Any]] = field(default_factory=list)
    index: Index | None = None
    late: Sequence[File] = ()
    beside: Sequence[File] = ()

    def add(self, site_files: Files) -> None:
        """Put our pages and data among MkDocs' files, which are those of the project so far."""
        config = self.project.config
        pages = self.press.files(config)
        self._make_room(
            site_files, {*(file.dest_uri for file in pages), *(each.path for each in exports.files(self.context))}
        )
        by_hand = [*site_files.documentation_pages()]
        self.beside = [file for file in site_files if not file.is_documentation_page()]
        for name, path in content_folder.assets():
            site_files.append(File.generated(config, f"assets/{name}", abs_src_path=str(path)))
        sheet = stylesheet.join(content_folder.styles())
        site_files.append(File.generated(config, "assets/talkbook.css", content=sheet))
        self.others = Others(config, by_hand, frozenset(file.dest_uri for file in site_files))
        for file in pages:
            site_files.append(file)
        self.late = self.others.files(self.context, self.press.drafts.values())
        for file in self.late:
            site_files.append(file)
            self.paths.add(file.dest_uri)

    def _make_room(self, site_files: Files, ours: Set[str]) -> None:
        """Take out the sources, should they lie among the pages by hand, and what lies where our files will.

        Sources, and what would be a sidecar, may hold what must not be published. Of all else that is taken out it is
        said.
        """
        sources = [realpath(path) for path in self.project.sources]
        book = self.context.book
        talks = {each.slug for each in book.transcripts} | {each.slug for each in book.withheld}
        for file in [*site_files]:
            path = realpath(file.abs_src_path or "")
            stems = sidecar_names.stems(Path(file.src_uri).name)
            if any(Path(path).is_relative_to(source) for source in sources) or talks & {*map(ids.slug, stems)}:
                site_files.remove(file)
            elif file.dest_uri in ours:
                site_files.remove(file)
                message = f"Talkbook makes {file.dest_uri} itself, so this file is ignored."
                where = relpath(path, self.project.folder) if file.abs_src_path else file.src_uri
                log.warning(str(Problem(where, 0, message, "Give the file another name.")))

    def content(self, page: MkDocsPage, html: str) -> str:
        """The HTML of a page of MkDocs': ours, or that of a page written by hand with what is added to it."""
        draft = self.press.drafts.get(page.file.src_uri)
        if isinstance(page, Leaf) and page.bare:
            return ""  # it is made when it is written
        return self._dress(page, draft) if draft else self.hand.dress(self.context, page, html)

    def _dress(self, page: MkDocsPage, draft: PageSpec) -> str:
        def make() -> Written:
            ours = draft.make()
            dress(page, ours)
            return left(ours, self.context.addresses.of(ours.uri))

        self.written[draft.uri] = watched(self.context, make) if isinstance(self.context, Watched) else make()
        return page.content or ""

    def print(self, nav: Navigation, env: Environment, site_files: Files, before: Reuse | None, *, index: bool) -> None:
        """Write our pages with the theme's faults mended, and check every link of them. index: whether at once."""
        assert env.loader is not None
        config = self.project.config
        env.loader = theme.Mended(env.loader)
        ours = search.choose(config, env)
        self.index = search.index(config, self.context) if ours else None
        self.theme = Theme(nav, env, config, site_files.documentation_pages())
        if self.index:
            self.index.begin()
        part = self._part if self.index and index else None
        others = [file for file in self.late if isinstance(file, Late)]
        written = self.press.print(self.theme, self.context.addresses, before, part, others)
        self.written |= {each.uri: each for each in written}
        self.anchors = anchors(site_files)
        self.check()

    def check(self) -> None:
        """Say which links lead nowhere."""
        for problem in link_check.between((each.facts for each in self.written.values()), self.anchors):
            log.warning(str(problem))

    def listings(self, uris: Iterable[str]) -> list[Listing]:
        """What search finds on our pages, in this order."""
        return self._listings(self.written[uri] for uri in uris)

    def _listings(self, written: Iterable[Written]) -> list[Listing]:
        of = self.context.addresses.of
        return [Listing(of(each.uri), each.entries) for each in written if each.entries]

    def _part(self, number: int, written: Sequence[Written]) -> Segment:
        assert self.index is not None
        return self.index.part(number, self._listings(written))

    def find(self, uris: Sequence[str], later: Later | None) -> None:
        """Make what is on our pages found. uris: all, in order. later: writes an index of ours while somebody edits."""
        config = self.project.config
        if self.index is None:
            return search.put(config, self.listings(uris))
        chunks, others = self.press.chunks(uris)
        last = [*search.take(config), *self.listings(others)]
        if later:
            return later.write(self.index, [*map(self.listings, chunks), last], self.press.parts)
        made = self.press.parts or [self.index.part(at, self.listings(chunk)) for at, chunk in enumerate(chunks)]
        deque(self.index.join([*made, self.index.part(len(made), last)]), maxlen=0)
        return None

    def draw(self, written: Iterable[Written], *, only_known: bool) -> None:
        """Put the cards of these pages into the site. only_known: draw none."""
        cards = {each.uri: each.card for each in written if each.card}
        if self.hand.home:
            cards["index"] = self.hand.home
        cache = self.project.folder / ".cache" / "talkbook" / "cards"
        site_files.draw(cards, cache, Path(self.project.config.site_dir), only_known=only_known)


def begin(project: Project, made: Made, *, fast: bool) -> Build:
    """A build of this site. fast: whether the fast way is wanted."""
    return Build(project, made.context, Press(made.drafts, fast))


def anchors(site_files: Iterable[File]) -> dict[str, set[str]]:
    """By address, the anchors of what is no page of ours."""
    found: dict[str, set[str]] = {}
    for file in site_files:
        if not (isinstance(file.page, Leaf) and file.page.bare):
            held = file.page.present_anchor_ids if file.page else None
            found["" if file.url == "./" else file.url] = held or set()
    return found
