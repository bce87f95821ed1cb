"""The lists of conversations, cut into pages: all of them, and those of a show, a year or a person."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain

from talkbook.model import Transcript
from talkbook.pages import paging
from talkbook.pages.context import RenderContext
from talkbook.pages.page import Page
from talkbook.pages.paging import ListPage
from talkbook.runtime.memo import memoize_last
from talkbook.text import ids

LISTED = 50  # conversations on a page
ONCE = 20  # conversations listed on a person's page; if there are more, they get a list of their own
INDEX = "transcripts/index"


def page(context: RenderContext, uri: str) -> Page:
    """Return the page at `uri`, which is one of lists(). The first page also links to the shows and years."""
    listed = lists(context)[uri]
    first = uri == INDEX
    html = context.render(
        "archive",
        uri,
        page=listed,
        shows=_counts(shows(context)) if first else {},
        years=_counts(years(context)) if first else {},
    )
    about = (
        "Every conversation with its full transcript." if first else f"{listed.total:,} conversations: {listed.title}."
    )
    return Page(uri, listed.title, html, about)


def _counts(groups: Mapping[str, tuple[str, Sequence[Transcript]]]) -> Mapping[str, tuple[str, int]]:
    return {uri: (title, len(listed)) for uri, (title, listed) in groups.items()}


def shows(context: RenderContext) -> Mapping[str, tuple[str, Sequence[Transcript]]]:
    """Return URI of its list -> (name, conversations) of each show; {} if one page can list all conversations."""
    result: dict[str, tuple[str, list[Transcript]]] = {}
    if len(context.book.transcripts) > LISTED:
        slugs = ids.slugs(sorted({transcript.show for transcript in context.book.transcripts if transcript.show}))
        for transcript in context.book.transcripts:
            if transcript.show:
                result.setdefault(f"shows/{slugs[transcript.show]}", (transcript.show, []))[1].append(transcript)
    return dict(sorted(result.items()))


def years(context: RenderContext) -> Mapping[str, tuple[str, Sequence[Transcript]]]:
    """Return URI of its list -> (year, conversations) of each year, newest first.

    It is {} if one page can list all conversations, or if none has a date.
    """
    result: dict[str, tuple[str, list[Transcript]]] = {}
    if len(context.book.transcripts) > LISTED and context.book.dated:
        for transcript in latest(context.book.transcripts):
            year = str(transcript.date.year) if transcript.date else "undated"
            result.setdefault(f"years/{year}", (year.capitalize(), []))[1].append(transcript)
    return result


def people(context: RenderContext) -> Mapping[str, tuple[str, Sequence[Transcript]]]:
    """Return URI of its list -> (title, conversations) of each person who speaks in too many for their page."""
    return {
        f"with/{person.slug}": (f"Conversations with {person.name}", spoken)
        for person in context.book.people
        if len(spoken := context.talks[person.slug]) > ONCE
    }


@memoize_last
def lists(context: RenderContext) -> Mapping[str, ListPage[Transcript]]:
    """Return URI -> page for all pages that list conversations, beginning with the list of all."""
    all_of_them = paging.cut(INDEX, "Conversations", latest(context.book.transcripts), LISTED, behind="conversations")
    groups = {**shows(context), **years(context), **people(context)}
    some = (paging.cut(uri, title, latest(listed), LISTED) for uri, (title, listed) in groups.items())
    return {page.uri: page for page in chain(all_of_them, *some)}


def latest(transcripts: Iterable[Transcript]) -> Sequence[Transcript]:
    """Return the conversations sorted by place()."""
    return sorted(transcripts, key=place)


def place(transcript: Transcript) -> tuple[bool, int, Sequence[tuple[int, str]], str]:
    """Return a sort key: the newest first, those without a date last, then by title, with 2 before 10."""
    day = transcript.date.toordinal() if transcript.date else 0
    return not day, -day, _order(transcript.title), transcript.slug


@lru_cache(maxsize=50_000)  # several lists need it
def _order(title: str) -> list[tuple[int, str]]:
    parts = re.split(r"(\d{1,99})", title.casefold())  # int() refuses thousands of digits
    return [(int(part), "") if part.isdecimal() else (0, part) for part in parts]
