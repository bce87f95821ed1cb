"""One build's pages of ours: told to MkDocs as files, and written the fast way where nothing forbids it."""

import logging
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage

from talkbook.pages.page import Addresses
from talkbook.pages.routes import PageSpec
from talkbook.plugin.render import late, refusal, writer
from talkbook.plugin.render.late import Late
from talkbook.plugin.render.leaf import Leaf
from talkbook.plugin.render.shapes import Shapes
from talkbook.plugin.render.writer import Before, Theme, Written
from talkbook.search.segments import Segment

log = logging.getLogger("mkdocs.plugins.talkbook")

_LEAVES = ("topics/", "transcripts/", "shows/", "years/", "people/", "quotes/")


class Press:
    """The pages of one build.

    drafts: by src_uri. fast: whether the fast way is wanted.
    """

    def __init__(self, drafts: Mapping[str, PageSpec], fast: bool) -> None:
        self.drafts = drafts
        self.leaves: dict[str, Leaf] = {}  # by src_uri, those that are written the fast way
        self.inside: dict[str, MkDocsPage] = {}  # and those that MkDocs writes
        self.all: list[File] = []  # pages of the site, once the leaves are written
        self.beside: dict[str, list[Late]] = {}  # by src_uri of the page
        self.shapes: Shapes | None = None  # once leaves are written
        self.within: set[str] = set()  # uris of the pages that are lists, or in the navigation
        self.parts: list[Segment] = []  # of a search index, once leaves are written
        self._fast = fast
        self._said = False

    def files(self, config: MkDocsConfig) -> list[File]:
        """Each page as a file of MkDocs', and what stands beside it.

        Lists may stand in the navigation, the pages they lead to do not.
        """
        for uri, draft in self.drafts.items():
            self.beside[uri] = [late.file(beside, config) for beside in draft.beside]
        pages = [_file(draft, config) for draft in self.drafts.values()]
        return [*pages, *(file for beside in self.beside.values() for file in beside)]

    def lay_out(self, config: MkDocsConfig, nav: Navigation, files: Files) -> None:
        """Give the pages outside the navigation a kind of page that MkDocs has no work with."""
        reason = refusal.reason(config, config.theme.get_env()) if self._fast else "fast is off"
        if reason and self._fast:
            self._say(reason)
        inside = {page.file.src_uri for page in nav.pages}
        for uri, draft in self.drafts.items():
            file = files.get_file_from_path(uri)
            if file is None or uri in inside:
                self.within.add(draft.uri)
                continue
            page = Leaf(file, config, draft)
            if not (_leaf(draft.uri) and file.inclusion is InclusionLevel.NOT_IN_NAV):
                self.within.add(draft.uri)
            elif not reason:
                page.bare = True
                page.beside = self.beside[uri]
                self.leaves[uri] = page

    def print(
        self,
        theme: Theme,
        addresses: Addresses,
        before: Before | None = None,
        index: Callable[[int, Sequence[Written]], Segment] | None = None,
        others: Sequence[Late] = (),
    ) -> list[Written]:
        """Write the leaves, and take them from what MkDocs will write.

        before: the build before, if its pages may be taken over.
        index: makes a part of a search index of each of the chunks(). others: to be written with them.
        """
        self.all = self.all or list(theme.files)
        self.shapes = shapes = self.shapes or Shapes(theme.render, self._say)
        wanted = _linked(self.all)
        leaves = [*self.leaves.values()]
        pages = (file.page for file in self.all if file.page and file.src_uri not in self.leaves)
        self.inside = {page.file.src_uri: page for page in pages}
        if not leaves:
            return []
        written, self.parts = writer.write(leaves, shapes, addresses.of, before, index, others)
        for page, each in zip(leaves, written, strict=True):
            page.present_anchor_ids = set(each.facts.anchors.split()) if page.file in wanted else None
            page.file.inclusion = InclusionLevel.EXCLUDED
        for beside in (*(file for page in leaves for file in page.beside), *others):
            beside.written = True
        log.debug(f"Pages by splicing: {shapes.fast}, by the theme's template: {shapes.slow}")
        return written

    def leaf(self, draft: PageSpec, config: MkDocsConfig) -> Leaf:
        """The page of this draft in a site that is printed: a new one, or in the place of the one before."""
        leaf = Leaf(_file(draft, config), config, draft)
        leaf.bare, leaf.beside = True, [late.file(beside, config) for beside in draft.beside]
        self.leaves[leaf.file.src_uri] = leaf
        return leaf

    def chunks(self, uris: Iterable[str]) -> tuple[list[Sequence[str]], list[str]]:
        """Of all pages, in their order, the chunks in which leaves are written and indexed, and the others."""
        every = list(uris)
        leaves = [uri for uri in every if uri not in self.within]
        return writer.chunks(leaves, str), [uri for uri in every if uri in self.within]

    def order(self, uris: Iterable[str]) -> None:
        """Have `all` hold the pages that there are by now, ours in this order."""
        ours = {uri: self.leaves.get(uri) or self.inside[uri] for uri in map("{}.md".format, uris)}
        by_hand = [page for uri, page in self.inside.items() if uri not in ours]
        self.all = [page.file for page in (*by_hand, *ours.values())]

    def forget(self) -> None:
        """Keep nothing of the site that the pages were made of."""
        self.drafts, self.beside = {}, {}
        for page in (*self.leaves.values(), *self.inside.values()):
            if isinstance(page, Leaf):
                page.forget()

    def _say(self, reason: str) -> None:
        if not self._said:
            log.info(f"Pages are rendered one by one by the theme's template, since {reason}.")
        self._said = True

    def put_back(self) -> None:
        """Let MkDocs know of the leaves again."""
        for page in self.leaves.values():
            page.file.inclusion = InclusionLevel.NOT_IN_NAV


def _linked(files: list[File]) -> set[File]:
    """The files to whose anchors hand-written pages link."""
    linking = [file.page.links_to_anchors for file in files if file.page and file.page.links_to_anchors]
    return {target for targets in linking for target in targets}


def remove(path: Path, site: Path) -> None:
    """Remove a file of a site, and the folders that are empty without it."""
    path.unlink(missing_ok=True)
    folder = path.parent
    while folder != site and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def _leaf(uri: str) -> bool:
    return uri.startswith(_LEAVES) and not uri.endswith("/index")


def _file(draft: PageSpec, config: MkDocsConfig) -> File:
    inclusion = InclusionLevel.NOT_IN_NAV if _leaf(draft.uri) else InclusionLevel.INCLUDED
    file = File.generated(config, f"{draft.uri}.md", content="", inclusion=inclusion)
    if draft.source:
        project = Path(config.config_file_path).parent
        file.edit_uri = os.path.relpath(project / draft.source, config.docs_dir).replace(os.sep, "/")
    return file
