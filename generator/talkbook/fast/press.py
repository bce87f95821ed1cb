"""One build's pages of ours: told to MkDocs as files, and written the fast way where nothing forbids it."""

import logging
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation

from talkbook.fast import late, refusal, writer
from talkbook.fast.late import Late
from talkbook.fast.leaf import Leaf
from talkbook.fast.shapes import Shapes
from talkbook.fast.writer import Before, Theme, Written
from talkbook.pages.every import Draft
from talkbook.pages.page import Addresses
from talkbook.search.parts import Part

log = logging.getLogger("mkdocs.plugins.talkbook")

_LEAVES = ("topics/", "transcripts/", "shows/", "years/", "people/", "quotes/")


class Press:
    """The pages of one build.

    drafts: by src_uri. fast: whether the fast way is wanted.
    """

    def __init__(self, drafts: Mapping[str, Draft], fast: bool) -> None:
        self.drafts = drafts
        self.leaves: list[Leaf] = []  # that are written the fast way
        self.all: list[File] = []  # pages of the site, once the leaves are written
        self.beside: dict[str, list[Late]] = {}  # by src_uri of the page
        self.shapes: Shapes | None = None  # once leaves are written
        self.parts: list[Part] = []  # of a search index, by chunks
        self.outside: list[str] = []  # uris of pages outside of the navigation
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
                continue
            page = Leaf(file, config, draft)
            if _leaf(draft.uri) and file.inclusion is InclusionLevel.NOT_IN_NAV:
                self.outside.append(draft.uri)
                page.bare = not reason
            if page.bare:
                page.beside = self.beside[uri]
                self.leaves.append(page)

    def print(
        self,
        theme: Theme,
        addresses: Addresses,
        notice: str = "",
        before: Before | None = None,
        index: Callable[[int, Sequence[Written]], Part] | None = None,
        others: Sequence[Late] = (),
    ) -> list[Written]:
        """Write the leaves, and take them from what MkDocs will write.

        notice: HTML for the head of each. before: the build before, if its pages may be taken over.
        index: makes a part of a search index of each of the chunks(). others: to be written with them.
        """
        self.all = self.all or list(theme.files)
        self.shapes = shapes = self.shapes or Shapes(theme.render, self._say)
        wanted = _linked(self.all)
        if not self.leaves:
            return []
        written, self.parts = writer.write(self.leaves, shapes, addresses.of, notice, before, index, others)
        for page, each in zip(self.leaves, written, strict=True):
            page.present_anchor_ids = set(each.facts.anchors.split()) if page.file in wanted else None
            page.file.inclusion = InclusionLevel.EXCLUDED
        for file in (*(file for page in self.leaves for file in page.beside), *others):
            file.written = True
        log.debug(f"Pages by splicing: {shapes.fast}, by the theme's template: {shapes.slow}")
        return written

    def follow(self, before: "Press", config: MkDocsConfig) -> None:
        """Take the place of an earlier press in the site that it has printed.

        Pages that are still there stay MkDocs' same pages; the files of those that are not are removed.
        """
        self.shapes, self._said = before.shapes, before._said
        leaves = {page.file.src_uri: page for page in before.leaves}
        others = {file.src_uri: file for file in before.all if file.src_uri not in leaves}
        ours: list[File] = []
        for uri, draft in self.drafts.items():
            self.beside[uri] = before.beside.get(uri) or [late.file(beside, config) for beside in draft.beside]
            for file, beside in zip(self.beside[uri], draft.beside, strict=True):
                file.beside = beside
            if uri in others:
                ours.append(others.pop(uri))
                continue
            page = leaves.pop(uri, None) or Leaf(_file(draft, config), config, draft)
            page.bare, page.draft, page.beside = True, draft, self.beside[uri]
            self.leaves.append(page)
            self.outside.append(draft.uri)
            ours.append(page.file)
        for page in leaves.values():
            for gone in (page.file, *page.beside):
                remove(Path(gone.abs_dest_path), Path(config.site_dir))
        self.all = [*others.values(), *ours]

    def chunks(self) -> list[Sequence[str]]:
        """The uris of the pages outside of the navigation, in the chunks in which they are written and indexed."""
        return writer.chunks(self.outside, str)

    def _say(self, reason: str) -> None:
        if not self._said:
            log.info(f"Pages are rendered one by one by the theme's template, since {reason}.")
        self._said = True

    def put_back(self) -> None:
        """Let MkDocs know of the leaves again."""
        for page in self.leaves:
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


def _file(draft: Draft, config: MkDocsConfig) -> File:
    inclusion = InclusionLevel.NOT_IN_NAV if _leaf(draft.uri) else InclusionLevel.INCLUDED
    file = File.generated(config, f"{draft.uri}.md", content="", inclusion=inclusion)
    if draft.source:
        project = Path(config.config_file_path).parent
        file.edit_uri = os.path.relpath(project / draft.source, config.docs_dir).replace(os.sep, "/")
    return file
