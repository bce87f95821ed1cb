"""The pages of people: who they are, what they said and where; and the lists of people."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from talkbook.model import Person, Quote, Section, Topic, Transcript, Turn
from talkbook.pages import paging, places, transcript_html
from talkbook.pages.context import RenderContext
from talkbook.pages.conversations import conversation_lists
from talkbook.pages.page import Page, SearchEntry, TocHeading
from talkbook.pages.paging import ListPage
from talkbook.runtime.lists import grouped
from talkbook.runtime.memo import memoize_last
from talkbook.text import ids

_FIRST_WORDS = 110  # characters of a turn or a quote shown in a list
_WHOLE = 5  # conversations of a person; if there are more, turns aren't listed
_QUOTES = 100  # quotes per page
_MOST = 12  # people named first: those with the most conversations
_NAMES = 400  # people per page


@dataclass(frozen=True, slots=True)
class ConversationRole:
    """What a person said in one section of a conversation. section: None if the conversation has no sections."""

    section: Section | None
    turns: tuple[tuple[Turn, Markup], ...]  # (turn, its first words)


@dataclass(frozen=True, slots=True)
class Talk:
    """A person's part in one conversation."""

    transcript: Transcript
    role: str
    first: Turn
    words: int
    share: float  # of all words spoken, from 0 to 1
    probably: int  # words that are probably theirs, which `words` and `share` don't include
    parts: tuple[ConversationRole, ...]  # () if the list would be too long


def page(context: RenderContext, person: Person) -> Page:
    """Return the page of a person."""
    uri = f"people/{person.slug}"
    spoken = context.talks[person.slug]
    first = conversation_lists.latest(spoken)[: conversation_lists.ONCE]
    talks = [_talk(each, person.slug, whole=len(spoken) <= _WHOLE) for each in first]
    quotes = quote_lists(context)[uri]
    html = context.render(
        "person",
        uri,
        person=person,
        talks=talks,
        spoken=len(spoken),
        quoted=[_quoted(context, quote) for quote in quotes.items],
        quotes=quotes,
    )
    contents = [TocHeading("turns", "What they said")] + ([TocHeading("quotes", "Quotes")] if quotes.items else [])
    return Page(
        uri=uri,
        title=person.name,
        html=html,
        description=person.description or f"What {person.name} said, with every quote.",
        contents=tuple(contents),
        entries=(entry(person),),
    )


def entry(person: Person) -> SearchEntry:
    """Return what search finds on the page of a person."""
    return SearchEntry("", person.name, person.description, "person", speaker=person.name)


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quote in a person's list. words: its first words."""

    quote: Quote
    words: Markup
    topics: tuple[Topic, ...]
    place: str
    title: str  # of the conversation


def _quoted(context: RenderContext, quote: Quote) -> Quoted:
    transcript = context.book.transcript[quote.transcript]
    return Quoted(
        quote,
        transcript_html.opening(transcript, quote.start, quote.end, _FIRST_WORDS),
        tuple(context.book.topic[slug] for slug in quote.topics),
        next(places.brief(transcript, [quote.start])),
        transcript.title,
    )


@memoize_last
def quote_lists(context: RenderContext) -> Mapping[str, ListPage[Quote]]:
    """Return URI -> page for all pages that list quotes of a person: the person's own page, then said/…"""
    return {
        page.uri: page
        for person in context.book.people
        for page in paging.cut(
            f"people/{person.slug}",
            f"Quotes of {person.name}",
            context.quoted[person.slug],
            _QUOTES,
            behind=f"said/{person.slug}",
        )
    }


def quote_page(context: RenderContext, uri: str) -> Page:
    """Return the page at `uri` (said/…), with more quotes of a person."""
    person = context.book.person[uri.split("/")[1]]
    quotes = quote_lists(context)[uri]
    quoted = [_quoted(context, quote) for quote in quotes.items]
    many = len(context.talks[person.slug]) > 1
    html = context.render("person_quotes", uri, person=person, quoted=quoted, quotes=quotes, many=many)
    return Page(uri, quotes.title, html, f"What {person.name} said, with every quote.")


@memoize_last
def _names(context: RenderContext) -> Sequence[tuple[str, Sequence[ListPage[Person]]]]:
    """Return (letter, pages that list the people whose names begin with it); [] if one page can list all people."""
    if len(context.book.people) <= _NAMES:
        return []
    letters = _letters(context.book.people)
    slugs = ids.slugs(letters)
    return [
        (letter, [*paging.cut(f"names/{slugs[letter]}", f"People: {letter}", listed, _NAMES)])
        for letter, listed in letters.items()
    ]


def name_lists(context: RenderContext) -> Mapping[str, ListPage[Person]]:
    """Return URI (names/…) -> page for all pages that list people by letter."""
    return {page.uri: page for _, pages in _names(context) for page in pages}


def names(context: RenderContext, uri: str) -> Page:
    """Return the page at `uri`, which is one of name_lists()."""
    page = name_lists(context)[uri]
    html = context.render("names", uri, page=page, spoken=context.talks)
    return Page(uri, page.title, html, f"{page.total:,} people.")


def index(context: RenderContext) -> Page:
    """Return the list of people."""
    talks = {person: len(context.talks[person.slug]) for person in context.book.people}
    html = context.render(
        "people",
        "people/index",
        spoken=context.talks,
        quoted=context.quoted,
        most=sorted(talks, key=talks.__getitem__, reverse=True)[:_MOST],
        letters=_letters(context.book.people) if len(context.book.people) <= _NAMES else {},
        pages=[(letter, pages[0]) for letter, pages in _names(context)],
    )
    return Page("people/index", "People", html, "Everybody who speaks, with their turns and quotes.")


def _letters(people: Sequence[Person]) -> Mapping[str, Sequence[Person]]:
    """Return letter -> people whose names begin with it, regardless of accents."""
    firsts = ((unicodedata.normalize("NFKD", person.name)[:1].upper(), person) for person in people)
    letters = grouped((first if first.isalpha() else "#", person) for first, person in firsts)
    return dict(sorted(letters.items()))


def _talk(transcript: Transcript, slug: str, *, whole: bool) -> Talk:
    turns = [turn for turn in transcript.turns if turn.attributed == slug]
    words = sum(turn.words for turn in turns if turn.speaker)
    probably = sum(turn.words for turn in turns if not turn.speaker)
    speaker = transcript.part(slug)
    parts: list[ConversationRole] = []
    for section in (transcript.sections or (None,)) if whole else ():
        inside = tuple(
            (turn, transcript_html.opening(transcript, turn.start, turn.end, _FIRST_WORDS))
            for turn in turns
            if turn.words and (section is None or section.start <= turn.start < section.end)
        )
        if inside:
            parts.append(ConversationRole(section, inside))
    share = words / max(1, transcript.words)
    return Talk(transcript, speaker.role if speaker else "", turns[0], words, share, probably, tuple(parts))
