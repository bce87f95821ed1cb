"""All pages of a book."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from talkbook.pages import home_page, people_pages
from talkbook.pages.context import RenderContext
from talkbook.pages.conversations import conversation_lists, search_entries, transcript
from talkbook.pages.page import Page, SearchEntry
from talkbook.pages.quotes import quote
from talkbook.pages.topics import topic, topic_index, topic_passages
from talkbook.problems import Problem


@dataclass(frozen=True, slots=True)
class SiteFile:
    """A file of the site that is no page, made when it is asked for. path: from the site's root."""

    path: str
    make: Callable[[], str | bytes]

    @property
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


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages, and what is wrong with what they are made of."""

    pages: tuple[Page, ...]
    problems: tuple[Problem, ...]


def build(context: RenderContext) -> Pages:
    """Every page that the generator makes of the book, the start page included."""
    return Pages(tuple(_page(context, uri) for uri in uris(context)), problems(context))


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
    yield "transcripts/index"
    yield from (uri for uri, _, _ in conversation_lists.parts(context))
    yield from (f"transcripts/{each.slug}" for each in context.book.transcripts)
    yield from (f"transcripts/{each.slug}" for each in context.book.withheld)
    yield "people/index"
    yield from (f"people/{each.slug}" for each in context.book.people)
    yield from people_pages.lists(context)
    yield from (f"quotes/{each.id}" for each in context.book.quotes)


def spec(context: RenderContext, uri: str) -> PageSpec:
    """The page with this uri. It holds nothing of the book but names, and looks up what it is made of."""
    kind, _, name = uri.partition("/")
    source = ""
    if kind == "topics" and name in context.book.topic:
        source = context.book.topic[name].path
    elif kind in ("transcripts", "quotes") and name != "index" and not context.withheld(uri):
        source = context.book.transcript[context.quote[name].transcript if kind == "quotes" else name].editable
    return PageSpec(uri, source, partial(_page, context, uri))


def entries(context: RenderContext, uri: str) -> tuple[SearchEntry, ...]:
    """What search finds on the page with this uri; the page isn't made for it."""
    kind, _, name = uri.partition("/")
    if kind == "topics" and name in context.book.topic:
        return tuple(topic.entries(context, context.book.topic[name]))
    if kind == "transcripts" and name in context.book.transcript:
        return tuple(search_entries.entries(context, context.book.transcript[name]))
    if kind == "people" and name in context.book.person:
        return (people_pages.entry(context.book.person[name]),)
    return ()


def _page(context: RenderContext, uri: str) -> Page:
    if uri in _LISTS:
        return _LISTS[uri](context)
    if hidden := context.withheld(uri):
        return transcript.withheld_page(context, hidden)
    kind, _, name = uri.partition("/")
    if kind == "topics":
        return topic.page(context, context.book.topic[name])
    if kind == "passages":
        return topic_passages.page(context, uri)
    if kind == "transcripts":
        return transcript.page(context, context.book.transcript[name])
    if kind == "people":
        return people_pages.page(context, context.book.person[name])
    if kind == "quotes":
        return quote.page(context, context.quote[name])
    if kind in _PARTS:
        return _PARTS[kind](context, uri)
    return conversation_lists.part(context, uri)


_PARTS: Mapping[str, Callable[[RenderContext, str], Page]] = {
    "letters": topic_index.part,
    "kinds": topic_index.part,
    "names": people_pages.names,
    "said": people_pages.quote_page,
}
_LISTS: Mapping[str, Callable[[RenderContext], Page]] = {
    "index": home_page.page,
    "topics/index": topic_index.topics,
    "transcripts/index": conversation_lists.index,
    "people/index": people_pages.index,
}
