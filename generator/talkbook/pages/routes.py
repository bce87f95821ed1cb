"""All pages of a book by URI, each made on demand."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from talkbook.model import Person, Quote, Topic, Transcript
from talkbook.pages import home_page, people_pages
from talkbook.pages.context import RenderContext
from talkbook.pages.conversations import conversation_lists, search_entries, transcript
from talkbook.pages.page import Page, SearchEntry
from talkbook.pages.quotes import citations, quote
from talkbook.pages.topics import topic, topic_index, topic_passages
from talkbook.problems import Problem


@dataclass(frozen=True, slots=True)
class SiteFile:
    """A file of the site that isn't a page, made on demand. path: relative to the site's root."""

    path: str
    make: Callable[[], str | bytes]

    def data(self) -> bytes:
        """Make the file and return its content."""
        made = self.make()
        return made.encode() if isinstance(made, str) else made


@dataclass(frozen=True, slots=True)
class PageSpec:
    """A page that is made on demand, and the files that belong to it. uri, source: as for Page.

    Pages can be made in any order and in any process.
    """

    uri: str
    source: str
    make: Callable[[], Page]
    files: tuple[SiteFile, ...] = ()


def problems(context: RenderContext) -> tuple[Problem, ...]:
    """Return the problems of the topics' explanations."""
    return tuple(problem for each in context.explained.values() for problem in each.problems)


def uris(context: RenderContext, *, home: bool = True) -> Iterator[str]:
    """Yield the URIs of all pages, in order. home: whether the start page is one of them."""
    if home:
        yield "index"
    yield "topics/index"
    yield from (f"topics/{each.slug}" for each in context.book.topics)
    for each in context.book.topics:
        yield from topic_passages.lists(context, each)
    yield from topic_index.lists(context)
    yield from conversation_lists.lists(context)
    yield from (f"transcripts/{each.slug}" for each in context.book.transcripts)
    yield from context.withheld
    yield "people/index"
    yield from (f"people/{person.slug}" for person in context.book.people)
    yield from people_pages.name_lists(context)
    yield from (uri for uri in people_pages.quote_lists(context) if uri.startswith("said/"))
    yield from (f"quotes/{each.id}" for each in context.book.quotes)


def spec(context: RenderContext, uri: str) -> PageSpec:
    """Return the spec of the page at `uri`. What the page shows is looked up when it is made."""
    subject = context.subject(uri)
    if isinstance(subject, Quote):
        subject = context.book.transcript[subject.transcript]
    source = subject.editable if isinstance(subject, Transcript) else subject.path if isinstance(subject, Topic) else ""
    return PageSpec(uri, source, partial(_page, context, uri))


def title(context: RenderContext, uri: str) -> str:
    """Return the title of what the page at `uri` is about; "" for other pages, such as lists."""
    match context.subject(uri):
        case Quote() as subject:
            return citations.label(context, subject)
        case Person() as subject:
            return subject.name
        case Topic() | Transcript() as subject:
            return subject.title
    return ""


def entries(context: RenderContext, uri: str) -> tuple[SearchEntry, ...]:
    """Return what search finds on the page at `uri`, without making the page."""
    match context.subject(uri):
        case Topic() as subject:
            return tuple(topic.entries(context, subject))
        case Transcript() as subject:
            return tuple(search_entries.entries(context, subject))
        case Person() as subject:
            return (people_pages.entry(subject),)
    return ()


def _page(context: RenderContext, uri: str) -> Page:
    if uri in context.withheld:
        return transcript.withheld_page(context, context.withheld[uri])
    match context.subject(uri):
        case Topic() as subject:
            return topic.page(context, subject)
        case Transcript() as subject:
            return transcript.page(context, subject)
        case Person() as subject:
            return people_pages.page(context, subject)
        case Quote() as subject:
            return quote.page(context, subject)
    if uri in _PAGES:
        return _PAGES[uri](context)
    return _LISTS.get(uri.partition("/")[0], conversation_lists.page)(context, uri)


_PAGES: Mapping[str, Callable[[RenderContext], Page]] = {
    "index": home_page.page,
    "topics/index": topic_index.topics,
    "people/index": people_pages.index,
}
_LISTS: Mapping[str, Callable[[RenderContext, str], Page]] = {
    "letters": topic_index.page,
    "kinds": topic_index.page,
    "names": people_pages.names,
    "said": people_pages.quote_page,
    "passages": topic_passages.page,
}
