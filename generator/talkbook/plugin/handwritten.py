"""Pages that somebody wrote by hand: what they are given on top of their Markdown."""

from dataclasses import dataclass, field

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as MkDocsPage

from talkbook.exports import head
from talkbook.pages import home_page, link_check, topic_index
from talkbook.pages.context import RenderContext
from talkbook.pages.page import Page
from talkbook.pages.social.card import SocialCard
from talkbook.plugin import site_files


class Beyond(Exception):
    """An edit changes more than can be brought up to date in place; the message says what."""


class Targets(Files):
    """The files that a page which is read again may link to. To look for any other raises Beyond."""

    def get_file_from_path(self, path: str) -> File:
        """The file at a path among the sources."""
        found = super().get_file_from_path(path)
        if found is None:
            raise Beyond(f"a page links to {path}")
        return found


@dataclass(slots=True)
class Hand:
    """The pages of one site that are written by hand."""

    home: SocialCard | None = None  # of the start page
    _plain: dict[str, str] = field(default_factory=dict)  # by src_uri, the HTML of their Markdown
    _shown: dict[str, tuple[str, str]] = field(default_factory=dict)  # and with ours, and the tags of the head

    def dress(self, context: RenderContext, page: MkDocsPage, html: str) -> str:
        """The page's HTML with what is added to it; its head goes into the page's meta. html: of its Markdown."""
        name = page.file.src_uri
        self._plain[name] = html
        uri = site_files.uri(page.file)
        if uri == "index":
            home = head.dressed(context, home_page.page(context, html))
            html, self.home = home.html, home.card
            page.meta.setdefault("hide", ["navigation", "toc"])
            page.meta["talkbook_head"] = home.head
        else:
            if page.meta.get("append") == "corrections":
                html += topic_index.corrections(context, uri)
            shown = Page(uri, str(page.title), html, str(page.meta.get("description", "")))
            page.meta["talkbook_head"] = head.tags(context, shown)
        page.present_anchor_ids = link_check.anchors(html)
        self._shown[name] = html, page.meta["talkbook_head"]
        return html

    def again(self, context: RenderContext, page: MkDocsPage) -> bool:
        """Dress the page for a site that has changed since. Returns whether the page has changed too."""
        name = page.file.src_uri
        before = self._shown[name]
        page.content = self.dress(context, page, self._plain[name])
        return self._shown[name] != before

    def reread(self, context: RenderContext, page: MkDocsPage, config: MkDocsConfig, targets: Targets) -> None:
        """Take the page as its file is now. Raises Beyond where other pages or MkDocs' checks depend on the change."""
        before = _told(page)
        page.read_source(config)
        page.render(config, targets)
        page.content = self.dress(context, page, page.content or "")
        if {page.file}.issuperset(page.links_to_anchors or ()) and _told(page) == before:
            page.validate_anchor_links(files=targets, log_level=config.validation.links.anchors)
        else:
            raise Beyond(f"{page.file.src_uri} links to places in other pages, or has another title or front matter")


def _told(page: MkDocsPage) -> object:
    return page.title, {name: value for name, value in page.meta.items() if name != "talkbook_head"}
