"""One build of a site by MkDocs: adds Talkbook's files to MkDocs', and writes the generated pages."""

import logging
import threading
from collections.abc import Iterable, Sequence, Set
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
from talkbook.pages.page import Page
from talkbook.pages.social import social_card, store
from talkbook.plugin import handwritten, material_internals, other_plugins, search, site_files
from talkbook.plugin.contents import Contents
from talkbook.plugin.handwritten import HandwrittenPages
from talkbook.plugin.render import page_writer, pages
from talkbook.plugin.render.page_writer import Written
from talkbook.plugin.render.pages import GeneratedPages, LazyPage
from talkbook.plugin.render.theme import Theme
from talkbook.plugin.site_files import WholeSiteFiles
from talkbook.problems import Problem
from talkbook.project import Project
from talkbook.search.index_writer import IndexWriter
from talkbook.search.segments import Segment
from talkbook.sources import content_folder, sidecar_names
from talkbook.text import ids

log = logging.getLogger("mkdocs.plugins.talkbook")


class SiteBuild:
    """A build in progress.

    served: whether a server will make pages on demand, so that they needn't be written.
    deferred: whether Talkbook makes the generated pages itself, without MkDocs' events for single pages.
    written: URI -> what is kept of each generated page.
    """

    def __init__(
        self, project: Project, contents: Contents, config: MkDocsConfig, files: Files, *, served: bool
    ) -> None:
        """Add the generated pages and the site files to MkDocs' `files`, which so far are those of the project."""
        self.project, self.contents, self.config, self.served = project, contents, config, served
        reason = other_plugins.page_handler(config)
        self.deferred = not reason
        if reason:
            log.info(f"MkDocs writes the pages one by one, because {reason}.")
        self.pages: GeneratedPages | None = None
        self.own_index = False
        self.written: dict[str, Written] = {}
        self.lock = threading.RLock()  # MkDocs' pages aren't thread-safe
        self._inside: dict[str, MkDocsPage] = {}
        self._segments: Sequence[Segment] = ()
        specs = contents.specs
        self._ours = [pages.file(spec, project, config) for spec in specs]
        beside = [file for spec in specs for file in spec.files]
        whole = {file.path for file in exports.files(contents.context)}
        self._remove_conflicts(
            files, {*(file.dest_uri for file in self._ours), *(file.path for file in beside), *whole}
        )
        by_hand = [*files.documentation_pages()]
        handwritten.check_encoding(by_hand)
        for name, path in content_folder.assets():
            what: dict[str, Any] = {"abs_src_path": str(path)}
            if path.suffix == ".js":
                what = {"content": stylesheet.script(path.read_text("utf-8"))}
            files.append(File.generated(config, f"assets/{name}", **what))
        sheet = stylesheet.join(content_folder.styles())
        files.append(File.generated(config, "assets/talkbook.css", content=sheet))
        self.handwritten = HandwrittenPages(by_hand, [file for file in files if not file.is_documentation_page()])
        by_theme = config.theme.static_templates  # such as sitemap.xml
        self.whole = WholeSiteFiles(by_hand, frozenset([*by_theme, *(file.dest_uri for file in files)]))
        whole_site, problems = self.whole.made(contents)
        for problem in problems:
            log.warning(str(problem))
        self._lazy = [*site_files.lazy_files([*beside, *whole_site], config)]
        for file in (*self._ours, *self._lazy):
            files.append(file)

    def _remove_conflicts(self, files: Files, ours: Set[str]) -> None:
        """Remove sources from `files`, and files at the paths of generated ones, with a warning for the latter.

        Sources among the handwritten pages, and files named like sidecars, may contain what must not be published.
        """
        sources = [realpath(path) for path in self.project.sources]
        book = self.contents.context.book
        talks = {transcript.slug for transcript in book.transcripts} | {each.slug for each in book.withheld}
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
        """Give each generated file its page, now that the navigation is known."""
        self._inside = pages.lay_out(nav, files, self.contents.uris, self.config)
        for file in files.documentation_pages():
            if file.page:
                pages.canonical(file.page, self.project)

    def content(self, page: MkDocsPage, html: str) -> str:
        """Return the HTML of a generated page, or of a handwritten one with what Talkbook adds to it.

        html: that of a handwritten page's Markdown.
        """
        uri = page.file.src_uri.removesuffix(".md")
        ours = uri in self._inside or isinstance(page, LazyPage)
        if not ours:
            return self.handwritten.dress(self.contents.context, page, html)
        if self.deferred and uri not in self._inside:
            return ""  # made later
        made = self.contents.spec(uri).make()
        pages.dress(page, made)
        self.written[uri] = self._record(made)
        return made.html

    def write(self, nav: Navigation, env: Environment, files: Files) -> None:
        """Write the generated pages, unless MkDocs does it or a server makes them, and check their links."""
        material_internals.prepare(env, self.config)
        self.own_index = search.choose(self.config, env)
        listed = [*files.documentation_pages()]
        laid_out = {file.src_uri.removesuffix(".md"): file.page for file in self._ours if file.page}
        theme = Theme(nav, env, self.config, lambda: listed)
        self.pages = GeneratedPages(self.project, theme, self._inside if self.served else laid_out)
        if self.deferred and not self.served:
            self._write(self.pages)
        if not (self.deferred and self.served):
            for problem in link_check.between([each.links for each in self.written.values()], _anchors(files)):
                log.warning(str(problem))
        if self.deferred:
            self._publish_anchors()
            for file in self._ours:
                file.inclusion = InclusionLevel.EXCLUDED  # so that MkDocs doesn't write it
            for file in self._lazy:
                file.written = True

    def with_pages(self, context: Any) -> Any:
        """Return a template's context with all pages, generated ones included, except withheld ones."""
        listed = self.pages.theme.pages() if self.deferred and self.pages else context["pages"]
        hidden = {f"{uri}.md" for uri in self.contents.context.withheld}
        context["pages"] = [file for file in listed if file.src_uri not in hidden]
        return context

    def _write(self, made: GeneratedPages) -> None:
        index = self._index_writer().segment if self.own_index else None
        whole, _ = self.whole.made(self.contents)
        folder = Path(self.config.site_dir)
        written, self._segments = page_writer.write(made, self.contents.specs, whole, folder, index)
        self.written = {page.uri: page for page in written}

    def _publish_anchors(self) -> None:
        """Let MkDocs check links from handwritten pages to anchors of generated ones."""
        linking = (file.page.links_to_anchors for file in self.handwritten.files if file.page)
        wanted = {target.src_uri for targets in linking for target in targets or ()}
        for file in self._ours:
            if file.page and file.src_uri in wanted:
                uri = file.src_uri.removesuffix(".md")
                written = self.written.get(uri) or self._record(self.contents.spec(uri).make())
                file.page.present_anchor_ids = set(written.links.anchors.split())

    def _record(self, made: Page) -> Written:
        return page_writer.record(made, self.project.site.addresses.of(made.uri))

    def _index_writer(self) -> IndexWriter:
        folder = Path(self.config.site_dir) / search.FOLDER
        return search.writer(lambda path, data: pages.put(folder / path, data), self.config, self.contents.context)

    def finish(self) -> None:
        """Complete the search index and draw the social cards, after MkDocs has written its pages."""
        for file in self._ours:
            file.inclusion = pages.inclusion(file.src_uri.removesuffix(".md"))
        if self.served and self.deferred:
            self.handwritten.record_build(self.contents.uris)
            return
        self._index()
        self._draw_cards()

    def _index(self) -> None:
        entries = material_internals.entries(self.config)
        listings = [self.written[uri].listing for uri in self.contents.uris]
        if self.own_index:
            rest = search.by_hand(entries or ())
            (entries or []).clear()
            search.index(self._index_writer(), listings, rest, self._segments)
        elif entries is not None:
            entries.extend(search.material_entries(listings))

    def _draw_cards(self) -> None:
        cards = {each.uri: each.social_card for each in self.written.values() if each.social_card}
        if self.handwritten.home_card:
            cards["index"] = self.handwritten.home_card
        for uri, picture in store.pictures(cards, self.project.cache / "cards"):
            pages.put(Path(self.config.site_dir, social_card.path(uri)), picture)


def _anchors(files: Iterable[File]) -> dict[str, set[str]]:
    """Return address -> anchors of each file that isn't a generated page."""
    anchors: dict[str, set[str]] = {}
    for file in files:
        if not isinstance(file.page, LazyPage):
            held = file.page.present_anchor_ids if file.page else None
            anchors["" if file.url == "./" else file.url] = held or set()
    return anchors
