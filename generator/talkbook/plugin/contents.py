"""The contents of a site: the book made from a project's sources, the URIs of its pages, and the problems found."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from jinja2 import TemplateSyntaxError

from talkbook import exports
from talkbook.book import published
from talkbook.book.book import Book
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

log = logging.getLogger("mkdocs.plugins.talkbook")

_LARGE = 100_000_000  # characters of transcripts; from here on, saving memory is worth a second


@dataclass(frozen=True, slots=True)
class Contents:
    """The contents of a site.

    context: with which all pages are made.
    uris: those of all pages, in order.
    problems: everything that is wrong with the sources.
    """

    context: RenderContext
    uris: tuple[str, ...]
    problems: tuple[Problem, ...]

    def spec(self, uri: str) -> PageSpec:
        """Return the spec of the page at `uri`, with the files that belong to it."""
        return exports.spec(self.context, routes.spec(self.context, uri))

    @property
    def specs(self) -> list[PageSpec]:
        """The specs of all pages, in order."""
        return [self.spec(uri) for uri in self.uris]


def build(project: Project, *, home: bool) -> Contents:
    """Return the contents of a site to be published. home: whether to make a start page."""
    with cluster.executor(project.cluster) as executor:
        store = ResultStore(project.cache / "transcripts")
        process = partial(transcript_cache.process_pruned, store, executor=executor)
        book = build_book(project.read(), process=process, choose=_choose)
    book = replace(book, choice=Selection())  # only needed to build again in this process
    loader = templates.loader(project.templates)
    loader.check()
    made = _planned(project, project.context(book, loader), home)
    return replace(made, problems=(*made.problems, *ledger_check.problems(Permalinks(book))))


def _choose(
    topics: Sequence[Topic],
    transcripts: Sequence[Transcript],
    hits: Sequence[TopicPassages],
    _before: Selection | None,
) -> Selection:
    """Return what quotes.choose() does; for a large archive, it is called in another process.

    What quotes.choose() has memoized takes as much memory as the book; it is freed when that process ends.
    """
    if sum(len(transcript.source) for transcript in transcripts) < _LARGE:
        return quotes.choose(topics, transcripts, hits)

    def work() -> Selection:
        made = quotes.choose(topics, transcripts, hits)
        about = {slug: Columns(each) for slug, each in made.passages.items()}
        mentions = {slug: Columns(each) for slug, each in made.mentions.items()}
        return Selection(made.quotes, about, mentions, made.problems)

    return pool.in_own_process(work)


class Editing:
    """Builds the contents of a site again after each edit of its sources."""

    def __init__(self, ready: Callable[[], None], failed: Callable[[Exception], None]) -> None:
        """Begin without contents. ready, failed: as for TranscriptMemory."""
        self.memory = TranscriptMemory(ready, failed)
        self._opened: dict[str, OpenedFile] = {}
        self._before: Book | None = None
        self._good: Contents | None = None
        self._templates: Templates | None = None
        self._memo = Memo()

    def build(self, project: Project, *, home: bool) -> Contents:
        """Return the contents like build(), but don't check published addresses, since words come and go while editing.

        If the sources contain an error, the last contents without errors are returned, with the current problems,
        unless a conversation in them has changed. Likewise, the last valid templates replace invalid ones.
        """
        process = partial(self.memory.process_all, store=ResultStore(project.cache / "transcripts"))
        self._before = build_book(project.read(self._opened), process=process, before=self._before)
        loader, faults = self._valid_templates(project)
        made = _planned(project, project.context(self._before, loader, self._memo), home)
        if all(problem.warning for problem in made.problems):
            self._good = made
        elif self._good and not published.same_conversations(self._good.context.book, self._before):
            self._good = None  # it may show what is withheld now, and no error elsewhere may keep that
        good = self._good or made
        context = good.context if good.context.loader is loader else replace(good.context, loader=loader)
        return Contents(context, good.uris, (*faults, *made.problems))

    def _valid_templates(self, project: Project) -> tuple[Templates, Sequence[Problem]]:
        """Return the current templates or, if they are invalid, the last valid ones and the problem."""
        loader = templates.loader(project.templates)
        if loader is self._templates:
            return loader, ()
        try:
            loader.check()
        except TemplateSyntaxError as error:
            return self._templates or templates.loader(project.templates[1:]), messages.explain(error)
        self._templates = loader
        return loader, ()


def _planned(project: Project, context: RenderContext, home: bool) -> Contents:
    missing = project.missing()
    problems = (*([missing] if missing else []), *context.book.problems, *routes.problems(context))
    return Contents(context, tuple(routes.uris(context, home=home)), problems)
