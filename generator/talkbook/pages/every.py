"""All pages of a book."""

from collections.abc import Iterator
from dataclasses import dataclass

from talkbook.pages import indexes, people, quote, topic, transcript
from talkbook.pages.page import Page
from talkbook.pages.site import Site
from talkbook.problems import Problem


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages, and what was found wrong in making them."""

    pages: tuple[Page, ...]
    problems: tuple[Problem, ...]


def build(web: Site, *, home: bool = True) -> Pages:
    """Every page that the generator makes of the book. home: whether to make the start page too."""
    explained = {each.slug: topic.explain(web, each) for each in web.book.topics}
    leading = topic.backlinks(web, explained)

    def every() -> Iterator[Page]:
        if home:
            yield indexes.home(web)
        yield indexes.topics(web)
        for each in web.book.topics:
            yield topic.page(web, each, explained[each.slug], leading.get(each.slug, ()))
        yield indexes.transcripts(web)
        for transcription in web.book.transcripts:
            yield transcript.page(web, transcription)
        yield people.index(web)
        for person in web.book.people:
            yield people.page(web, person)
        for each_quote in web.book.quotes:
            yield quote.page(web, each_quote)

    problems = tuple(problem for each in explained.values() for problem in each.problems)
    return Pages(tuple(every()), problems)
