"""Handwritten pages: rendered from Markdown as MkDocs does it, with what Talkbook adds to them."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from os.path import relpath

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as MkDocsPage

from talkbook.exports import head
from talkbook.pages import home_page, link_check
from talkbook.pages.context import RenderContext
from talkbook.pages.page import Page
from talkbook.pages.social.social_card import SocialCard
from talkbook.pages.topics import topic_index
from talkbook.plugin import site_files
from talkbook.problems import ParseError, Problem
from talkbook.sources import replacing


class NeedsFullBuild(Exception):
    """Raised if MkDocs must build the whole site to show an edit; the message says why."""


class LinkTargets(Files):
    """The files to which handwritten pages may link; those of generated pages are made when they are looked up.

    ours: returns the file of a generated page or site file by its source path, or None.
    """

    def __init__(self, files: Sequence[File], ours: Callable[[str], File | None]) -> None:
        super().__init__(files)
        self._ours = ours

    def get_file_from_path(self, path: str) -> File | None:
        """Return the file with this source path, or None."""
        return super().get_file_from_path(path) or self._ours(path)


def check_encoding(files: Iterable[File]) -> None:
    """Raise ParseError if any of the handwritten pages is not in UTF-8, which MkDocs couldn't read."""
    problems: list[Problem] = []
    for file in files:
        try:
            replacing.text(file.content_bytes, relpath(file.abs_src_path or file.src_uri))
        except ParseError as refused:
            problems += refused.problems
    if problems:
        raise ParseError(*problems)


@dataclass(slots=True)
class HandwrittenPages:
    """The handwritten pages of a site.

    files: their files, in order.
    others: the project's other files, to which they may link.
    home_card: the start page's social card; None until that page is made.
    """

    files: Sequence[File]
    others: Sequence[File]
    home_card: SocialCard | None = None
    _made_of: dict[str, object] = field(default_factory=dict)  # src_uri -> what `_plain` was made from
    _plain: dict[str, str] = field(default_factory=dict)  # src_uri -> HTML of the Markdown alone

    def dress(self, context: RenderContext, page: MkDocsPage, html: str) -> str:
        """Return the page's HTML with what Talkbook adds to it, and put its head into `page.meta`.

        html: that of its Markdown alone.
        """
        self._plain[page.file.src_uri] = html
        uri = site_files.uri(page.file)
        if uri == "index":
            home = head.with_head(context, home_page.page(context, html))
            html, self.home_card = home.html, home.social_card
            page.meta.setdefault("hide", ["navigation", "toc"])
            page.meta["talkbook_head"] = home.head
        else:
            if page.meta.get("append") == "corrections":
                html += topic_index.corrections(context, uri)
            ours = Page(uri, str(page.title), html, str(page.meta.get("description", "")))
            page.meta["talkbook_head"] = head.tags(context, ours)
        page.present_anchor_ids = link_check.anchors(html)
        return html

    def record_build(self, uris: Collection[str]) -> None:
        """Record that MkDocs has just made all pages. uris: those of the generated pages, to which they may link."""
        for file in self.files:
            self._made_of[file.src_uri] = file.content_string, uris

    def make(
        self, file: File, context: RenderContext, config: MkDocsConfig, uris: Collection[str], targets: Files
    ) -> MkDocsPage:
        """Return the page of a file as it is now, with its content; its Markdown is converted only if necessary.

        uris: those of the generated pages.
        targets: the files to which it may link.
        """
        page = file.page
        assert page is not None
        made_of = self._made_of.get(file.src_uri)
        with suppress(UnicodeDecodeError):  # the build has reported it, and the page stays as it was
            made_of = file.content_string, uris
        if self._made_of.get(file.src_uri) != made_of:
            page.read_source(config)
            page.render(config, targets)
            self._plain[file.src_uri] = page.content or ""
            self._made_of[file.src_uri] = made_of
        page.content = self.dress(context, page, self._plain[file.src_uri])
        return page

    def check(self, paths: Collection[str], config: MkDocsConfig, uris: Collection[str], targets: Files) -> None:
        """Read the pages with these file paths again. uris, targets: as for make().

        Raises NeedsFullBuild if other pages, or MkDocs' checks, depend on the change.
        """
        for file in self.files:
            page = file.page
            if file.abs_src_path not in paths or page is None:
                continue
            place = File(file.src_uri, file.src_dir, file.dest_dir, file.use_directory_urls)
            fresh = MkDocsPage(vars(page).get("title"), place, config)  # the navigation may set a title
            check_encoding([place])
            fresh.read_source(config)
            fresh.render(config, targets)
            if not {file.src_uri}.issuperset(each.src_uri for each in fresh.links_to_anchors or ()):
                raise NeedsFullBuild(f"{file.src_uri} links to places in other pages")
            if _metadata(fresh) != _metadata(page):
                raise NeedsFullBuild(f"{file.src_uri} has another title or front matter")
            page.markdown, page.meta, page.toc = fresh.markdown, fresh.meta, fresh.toc
            self._plain[file.src_uri] = fresh.content or ""
            self._made_of[file.src_uri] = file.content_string, uris


def _metadata(page: MkDocsPage) -> Mapping[str, object]:
    meta = {name: value for name, value in page.meta.items() if name not in ("talkbook_head", "hide")}
    return {**meta, "title": page.title}
