"""All pages of a book."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from talkbook.pages import conversation_lists, home_page, people, quote, topic, topic_index, transcript
from talkbook.pages.context import Site
from talkbook.pages.page import Page
from talkbook.problems import Problem


@dataclass(frozen=True, slots=True)
class Beside:
    """A file that stands in the site beside a page, made when it is asked for. path: from the site's root."""

    path: str
    make: Callable[[], str | bytes]


@dataclass(frozen=True, slots=True)
class Draft:
    """A page that is made when it is asked for, and what stands beside it. uri, source: as of the page.

    Each can be made alone, in any order and in any process.
    """

    uri: str
    source: str
    make: Callable[[], Page]
    beside: tuple[Beside, ...] = ()


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages, and what is wrong with what they are made of."""

    pages: tuple[Page, ...]
    problems: tuple[Problem, ...]


def build(web: Site) -> Pages:
    """Every page that the generator makes of the book, the start page included."""
    return Pages(tuple(_page(web, uri) for uri in uris(web)), problems(web))


def problems(web: Site) -> tuple[Problem, ...]:
    """What is wrong with the topics' explanations."""
    return tuple(problem for each in web.explained.values() for problem in each.problems)


def uris(web: Site, *, home: bool = True) -> Iterator[str]:
    """The uri of every page, in order. home: whether the start page is one of them."""
    if home:
        yield "index"
    yield "topics/index"
    yield from (f"topics/{each.slug}" for each in web.book.topics)
    yield "transcripts/index"
    yield from (uri for uri, _, _ in conversation_lists.parts(web))
    yield from (f"transcripts/{each.slug}" for each in web.book.transcripts)
    yield "people/index"
    yield from (f"people/{each.slug}" for each in web.book.people)
    yield from (f"quotes/{each.id}" for each in web.book.quotes)


def draft(web: Site, uri: str) -> Draft:
    """The page with this uri. It holds nothing of the book but names, and looks up what it is made of."""
    kind, _, name = uri.partition("/")
    source = ""
    if kind == "topics" and name in web.book.topic:
        source = web.book.topic[name].path
    elif kind in ("transcripts", "quotes") and name != "index":
        source = web.book.transcript[web.quote[name].transcript if kind == "quotes" else name].editable
    return Draft(uri, source, partial(_page, web, uri))


def _page(web: Site, uri: str) -> Page:
    if uri in _LISTS:
        return _LISTS[uri](web)
    kind, _, name = uri.partition("/")
    if kind == "topics":
        return topic.page(web, web.book.topic[name])
    if kind == "transcripts":
        return transcript.page(web, web.book.transcript[name])
    if kind == "people":
        return people.page(web, web.book.person[name])
    if kind == "quotes":
        return quote.page(web, web.quote[name])
    return conversation_lists.part(web, uri)


_LISTS: Mapping[str, Callable[[Site], Page]] = {
    "index": home_page.page,
    "topics/index": topic_index.topics,
    "transcripts/index": conversation_lists.index,
    "people/index": people.index,
}
