"""Quotes as cards: their words, speaker, place and context."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from markupsafe import Markup

from talkbook.book import citation
from talkbook.model import Quote, Section, Speaker, Transcript
from talkbook.pages import context as render_context
from talkbook.pages import places, transcript_html
from talkbook.pages.context import RenderContext
from talkbook.pages.quotes import citations, questions
from talkbook.text import rich_text
from talkbook.transcripts import source_map


@dataclass(frozen=True, slots=True)
class QuoteCard:
    """What a template needs to show a quote."""

    quote: Quote
    transcript: Transcript
    paragraphs: tuple[Markup, ...]
    speaker: Speaker | None
    person: str  # address of the speaker's page; "" if there is none
    title: str  # of the section or, without one, of the conversation
    section: Section | None
    in_transcript: str  # address of its place in the transcript
    place: str  # "34:12", or "about 27 of 55 min"
    recording: str  # address of the moment in the recording; "" if unknown
    asks: str  # "Ada asks"; "" without a question
    question: Markup
    topics: tuple[tuple[str, str], ...]  # (address, title) of topics other than the page's
    report: str
    permalink: str  # address of the quote's own page
    address: str  # the same, absolute; "" if the site's address is unknown
    source: str  # speaker and episode, added when the quote is copied


def card(context: RenderContext, quote: Quote, uri: str, *, on: str = "", seen: set[str] | None = None) -> QuoteCard:
    """Return the card of a quote for the page at `uri`.

    on: slug of the topic that the page is about.
    seen: slugs of topics that need no further link on the page; those linked now are added. None for only `on`.
    """
    transcript = context.book.transcript[quote.transcript]
    turn = context.turn(quote)
    linked = seen if seen is not None else {on}
    speaker = transcript.speaker_of(quote)
    section = render_context.section(transcript, quote.start)
    asked = questions.find(transcript, quote)
    spans = turn.within(quote.start, quote.end)
    texts = source_map.texts(transcript.source, transcript.edits, spans)
    notes = context.notes(transcript, spans, texts, uri, linked)
    return QuoteCard(
        quote=quote,
        transcript=transcript,
        paragraphs=tuple(map(Markup, transcript_html.stretches(transcript, spans, notes))),
        speaker=speaker,
        person=context.site.addresses.link(uri, f"people/{speaker.person}")
        if speaker and speaker.person in context.book.person
        else "",
        title=section.title if section else transcript.title,
        section=section,
        in_transcript=context.site.addresses.link(uri, f"transcripts/{transcript.slug}", quote.id),
        place=places.place(transcript, quote.start),
        recording=places.moment(context, transcript, quote.start, uri),
        asks=asked.heading if asked else "",
        question=transcript_html.html(transcript, asked.start, asked.end) if asked else Markup(),
        topics=tuple(
            (context.site.addresses.link(uri, f"topics/{slug}"), context.book.topic[slug].title)
            for slug in quote.topics
            if slug != on
        ),
        report=context.report(transcript, (quote.start, quote.end)),
        permalink=context.site.addresses.link(uri, f"quotes/{quote.id}"),
        address=context.site.absolute(f"quotes/{quote.id}") if context.site.url else "",
        source=rich_text.plain(citation.credit(replace(citations.quotation(context, quote), source=""))).text,
    )


def asked_once(cards: Iterable[QuoteCard]) -> Iterator[QuoteCard]:
    """Yield the cards in order, without questions that are shown on an earlier card."""
    seen: set[tuple[str, Markup]] = set()
    for card in cards:
        asked = card.transcript.slug, card.question
        yield replace(card, asks="", question=Markup()) if asked in seen else card
        seen.add(asked)
