"""A project of MkDocs' as Talkbook sees it: its folders, and its sources made into a site with pages."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from talkbook import exports
from talkbook.book import published
from talkbook.book.build import Book
from talkbook.book.build import build as build_book
from talkbook.matching import quotes
from talkbook.matching.passages import Found
from talkbook.matching.quotes import Choice
from talkbook.model import Topic, Transcript
from talkbook.pages import routes
from talkbook.pages.context import RenderContext
from talkbook.pages.page import Addresses
from talkbook.pages.routes import PageSpec
from talkbook.permalinks import check
from talkbook.permalinks.resolve import Permalinks
from talkbook.plugin import cluster, transcript_cache
from talkbook.plugin.render import templates
from talkbook.plugin.render.watch import Watched
from talkbook.plugin.transcript_cache import Memory
from talkbook.problems import Problem
from talkbook.runtime import pool
from talkbook.runtime.columns import Columns
from talkbook.runtime.memo import Memo
from talkbook.sources import content_folder, git_dates
from talkbook.sources.source import Sources

_LARGE = 100_000_000  # characters of transcripts from which memory counts for more than a second


@dataclass(frozen=True, slots=True)
class Made:
    """A site, the uris of its pages in order, and all that is wrong with its sources."""

    context: RenderContext
    uris: tuple[str, ...]
    problems: tuple[Problem, ...]

    def draft(self, uri: str) -> PageSpec:
        """The page with this uri, with all that belongs to it."""
        return exports.draft(self.context, routes.draft(self.context, uri))

    @property
    def drafts(self) -> dict[str, PageSpec]:
        """All pages by MkDocs' src_uri."""
        return {f"{uri}.md": self.draft(uri) for uri in self.uris}


@dataclass(frozen=True, slots=True)
class Project:
    """What mkdocs.yml says.

    content: the folder of the sources. cards: whether pages have pictures. published: where this is a copy, how
    addresses end where it is a copy of. cluster: address of the scheduler of a Dask cluster that reads the
    transcripts; "" for this machine. proposals: whether what is only proposed is shown.
    """

    config: MkDocsConfig
    content: Path
    cards: bool = True
    published: Addresses | None = None
    cluster: str = ""
    proposals: bool = True

    @property
    def folder(self) -> Path:
        """The folder of mkdocs.yml, which paths in messages are relative to."""
        return Path(self.config.config_file_path).parent if self.config.config_file_path else Path.cwd()

    def missing(self) -> Problem | None:
        """What is wrong where there is no folder of sources."""
        if self.content.is_dir():
            return None
        hint = "Name the one that holds topics/ and transcripts/."
        return Problem("mkdocs.yml", 0, f'There is no folder "{os.path.relpath(self.content, self.folder)}".', hint)

    @property
    def templates(self) -> tuple[Path, ...]:
        """The folders of our pages' templates, the project's own first."""
        return self.folder / "templates" / "pages", content_folder.templates() / "pages"

    @property
    def sources(self) -> list[Path]:
        """The files and folders that are read as sources."""
        names = ("transcripts", "topics", "lexicon.yml", "people.yml", content_folder.PERMALINKS)
        return [self.content / name for name in names]


def build(project: Project, *, home: bool) -> Made:
    """The site as it is published. home: whether a start page is to be made."""
    with cluster.executor(project.cluster) as executor:
        process = partial(transcript_cache.shown, executor=executor)
        sources = replace(content_folder.read(project.content, project.folder), proposals=project.proposals)
        made = build_book(sources, process=process, choose=_choose)
    made = replace(made, choice=Choice())  # which only another build could use
    result = _planned(_site(project, made, RenderContext, Memo()), home)
    return replace(result, problems=(*result.problems, *check.problems(Permalinks(made))))


def _choose(
    topics: Sequence[Topic], transcripts: Sequence[Transcript], found: Sequence[Found], _before: Choice | None
) -> Choice:
    """As quotes.choose(); in a large archive nothing is left of what it has looked at, which is as much as the book."""
    if sum(len(each.source) for each in transcripts) < _LARGE:
        return quotes.choose(topics, transcripts, found)

    def work() -> Choice:
        made = quotes.choose(topics, transcripts, found)
        about = {slug: Columns(each) for slug, each in made.passages.items()}
        mentions = {slug: Columns(each) for slug, each in made.mentions.items()}
        return Choice(made.quotes, about, mentions, made.problems)

    return pool.apart(work)


class Editing:
    """Makes the site of a project again and again while somebody edits its sources."""

    def __init__(self) -> None:
        self.memory = Memory()
        self._opened: dict[str, content_folder.Opened] = {}
        self._before: Book | None = None
        self._good: Made | None = None
        self._known = Memo()

    def build(self, project: Project, *, home: bool) -> Made:
        """As build(); where topics or lists have a mistake, the site is that of the last sources without.

        Words come and go: that addresses were published has to hold when they are published again.
        """
        sources = content_folder.read(project.content, project.folder, self._opened)
        sources = replace(sources, proposals=project.proposals)
        self._before = build_book(sources, process=self.memory.each, before=self._before)
        made = _planned(_site(project, self._before, Watched, self._known), home)
        if all(problem.warning for problem in made.problems):
            self._good = made
        elif self._good and not published.same(self._good.context.book, self._before):
            self._good = None  # what was said may be withheld now: no mistake elsewhere may keep it in the site
        return replace(self._good or made, problems=(*_nothing(project, sources), *made.problems))


def _nothing(project: Project, sources: Sources) -> Iterator[Problem]:
    """That there is nothing to make pages of, where nothing else is said of it."""
    if sources.transcripts or sources.topics or sources.problems:
        return
    folder = os.path.relpath(project.content, project.folder)
    message = f"There are no transcripts in {folder}/transcripts and no topics in {folder}/topics."
    hint = "Put them there, or name the folder that holds both: talkbook: {content: …}."
    yield Problem("mkdocs.yml", 0, message, hint, warning=True)


def _planned(context: RenderContext, home: bool) -> Made:
    return Made(context, tuple(routes.uris(context, home=home)), (*context.book.problems, *routes.problems(context)))


def _site(project: Project, made: Book, kind: type[RenderContext], known: Memo) -> RenderContext:
    config = project.config
    return kind(
        book=made,
        loader=templates.loader(project.templates),
        addresses=Addresses(config.use_directory_urls),
        name=config.site_name,
        description=config.site_description or "",
        repository=config.repo_url or "",
        url=config.site_url or "",
        language=str(config.theme.get("language") or "en"),
        cards=project.cards and bool(config.site_url),
        published=project.published,
        changed=git_dates.last_changed(project.folder, project.content / "topics"),
        known=known,
    )
