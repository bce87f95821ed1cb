"""The lists of conversations: all of them, page by page; and those of a show, of a year and with a person."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from talkbook.model import Transcript
from talkbook.pages import paging
from talkbook.pages.context import RenderContext
from talkbook.pages.page import Page
from talkbook.pages.paging import ListPage
from talkbook.text import ids

LISTED = 50  # conversations on a page
ONCE = 20  # conversations that a person's page lists; of more there is a list of its own
_INDEX = "transcripts/index"


def index(context: RenderContext) -> Page:
    """The first page of all conversations, with the ways to those of a show and of a year."""
    return part(context, _INDEX)


def part(context: RenderContext, uri: str) -> Page:
    """The page at `uri`, which is that of the index or one of parts()."""
    page = listing(context, uri)
    first = uri == _INDEX
    html = context.render(
        "archive",
        uri,
        page=page,
        shows=_counts(shows(context)) if first else {},
        years=_counts(years(context)) if first else {},
    )
    about = "Every conversation with its full transcript." if first else f"{page.total:,} conversations: {page.title}."
    return Page(uri, page.title, html, about)


def _counts(groups: Mapping[str, tuple[str, Sequence[Transcript]]]) -> Mapping[str, tuple[str, int]]:
    return {uri: (title, len(listed)) for uri, (title, listed) in groups.items()}


def shows(context: RenderContext) -> Mapping[str, tuple[str, Sequence[Transcript]]]:
    """By the uri of its list, each show's name and its conversations, where there are too many for one page."""
    result: dict[str, tuple[str, list[Transcript]]] = {}
    if len(context.book.transcripts) > LISTED:
        slugs = ids.slugs(sorted({transcript.show for transcript in context.book.transcripts if transcript.show}))
        for transcript in context.book.transcripts:
            if transcript.show:
                result.setdefault(f"shows/{slugs[transcript.show]}", (transcript.show, []))[1].append(transcript)
    return dict(sorted(result.items()))


def years(context: RenderContext) -> Mapping[str, tuple[str, Sequence[Transcript]]]:
    """By the uri of its list, each year and its conversations, where there are too many for one page.

    None where no day is known.
    """
    result: dict[str, tuple[str, list[Transcript]]] = {}
    if len(context.book.transcripts) > LISTED and context.book.dated:
        for transcript in latest(context.book.transcripts):
            year = str(transcript.date.year) if transcript.date else "undated"
            result.setdefault(f"years/{year}", (year.capitalize(), []))[1].append(transcript)
    return result


def people(context: RenderContext) -> Mapping[str, tuple[str, Sequence[Transcript]]]:
    """By the uri of its list, each person's conversations, of those who speak in too many for their page."""
    return {
        f"with/{person.slug}": (f"Conversations with {person.name}", spoken)
        for person in context.book.people
        if len(spoken := context.talks.get(person.slug, ())) > ONCE
    }


def parts(context: RenderContext) -> Iterator[tuple[str, str, Sequence[Transcript]]]:
    """(uri, title, conversations) of each page that lists some, but for the first page of all."""
    for number, page in enumerate(_all(context)):
        if number:
            yield page.uri, page.title, page.items
    for groups in (shows(context), years(context), people(context)):
        for uri, (title, listed) in groups.items():
            for page in paging.cut(uri, title, latest(listed), LISTED):
                yield page.uri, page.title, page.items


def _all(context: RenderContext) -> Iterator[ListPage[Transcript]]:
    return paging.cut(_INDEX, "Conversations", latest(context.book.transcripts), LISTED, behind="conversations")


def listing(context: RenderContext, uri: str) -> ListPage[Transcript]:
    """The page of a list at `uri`, which is that of the index or one of parts()."""
    kind, _, rest = uri.partition("/")
    groups = {"shows": shows, "years": years, "with": people}
    if kind not in groups:
        return next(page for page in _all(context) if page.uri == uri)
    first = f"{kind}/{rest.partition('/')[0]}"
    title, listed = groups[kind](context)[first]
    return next(page for page in paging.cut(first, title, latest(listed), LISTED) if page.uri == uri)


def latest(transcripts: Iterable[Transcript]) -> Sequence[Transcript]:
    """All of them as `place` orders them."""
    return sorted(transcripts, key=place)


def place(transcript: Transcript) -> tuple[bool, int, Sequence[tuple[int, str]], str]:
    """Sorts the newest first; those without a date last; and by title, 2 before 10."""
    day = transcript.date.toordinal() if transcript.date else 0
    return not day, -day, _order(transcript.title), transcript.slug


@lru_cache(maxsize=50_000)  # several lists are in this order
def _order(title: str) -> list[tuple[int, str]]:
    parts = re.split(r"(\d{1,99})", title.casefold())  # of thousands of digits Python makes no number
    return [(int(part), "") if part.isdecimal() else (0, part) for part in parts]
