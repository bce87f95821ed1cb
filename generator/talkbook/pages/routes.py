"""All pages of a book."""

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
    """A file of the site that is no page, made when it is asked for. path: from the site's root."""

    path: str
    make: Callable[[], str | bytes]

    def data(self) -> bytes:
        """The bytes of the file, made now."""
        made = self.make()
        return made.encode() if isinstance(made, str) else made


@dataclass(frozen=True, slots=True)
class PageSpec:
    """A page that is made when it is asked for, and the files that belong to it. uri, source: as of the page.

    Each can be made alone, in any order and in any process.
    """

    uri: str
    source: str
    make: Callable[[], Page]
    files: tuple[SiteFile, ...] = ()


def problems(context: RenderContext) -> tuple[Problem, ...]:
    """What is wrong with the topics' explanations."""
    return tuple(problem for each in context.explained.values() for problem in each.problems)


def uris(context: RenderContext, *, home: bool = True) -> Iterator[str]:
    """The uri of every page, in order. home: whether the start page is one of them."""
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
    """The page with this uri. It holds nothing of the book but names, and looks up what it is made of."""
    subject = context.subject(uri)
    if isinstance(subject, Quote):
        subject = context.book.transcript[subject.transcript]
    source = subject.editable if isinstance(subject, Transcript) else subject.path if isinstance(subject, Topic) else ""
    return PageSpec(uri, source, partial(_page, context, uri))


def title(context: RenderContext, uri: str) -> str:
    """What the page with this uri is called, "" where it is about nothing that has a name, as a list."""
    match context.subject(uri):
        case Quote() as subject:
            return citations.label(context, subject)
        case Person() as subject:
            return subject.name
        case Topic() | Transcript() as subject:
            return subject.title
    return ""


def entries(context: RenderContext, uri: str) -> tuple[SearchEntry, ...]:
    """What search finds on the page with this uri; the page isn't made for it."""
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
