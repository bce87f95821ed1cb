"""A quote as a card: its words, who said them and where, and the ways on from there."""

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from operator import attrgetter

from markupsafe import Markup

from talkbook.book import citation
from talkbook.model import Quote, Section, Speaker, Transcript, Turn
from talkbook.pages import citations, places, transcript_html
from talkbook.pages import context as render_context
from talkbook.pages.context import RenderContext
from talkbook.text import rich_text, scripts, sentences
from talkbook.transcripts import source_map

_ASKED = re.compile("[?？]")
_LONGEST_QUESTION = 60  # words of the question shown above an answer


@dataclass(frozen=True, slots=True)
class QuoteCard:
    """What a template needs to show a quote."""

    quote: Quote
    transcript: Transcript
    paragraphs: tuple[Markup, ...]
    speaker: Speaker | None
    person: str  # address of the speaker's page, "" if nobody knows who speaks
    title: str  # of the section, or of the conversation where it has none
    section: Section | None
    there: str  # address of its place in the transcript
    place: str  # "34:12", or "about 27 of 55 min"
    recording: str  # address of the moment in the recording, "" if it is not known
    asks: str  # "Ada asks", "" where nothing is asked
    question: Markup
    topics: tuple[tuple[str, str], ...]  # address and title of each that has it
    report: str
    own: str  # address of the quote's own page
    address: str  # the same, whole; "" where the site's is not known
    source: str  # who says it and in which episode, for those who copy it


def card(context: RenderContext, quote: Quote, uri: str, *, on: str = "", seen: set[str] | None = None) -> QuoteCard:
    """The card of a quote on the page at `uri`.

    on: slug of the topic that the page is about. seen: topics that need no further link
    on the page, taken up as they are linked.
    """
    transcript = context.book.transcript[quote.transcript]
    turn = context.turn(quote)
    linked = seen if seen is not None else {on}
    speaker = transcript.speaker(quote.speaker)
    section = render_context.section(transcript, quote.start)
    head, asked = _asked(transcript, turn)
    spans = turn.within(quote.start, quote.end)
    shown = source_map.texts(transcript.source, transcript.edits, spans)
    notes = context.notes(transcript, spans, shown, uri, linked)
    return QuoteCard(
        quote=quote,
        transcript=transcript,
        paragraphs=tuple(map(Markup, transcript_html.each(transcript, spans, notes))),
        speaker=speaker,
        person=context.addresses.link(uri, f"people/{speaker.person}") if speaker else "",
        title=section.title if section else transcript.title,
        section=section,
        there=context.addresses.link(uri, f"transcripts/{transcript.slug}", quote.id),
        place=places.place(transcript, quote.start),
        recording=places.moment(context, transcript, quote.start, uri),
        asks=head,
        question=asked,
        topics=tuple(
            (context.addresses.link(uri, f"topics/{slug}"), context.book.topic[slug].title)
            for slug in quote.topics
            if slug != on
        ),
        report=context.report(transcript, (quote.start, quote.end)),
        own=context.addresses.link(uri, f"quotes/{quote.id}"),
        address=context.absolute(f"quotes/{quote.id}") if context.url else "",
        source=rich_text.plain(citation.credit(replace(citations.quotation(context, quote), source=""))).text,
    )


def _asked(transcript: Transcript, turn: Turn) -> tuple[str, Markup]:
    found = question(transcript, turn)
    if not found:
        return "", Markup()
    return asks(transcript, *found), transcript_html.html(transcript, *found[1:])


def asks(transcript: Transcript, before: Turn, start: int, end: int) -> str:
    """How a question() is headed: "Ada asks", or "Ada" where it has no question mark."""
    asker = transcript.speaker(before.speaker)
    asked = _ASKED.search(transcript_html.plain(transcript, start, end))
    return (asker.name if asker else "Question") + (" asks" if asked else "")


def question(transcript: Transcript, turn: Turn) -> tuple[Turn, int, int] | None:
    """The question that a turn answers: (turn of the asker, start, end), or None if none is asked.

    It is asked by the turn before, if another speaks there, and reaches from its last
    question mark back as far as about 60 words. A short turn asks without a mark too.
    """
    at = bisect_left(transcript.turns, turn.start, key=attrgetter("start"))
    while at and transcript.turns[at - 1].speaker is None:
        at -= 1  # what nobody knows who said does not ask
    before = transcript.turns[at - 1] if at else None
    if before is None or before.speaker == turn.speaker or not before.quotable:
        return None
    view = source_map.View(transcript.source, transcript.edits, before.start, before.end)
    cut = sentences.spans(view.text)
    asking = [at for at, (start, end) in enumerate(cut) if view.text[start:end].endswith(("?", "？"))]
    if not asking and not 4 <= scripts.count(view.text) <= _LONGEST_QUESTION:
        return None
    last = asking[-1] if asking else len(cut) - 1
    first = last
    words = scripts.count(view.text[slice(*cut[last])])
    while first > 0 and (words := words + scripts.count(view.text[slice(*cut[first - 1])])) <= _LONGEST_QUESTION:
        first -= 1
    return before, *view.span(cut[first][0], cut[last][1])
