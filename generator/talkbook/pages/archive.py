"""The lists of conversations: all of them while they are few, else by show and by year."""

from collections.abc import Iterator, Mapping, Sequence

from talkbook import ids
from talkbook.model import Transcript
from talkbook.pages.page import Page
from talkbook.pages.site import Site

_FEW = 60  # conversations that one page lists


def index(web: Site) -> Page:
    """The page of all conversations, or of the ways to them."""
    every = _latest(web.book.transcripts)
    html = web.render(
        "transcripts",
        "transcripts/index",
        listed=every if len(every) <= _FEW else every[:10],
        shows=shows(web),
        years=years(web),
        words=web.words,
    )
    return Page("transcripts/index", "Conversations", html, "Every conversation with its full transcript.")


def shows(web: Site) -> Mapping[str, tuple[str, Sequence[Transcript]]]:
    """By slug, each show's name and its conversations, where there are too many for one page."""
    result: dict[str, tuple[str, list[Transcript]]] = {}
    if len(web.book.transcripts) > _FEW:
        for each in _latest(web.book.transcripts):
            if each.show:
                result.setdefault(ids.slug(each.show), (each.show, []))[1].append(each)
    return result


def years(web: Site) -> Mapping[str, Sequence[Transcript]]:
    """By year, its conversations, where there are too many for one page; "undated" without a date."""
    result: dict[str, list[Transcript]] = {}
    if len(web.book.transcripts) > _FEW:
        for each in _latest(web.book.transcripts):
            result.setdefault(str(each.date.year) if each.date else "undated", []).append(each)
    return result


def parts(web: Site) -> Iterator[tuple[str, str, Sequence[Transcript]]]:
    """(uri, title, conversations) of each page that lists a part of the archive."""
    for slug, (name, listed) in shows(web).items():
        yield f"shows/{slug}", name, listed
    for year, listed in years(web).items():
        yield f"years/{year}", year.capitalize(), listed


def part(web: Site, uri: str, title: str, listed: Sequence[Transcript]) -> Page:
    """The page that lists one show's conversations, or one year's."""
    html = web.render("archive", uri, title=title, listed=listed, words=web.words)
    return Page(uri, title, html, f"{len(listed)} conversations: {title}.")


def _latest(transcripts: Sequence[Transcript]) -> Sequence[Transcript]:
    """The newest first; those without a date last, by title."""
    dated = sorted(
        (each for each in transcripts if each.date), key=lambda each: (str(each.date), each.slug), reverse=True
    )
    return [*dated, *sorted((each for each in transcripts if not each.date), key=lambda each: (each.title, each.slug))]
