"""One build of a site by MkDocs: what goes into it, and what it writes."""

import logging
import threading
from collections import deque
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import partial
from os.path import realpath, relpath
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage

from talkbook import exports
from talkbook.pages import link_check, stylesheet
from talkbook.pages.social import card, store
from talkbook.plugin import material_internals, other_plugins, search, site_files
from talkbook.plugin.contents import Contents
from talkbook.plugin.handwritten import HandwrittenPages
from talkbook.plugin.mkdocs_internals import LazyFile
from talkbook.plugin.render import page_writer, pages
from talkbook.plugin.render.page_writer import Written
from talkbook.plugin.render.pages import GeneratedPages, LazyPage
from talkbook.plugin.render.theme import Theme
from talkbook.plugin.site_files import WholeSiteFiles
from talkbook.problems import Problem
from talkbook.project import Project
from talkbook.search.blocks import Listing
from talkbook.search.index_writer import IndexWriter
from talkbook.search.segments import Segment
from talkbook.sources import content_folder, sidecar_names
from talkbook.text import ids

log = logging.getLogger("mkdocs.plugins.talkbook")


@dataclass(slots=True)
class SiteBuild:
    """A build, as far as it has come.

    served: whether a server makes each page when it is asked for, and so none is written. deferred: whether we write
    our pages, and MkDocs need not see them. written: what is kept of each page of ours.
    """

    project: Project
    contents: Contents
    config: MkDocsConfig
    served: bool
    deferred: bool = False
    handwritten: HandwrittenPages = field(default_factory=lambda: HandwrittenPages((), ()))
    whole: WholeSiteFiles = field(default_factory=lambda: WholeSiteFiles((), frozenset()))
    pages: GeneratedPages | None = None
    own_index: bool = False
    written: dict[str, Written] = field(default_factory=dict)
    lock: threading.RLock = field(default_factory=threading.RLock)  # MkDocs' pages are for one reader at a time
    _ours: list[File] = field(default_factory=list)  # the files of our pages
    _lazy: list[LazyFile] = field(default_factory=list)  # and what else is ours
    _inside: dict[str, MkDocsPage] = field(default_factory=dict)
    _segments: Sequence[Segment] = ()

    def add(self, files: Files) -> None:
        """Put our pages and data among MkDocs' files, which are those of the project so far."""
        specs = [self.contents.spec(uri) for uri in self.contents.uris]
        self._ours = [pages.file(spec, self.project, self.config) for spec in specs]
        beside = [each for spec in specs for each in spec.files]
        whole = {each.path for each in exports.files(self.contents.context)}
        self._make_room(files, {*(file.dest_uri for file in self._ours), *(each.path for each in beside), *whole})
        written = [*files.documentation_pages()]
        for name, path in content_folder.assets():
            what: dict[str, Any] = {"abs_src_path": str(path)}
            if path.suffix == ".js":
                what = {"content": stylesheet.script(path.read_text("utf-8"))}
            files.append(File.generated(self.config, f"assets/{name}", **what))
        sheet = stylesheet.join(content_folder.styles())
        files.append(File.generated(self.config, "assets/talkbook.css", content=sheet))
        self.handwritten = HandwrittenPages(written, [file for file in files if not file.is_documentation_page()])
        self.whole = WholeSiteFiles(written, frozenset(file.dest_uri for file in files))
        self._lazy = [*site_files.lazy_files([*beside, *self.whole.files(self.contents)], self.config)]
        for file in (*self._ours, *self._lazy):
            files.append(file)

    def _make_room(self, files: Files, ours: Set[str]) -> None:
        """Take out the sources, should they lie among the pages by hand, and what lies where our files will.

        Sources, and what would be a sidecar, may hold what must not be published. Of all else that is taken out it is
        said.
        """
        sources = [realpath(path) for path in self.project.sources]
        book = self.contents.context.book
        talks = {each.slug for each in book.transcripts} | {each.slug for each in book.withheld}
        for file in [*files]:
            path = realpath(file.abs_src_path or "")
            stems = sidecar_names.stems(Path(file.src_uri).name)
            if any(Path(path).is_relative_to(source) for source in sources) or talks & {*map(ids.slug, stems)}:
                files.remove(file)
            elif file.dest_uri in ours:
                files.remove(file)
                message = f"Talkbook makes {file.dest_uri} itself, so this file is ignored."
                where = relpath(path, self.project.folder) if file.abs_src_path else file.src_uri
                log.warning(str(Problem(where, 0, message, "Give the file another name.")))

    def lay_out(self, nav: Navigation, files: Files) -> None:
        """Give our files their pages, now that it is known which of them stand in the navigation."""
        reason = other_plugins.of_pages(self.config)
        self.deferred = not reason
        if reason:
            log.info(f"Pages are written one by one by MkDocs, since {reason}.")
        specs = [self.contents.spec(uri) for uri in self.contents.uris]
        self._inside = pages.lay_out(nav, files, specs, self.config)
        for file in files.documentation_pages():
            if file.page:
                pages.canonical(file.page, self.project)

    def content(self, page: MkDocsPage, html: str) -> str:
        """The HTML of a page of MkDocs': ours, or that of a page written by hand with what is added to it."""
        uri = page.file.src_uri.removesuffix(".md")
        ours = uri in self._inside or isinstance(page, LazyPage)
        if not ours:
            return self.handwritten.dress(self.contents.context, page, html)
        if self.deferred and uri not in self._inside:
            return ""  # it is made when it is written
        made = self.contents.spec(uri).make()
        pages.dress(page, made)
        self.written[uri] = page_writer.record(made, self.project.site.addresses.of(uri))
        return made.html

    def write(self, nav: Navigation, env: Environment, files: Files) -> None:
        """Write our pages, unless MkDocs does or a server makes them; and check every link of what is written."""
        material_internals.prepare(env, self.config)
        self.own_index = search.choose(self.config, env)
        listed = [*files.documentation_pages()]
        self.pages = GeneratedPages(self.project, Theme(nav, env, self.config, lambda: listed), self._inside)
        if self.deferred and not self.served:
            self._write()
        if not (self.deferred and self.served):
            for problem in link_check.between([each.links for each in self.written.values()], _anchors(files)):
                log.warning(str(problem))
        if self.deferred:
            self._tell_anchors()
            for file in self._ours:
                file.inclusion = InclusionLevel.EXCLUDED  # from what MkDocs writes
            for file in self._lazy:
                file.written = True

    def with_pages(self, context: Any) -> Any:
        """The values for a template of the theme, with all pages that are listed, those too that MkDocs leaves out."""
        listed = self.pages.theme.pages() if self.deferred and self.pages else context["pages"]
        hidden = {f"{uri}.md" for uri in self.contents.hidden}
        context["pages"] = [file for file in listed if file.src_uri not in hidden]
        return context

    def _write(self) -> None:
        assert self.pages is not None
        folder = Path(self.config.site_dir)
        index = partial(_segment, self._index_writer(), self.project) if self.own_index else None
        specs = [self.contents.spec(uri) for uri in self.contents.uris]
        whole = self.whole.files(self.contents)
        laid_out = {file.src_uri.removesuffix(".md"): file.page for file in self._ours if file.page}
        made = replace(self.pages, laid_out=laid_out)
        written, self._segments = page_writer.write(made, specs, whole, folder, index)
        self.written = {each.uri: each for each in written}

    def _tell_anchors(self) -> None:
        """Let MkDocs check the links of pages written by hand to places in ours."""
        linking = (file.page.links_to_anchors for file in self.handwritten.files if file.page)
        wanted = {target.src_uri for targets in linking for target in targets or ()}
        for file in self._ours:
            if file.page and file.src_uri in wanted:
                uri = file.src_uri.removesuffix(".md")
                links = self.written[uri].links if uri in self.written else self._made(uri).links
                file.page.present_anchor_ids = set(links.anchors.split())

    def _made(self, uri: str) -> Written:
        return page_writer.record(self.contents.spec(uri).make(), self.project.site.addresses.of(uri))

    def _index_writer(self) -> IndexWriter:
        folder = Path(self.config.site_dir) / search.FOLDER
        return search.writer(lambda path, data: pages.put(folder / path, data), self.config, self.contents.context)

    def finish(self) -> None:
        """Put our results into the search index, and the cards into the site. MkDocs has written its pages."""
        for file in self._ours:
            file.inclusion = pages.inclusion(file.src_uri.removesuffix(".md"))
        if self.served and self.deferred:
            self.handwritten.note(self.contents.uris)
            return
        self._find()
        self._draw()

    def _find(self) -> None:
        entries = material_internals.entries(self.config)
        listings = [_listing(self.project, self.written[uri]) for uri in self.contents.uris]
        if not self.own_index:
            if entries is not None:
                entries.extend(search.materials(listings))
            return
        rest = search.by_hand(entries or ())
        (entries or []).clear()
        index = self._index_writer()
        size = page_writer.CHUNK
        chunks = [listings[at : at + size] for at in range(0, len(listings), size)]
        made = self._segments or [index.segment(at, chunk) for at, chunk in enumerate(chunks)]
        deque(index.join([*made, index.segment(len(made), rest)]), maxlen=0)

    def _draw(self) -> None:
        cards = {each.uri: each.card for each in self.written.values() if each.card}
        if self.handwritten.home:
            cards["index"] = self.handwritten.home
        for uri, picture in store.pictures(cards, self.project.cache / "cards"):
            pages.put(Path(self.config.site_dir, card.path(uri)), picture)


def _segment(index: IndexWriter, project: Project, number: int, written: Sequence[Written]) -> Segment:
    return index.segment(number, [_listing(project, each) for each in written])


def _listing(project: Project, written: Written) -> Listing:
    return Listing(project.site.addresses.of(written.uri), written.entries)


def _anchors(files: Iterable[File]) -> dict[str, set[str]]:
    """By address, the anchors of what is no page of ours."""
    anchors: dict[str, set[str]] = {}
    for file in files:
        if not isinstance(file.page, LazyPage):
            held = file.page.present_anchor_ids if file.page else None
            anchors["" if file.url == "./" else file.url] = held or set()
    return anchors
