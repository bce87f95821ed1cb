"""The pages of people: who they are, what they said, and where."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from talkbook.model import Person, Quote, Section, Topic, Transcript, Turn
from talkbook.pages import conversation_lists, places, transcript_html
from talkbook.pages.context import RenderContext
from talkbook.pages.page import Page, SearchEntry, TocHeading

_FIRST_WORDS = 110  # characters of a turn or a quote in a list
_WHOLE = 5  # conversations of one person up to which every turn is listed
_QUOTES = 100  # quotes listed on a person's page
_MOST = 12  # people named first in a long list
_TALKS = 20  # conversations of one person listed at once; the others can be opened


@dataclass(frozen=True, slots=True)
class ConversationRole:
    """What a person said in one section of a conversation."""

    section: Section | None
    turns: tuple[tuple[Turn, Markup], ...]  # with the first words


@dataclass(frozen=True, slots=True)
class Talk:
    """A person's part in one conversation; `parts` is empty where it would be too long a list."""

    transcript: Transcript
    role: str
    first: Turn
    words: int
    share: float  # of all words spoken, from 0 to 1
    parts: tuple[ConversationRole, ...]


def page(context: RenderContext, person: Person) -> Page:
    """The page of one person."""
    uri = f"people/{person.slug}"
    spoken = context.talks.get(person.slug, ())
    talks = [_talk(each, person.slug, whole=len(spoken) <= _WHOLE) for each in conversation_lists.latest(spoken)]
    quotes = context.quoted.get(person.slug, ())
    html = context.render(
        "person",
        uri,
        person=person,
        talks=talks,
        first=_TALKS,
        quoted=[_quoted(context, quote) for quote in quotes[:_QUOTES]],
        more=len(quotes) - _QUOTES,
    )
    contents = [TocHeading("turns", "What they said")] + ([TocHeading("quotes", "Quotes")] if quotes else [])
    return Page(
        uri=uri,
        title=person.name,
        html=html,
        description=person.description or f"What {person.name} said, with every quote.",
        contents=tuple(contents),
        entries=(SearchEntry("", person.name, person.description, "person", speaker=person.name),),
    )


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quote in a person's list: its first words and what it is about."""

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


def index(context: RenderContext) -> Page:
    """The list of people."""
    talks = {person: len(context.talks.get(person.slug, ())) for person in context.book.people}
    html = context.render(
        "people",
        "people/index",
        spoken=context.talks,
        quoted=context.quoted,
        most=sorted(talks, key=talks.__getitem__, reverse=True)[:_MOST],
        letters=_letters(context.book.people),
    )
    return Page("people/index", "People", html, "Everybody who speaks, with their turns and quotes.")


def _letters(people: Sequence[Person]) -> Mapping[str, Sequence[Person]]:
    """The people by the first letter of their name, without accents."""
    letters: dict[str, list[Person]] = {}
    for person in people:
        first = unicodedata.normalize("NFKD", person.name)[:1].upper()
        letters.setdefault(first if first.isalpha() else "#", []).append(person)
    return dict(sorted(letters.items()))


def _talk(transcript: Transcript, slug: str, *, whole: bool) -> Talk:
    turns = [turn for turn in transcript.turns if turn.speaker == slug]
    words = sum(turn.words for turn in turns)
    speaker = transcript.speaker(slug)
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
    return Talk(transcript, speaker.role if speaker else "", turns[0], words, share, tuple(parts))
