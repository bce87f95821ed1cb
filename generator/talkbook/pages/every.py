"""All pages of a book."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from talkbook.pages import archive, backlinks, indexes, people, quote, topic, transcript
from talkbook.pages.page import Page
from talkbook.pages.site import Site
from talkbook.problems import Problem


@dataclass(frozen=True, slots=True)
class Beside:
    """A file that stands in the site beside a page, made when it is asked for. path: from the site's root."""

    path: str
    make: Callable[[], str | bytes]


@dataclass(frozen=True, slots=True)
class Draft:
    """A page that is made when it is asked for, and what stands beside it. uri and source are those of the page."""

    uri: str
    source: str
    make: Callable[[], Page]
    beside: tuple[Beside, ...] = ()


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages, and what was found wrong in making them."""

    pages: tuple[Page, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Drafts:
    """The pages to be made, and what was found wrong in planning them."""

    drafts: tuple[Draft, ...]
    problems: tuple[Problem, ...]


def build(web: Site, *, home: bool = True) -> Pages:
    """Every page that the generator makes of the book. home: whether to make the start page too."""
    planned = plan(web, home=home)
    return Pages(tuple(draft.make() for draft in planned.drafts), planned.problems)


def plan(web: Site, *, home: bool = True) -> Drafts:
    """The same pages, none of them made yet: each can be made alone, in any order and in any process."""
    explained = {each.slug: topic.explain(web, each) for each in web.book.topics}
    leading = backlinks.find(web, explained)

    def every() -> Iterator[Draft]:
        if home:
            yield Draft("index", "", partial(indexes.home, web))
        yield Draft("topics/index", "", partial(indexes.topics, web))
        for each in web.book.topics:
            made = partial(topic.page, web, each, explained[each.slug], leading.get(each.slug, ()))
            yield Draft(f"topics/{each.slug}", each.path, made)
        yield Draft("transcripts/index", "", partial(archive.index, web))
        for uri, title, listed in archive.parts(web):
            yield Draft(uri, "", partial(archive.part, web, uri, title, listed))
        for spoken in web.book.transcripts:
            yield Draft(
                f"transcripts/{spoken.slug}", spoken.sidecar or spoken.path, partial(transcript.page, web, spoken)
            )
        yield Draft("people/index", "", partial(people.index, web))
        for person in web.book.people:
            yield Draft(f"people/{person.slug}", "", partial(people.page, web, person))
        for said in web.book.quotes:
            spoken = web.book.transcript[said.transcript]
            yield Draft(f"quotes/{said.id}", spoken.sidecar or spoken.path, partial(quote.page, web, said))

    problems = tuple(problem for each in explained.values() for problem in each.problems)
    return Drafts(tuple(every()), problems)
