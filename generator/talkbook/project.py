"""A project: where its files are, and what mkdocs.yml says. Used by the plugin, the commands and the tests."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader

from talkbook.book.book import Book
from talkbook.book.build import build as build_book
from talkbook.book.parallel import process_all
from talkbook.pages.context import RenderContext
from talkbook.pages.page import Addresses
from talkbook.pages.site_settings import SiteSettings
from talkbook.pages.templates import loader
from talkbook.problems import Problem
from talkbook.runtime.memo import Memo
from talkbook.sources import content_folder, git_dates
from talkbook.sources.opening import OpenedFile
from talkbook.sources.source import Sources


@dataclass(frozen=True, slots=True)
class Project:
    """Where a project's files are, and what mkdocs.yml says.

    folder: the folder of mkdocs.yml; paths in messages are relative to it.
    content: the folder of the sources.
    docs: the folder of pages written by hand.
    cluster: the address of the scheduler of a Dask cluster that reads the transcripts; "" for this machine.
    proposals: whether unconfirmed proposals are shown.
    """

    folder: Path
    content: Path
    docs: Path
    site: SiteSettings
    cluster: str = ""
    proposals: bool = True

    def missing(self) -> Problem | None:
        """Return a warning if the content folder has neither a folder of transcripts nor one of topics."""
        if any((self.content / name).is_dir() for name in ("transcripts", "topics")):
            return None
        folder = os.path.relpath(self.content, self.folder)
        message = f"There is no folder {folder}/transcripts, and no folder {folder}/topics."
        hint = "Create them, or name the folder that contains both: talkbook: {content: …}."
        return Problem("mkdocs.yml", 0, message, hint, warning=True)

    @property
    def templates(self) -> tuple[Path, ...]:
        """The folders of the page templates; the project's own comes first."""
        return self.folder / "templates" / "pages", content_folder.templates() / "pages"

    @property
    def sources(self) -> list[Path]:
        """The files and folders that are read as sources."""
        names = ("transcripts", "topics", "lexicon.yml", "people.yml", content_folder.PERMALINKS, content_folder.DRAFTS)
        return [self.content / name for name in names]

    @property
    def cache(self) -> Path:
        """The folder of what later builds can reuse. It may be deleted at any time."""
        return self.folder / ".cache" / "talkbook"

    def book(self, shown_from: Path | None = None) -> Book:
        """Build the book. shown_from: the folder that paths in messages are relative to, if not `folder`."""
        return build_book(self.read(shown_from=shown_from), process=process_all)

    def read(self, opened: dict[str, OpenedFile] | None = None, shown_from: Path | None = None) -> Sources:
        """Read the sources. opened: the files that were read before. shown_from: see book()."""
        content = self.content.resolve() if shown_from else self.content
        sources = content_folder.read(content, shown_from or self.folder, opened)
        return replace(sources, proposals=self.proposals)

    def context(self, book: Book, templates: BaseLoader | None = None, memo: Memo | None = None) -> RenderContext:
        """Return what the pages of the book are rendered with.

        templates: used in place of the project's.
        memo: results of earlier sites, for reuse.
        """
        changed = partial(git_dates.last_changed, self.folder, self.content / "topics")
        return RenderContext(book, templates or loader(self.templates), self.site, changed, memo or Memo())


def from_settings(folder: Path, content: Path, settings: Mapping[str, Any], options: Mapping[str, Any]) -> Project:
    """Return the project in a folder.

    settings: those in mkdocs.yml, with every scalar as text.
    options: those of the Talkbook plugin, likewise.
    """
    theme = settings.get("theme")
    url = str(settings.get("site_url") or "")
    url = f"{url.rstrip('/')}/" if "://" in url else ""  # MkDocs rejects addresses without a scheme
    site = SiteSettings(
        name=str(settings.get("site_name", "Talkbook")),
        description=str(settings.get("site_description") or ""),
        url=url,
        repository=str(settings.get("repo_url") or ""),
        language=str((isinstance(theme, dict) and theme.get("language")) or "en"),
        addresses=Addresses(str(settings.get("use_directory_urls", "true")).lower() != "false"),
        cards=bool(url) and str(options.get("cards", "true")).lower() != "false",
    )
    return Project(
        folder=folder,
        content=content,
        docs=folder / str(settings.get("docs_dir", "docs")),
        site=site,
        cluster=str(options.get("cluster", "")),
        proposals=str(options.get("proposals", "show")) != "hide",
    )
