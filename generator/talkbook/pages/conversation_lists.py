"""The lists of conversations: all of them while they are few, else by show and by year."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from talkbook.model import Transcript
from talkbook.pages.context import RenderContext
from talkbook.pages.page import Page
from talkbook.text import ids

_FEW = 60  # conversations that one page lists
_LATEST = 10  # conversations listed where there are more


def index(context: RenderContext) -> Page:
    """The page of all conversations, or of the ways to them."""
    every = latest(context.book.transcripts)
    few = len(every) <= _FEW
    html = context.render(
        "transcripts",
        "transcripts/index",
        listed=every if few else [each for each in every if each.date][:_LATEST],
        shows=shows(context),
        years=years(context),
    )
    return Page("transcripts/index", "Conversations", html, "Every conversation with its full transcript.")


def shows(context: RenderContext) -> Mapping[str, tuple[str, Sequence[Transcript]]]:
    """By slug, each show's name and its conversations, where there are too many for one page."""
    result: dict[str, tuple[str, list[Transcript]]] = {}
    if len(context.book.transcripts) > _FEW:
        slugs = ids.slugs(sorted({each.show for each in context.book.transcripts if each.show}))
        for each in latest(context.book.transcripts):
            if each.show:
                result.setdefault(slugs[each.show], (each.show, []))[1].append(each)
    return dict(sorted(result.items()))


def years(context: RenderContext) -> Mapping[str, Sequence[Transcript]]:
    """By year, its conversations, where there are too many for one page; "undated" without a date.

    None where no year is known and shows lead to them all.
    """
    result: dict[str, list[Transcript]] = {}
    if len(context.book.transcripts) > _FEW:
        for each in latest(context.book.transcripts):
            result.setdefault(str(each.date.year) if each.date else "undated", []).append(each)
    return {} if list(result) == ["undated"] and all(each.show for each in result["undated"]) else result


def parts(context: RenderContext) -> Iterator[tuple[str, str, Sequence[Transcript]]]:
    """(uri, title, conversations) of each page that lists a part of the archive."""
    for slug, (name, listed) in shows(context).items():
        yield f"shows/{slug}", name, listed
    for year, listed in years(context).items():
        yield f"years/{year}", year.capitalize(), listed


def listing(context: RenderContext, uri: str) -> tuple[str, Sequence[Transcript]]:
    """(title, conversations) of the page at `uri`, which is one of parts()."""
    return next((title, listed) for part, title, listed in parts(context) if part == uri)


def part(context: RenderContext, uri: str) -> Page:
    """The page that lists one show's conversations, or one year's."""
    title, listed = listing(context, uri)
    html = context.render("archive", uri, title=title, listed=listed)
    return Page(uri, title, html, f"{len(listed)} conversations: {title}.")


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
