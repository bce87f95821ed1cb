"""What a site holds: the sources of a project made into a book, with all its pages and all that is wrong with it."""

import logging
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from jinja2 import TemplateSyntaxError

from talkbook import exports
from talkbook.book import published
from talkbook.book.build import Book
from talkbook.book.build import build as build_book
from talkbook.matching import quotes
from talkbook.matching.passages import TopicPassages
from talkbook.matching.quotes import Selection
from talkbook.model import Topic, Transcript
from talkbook.pages import routes, templates
from talkbook.pages.context import RenderContext
from talkbook.pages.routes import PageSpec
from talkbook.pages.templates import Templates
from talkbook.permalinks import ledger_check
from talkbook.permalinks.resolve import Permalinks
from talkbook.plugin import cluster, messages, transcript_cache
from talkbook.plugin.transcript_cache import TranscriptMemory
from talkbook.problems import Problem
from talkbook.project import Project
from talkbook.runtime import pool
from talkbook.runtime.columns import Columns
from talkbook.runtime.memo import Memo
from talkbook.runtime.result_store import ResultStore
from talkbook.sources.opening import OpenedFile
from talkbook.sources.source import Sources

log = logging.getLogger("mkdocs.plugins.talkbook")

_LARGE = 100_000_000  # characters of transcripts from which memory counts for more than a second


@dataclass(frozen=True, slots=True)
class Contents:
    """What pages are made with, the uris of all pages in order, and all that is wrong with the sources."""

    context: RenderContext
    uris: tuple[str, ...]
    problems: tuple[Problem, ...]

    def spec(self, uri: str) -> PageSpec:
        """The page with this uri, with all that belongs to it."""
        return exports.spec(self.context, routes.spec(self.context, uri))

    @property
    def specs(self) -> list[PageSpec]:
        """All pages, in order."""
        return [self.spec(uri) for uri in self.uris]


def build(project: Project, *, home: bool) -> Contents:
    """What a site holds that is published. home: whether a start page is to be made."""
    with cluster.executor(project.cluster) as executor:
        store = ResultStore(project.cache / "transcripts")
        process = partial(transcript_cache.process_pruned, store, executor=executor)
        book = build_book(project.read(), process=process, choose=_choose)
    book = replace(book, choice=Selection())  # which only another build could use
    loader = templates.loader(project.templates)
    loader.check()
    made = _planned(project.context(book, loader), home)
    return replace(made, problems=(*made.problems, *ledger_check.problems(Permalinks(book))))


def _choose(
    topics: Sequence[Topic],
    transcripts: Sequence[Transcript],
    hits: Sequence[TopicPassages],
    _before: Selection | None,
) -> Selection:
    """As quotes.choose(); in a large archive nothing is left of what it has looked at, which is as much as the book."""
    if sum(len(transcript.source) for transcript in transcripts) < _LARGE:
        return quotes.choose(topics, transcripts, hits)

    def work() -> Selection:
        made = quotes.choose(topics, transcripts, hits)
        about = {slug: Columns(each) for slug, each in made.passages.items()}
        mentions = {slug: Columns(each) for slug, each in made.mentions.items()}
        return Selection(made.quotes, about, mentions, made.problems)

    return pool.in_own_process(work)


class Editing:
    """Makes the contents of a site again and again while somebody edits its sources."""

    def __init__(self, ready: Callable[[], None], failed: Callable[[Exception], None]) -> None:
        """ready, failed: called from another thread where what was read behind an edit is there, or can't be."""
        self.memory = TranscriptMemory(ready, failed)
        self._opened: dict[str, OpenedFile] = {}
        self._before: Book | None = None
        self._good: Contents | None = None
        self._templates: Templates | None = None
        self._memo = Memo()

    def build(self, project: Project, *, home: bool) -> Contents:
        """As build(); where topics or lists have a mistake, the site is that of the last sources without.

        So it is with the templates, each for itself. Words come and go: that addresses were published has to hold when
        they are published again.
        """
        sources = project.read(self._opened)
        process = partial(self.memory.process_all, store=ResultStore(project.cache / "transcripts"))
        self._before = build_book(sources, process=process, before=self._before)
        loader, faults = self._valid(project)
        made = _planned(project.context(self._before, loader, self._memo), home)
        if all(problem.warning for problem in made.problems):
            self._good = made
        elif self._good and not published.same(self._good.context.book, self._before):
            self._good = None  # what was said may be withheld now: no mistake elsewhere may keep it in the site
        good = self._good or made
        context = good.context if good.context.loader is loader else replace(good.context, loader=loader)
        return Contents(context, good.uris, (*_nothing(project, sources), *faults, *made.problems))

    def _valid(self, project: Project) -> tuple[Templates, Sequence[Problem]]:
        """The templates as they are now, or the last that were valid; and what is wrong with those that are not."""
        loader = templates.loader(project.templates)
        if loader is self._templates:
            return loader, ()
        try:
            loader.check()
        except TemplateSyntaxError as error:
            return self._templates or templates.loader(project.templates[1:]), [messages.explain(error)]
        self._templates = loader
        return loader, ()


def _nothing(project: Project, sources: Sources) -> Iterator[Problem]:
    """That there is nothing to make pages of, where nothing else is said of it."""
    if sources.transcripts or sources.topics or sources.problems:
        return
    folder = os.path.relpath(project.content, project.folder)
    message = f"There are no transcripts in {folder}/transcripts and no topics in {folder}/topics."
    hint = "Put them there, or name the folder that contains both: talkbook: {content: …}."
    yield Problem("mkdocs.yml", 0, message, hint, warning=True)


def _planned(context: RenderContext, home: bool) -> Contents:
    problems = (*context.book.problems, *routes.problems(context))
    return Contents(context, tuple(routes.uris(context, home=home)), problems)
