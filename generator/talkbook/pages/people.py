"""The pages of people: who they are, what they said, and where."""

from dataclasses import dataclass

from talkbook.model import Person, Quote, Section, Topic, Transcript, Turn
from talkbook.pages import cards, text
from talkbook.pages.page import Entry, Heading, Page
from talkbook.pages.site import Site

_FIRST_WORDS = 110  # characters of a turn or a quote in a list


@dataclass(frozen=True, slots=True)
class Part:
    """What a person said in one section of a conversation."""

    section: Section | None
    turns: tuple[tuple[Turn, str], ...]  # with the first words


@dataclass(frozen=True, slots=True)
class Talk:
    """A person's part in one conversation."""

    transcript: Transcript
    role: str
    words: int
    share: float  # of all words spoken, from 0 to 1
    parts: tuple[Part, ...]


def page(web: Site, person: Person) -> Page:
    """The page of one person."""
    uri = f"people/{person.slug}"
    talks = [talk for each in web.book.transcripts if (talk := _talk(each, person.slug))]
    quotes = [quote for quote in web.book.quotes if quote.speaker == person.slug]
    html = web.render("person", uri, person=person, talks=talks, quoted=[_quoted(web, quote) for quote in quotes])
    contents = [Heading("turns", "What they said")] + ([Heading("quotes", "Quotes")] if quotes else [])
    return Page(
        uri=uri,
        title=person.name,
        html=html,
        description=person.description or f"What {person.name} said, with every quote.",
        contents=tuple(contents),
        entries=(Entry("", person.name, person.description, boost=4.0),),
    )


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quote in a person's list: its first words and what it is about."""

    quote: Quote
    words: str
    topics: tuple[Topic, ...]
    place: str


def _quoted(web: Site, quote: Quote) -> Quoted:
    transcript = web.book.transcript[quote.transcript]
    return Quoted(
        quote,
        _first_words(transcript, quote.start, quote.end),
        tuple(web.book.topic[slug] for slug in quote.topics),
        cards.place(transcript, quote.start),
    )


def index(web: Site) -> Page:
    """The list of people."""
    talks = {
        person.slug: [talk for each in web.book.transcripts if (talk := _talk(each, person.slug))]
        for person in web.book.people
    }
    quoted = {person.slug: sum(quote.speaker == person.slug for quote in web.book.quotes) for person in web.book.people}
    html = web.render("people", "people/index", talks=talks, quoted=quoted)
    return Page("people/index", "People", html, "Everybody who speaks, with their turns and quotes.")


def _talk(transcript: Transcript, slug: str) -> Talk | None:
    turns = [turn for turn in transcript.turns if turn.speaker == slug]
    speaker = transcript.speaker(slug)
    if not turns or speaker is None:
        return None
    counts = {turn.id: len(text.plain(transcript, turn.start, turn.end).split()) for turn in transcript.turns}
    words = sum(counts[turn.id] for turn in turns)
    sections: tuple[Section | None, ...] = transcript.sections or (None,)
    parts = []
    for section in sections:
        inside = [
            (turn, _first_words(transcript, turn.start, turn.end))
            for turn in turns
            if counts[turn.id] and (section is None or section.start <= turn.start < section.end)
        ]
        if inside:
            parts.append(Part(section, tuple(inside)))
    return Talk(transcript, speaker.role, words, words / max(1, sum(counts.values())), tuple(parts))


def _first_words(transcript: Transcript, start: int, end: int) -> str:
    words = text.plain(transcript, start, end)
    return words if len(words) <= _FIRST_WORDS else words[:_FIRST_WORDS].rsplit(" ", 1)[0] + "…"
