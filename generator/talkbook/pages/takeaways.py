"""Takeaways for the start page: passages that curators name, then quotes that cover the most topics."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from talkbook.model import Quote, Speaker, Topic, Transcript
from talkbook.pages import context as render_context
from talkbook.pages import places, transcript_html
from talkbook.pages.context import RenderContext
from talkbook.text import scripts

_MOST, _LEAST = 8, 6  # takeaways: the most from curators, and the number up to which quotes are added
_SHORT, _LONG = 20, 75  # words; a shorter or longer quote has a lower score
_AGAIN = 0.3  # factor for a topic, each time that it is covered
_HOST = 0.2  # factor for quotes of hosts, who introduce and ask


@dataclass(frozen=True, slots=True)
class Takeaway:
    """A passage for the start page, with its speaker, place and links."""

    words: Markup
    speaker: Speaker | None
    transcript: Transcript
    in_transcript: str  # address of its place in the transcript
    place: str
    recording: str  # address of the moment in the recording; "" if unknown
    topics: Sequence[Topic]


def choose(context: RenderContext) -> Sequence[Takeaway]:
    """Return the takeaways of a book, those of curators first."""
    named = [(talk, *span) for talk in context.book.transcripts for span in talk.takeaways][:_MOST]
    made = [_takeaway(context, *each) for each in named]
    chosen = list(_chosen(context, _LEAST - len(made), named))
    return [
        *made,
        *(_takeaway(context, context.book.transcript[each.transcript], each.start, each.end) for each in chosen),
    ]


def _chosen(context: RenderContext, number: int, named: Sequence[tuple[Transcript, int, int]]) -> Iterator[Quote]:
    """Yield quotes that together cover the most topics, at most one per section, in the order of the book.

    They are chosen by greedy maximum coverage (Lin and Bilmes, A Class of Submodular Functions for Document
    Summarization, 2011). A topic weighs more the more it is quoted, and less each time that it is covered.
    """
    book = context.book
    weights = {topic.slug: len(book.quotes_of[topic.slug]) ** 0.5 for topic in book.topics}
    taken = {_section(context, talk, start) for talk, start, _ in named}
    suits = {quote.id: _suitability(book.transcript[quote.transcript], quote) for quote in book.quotes}
    left = [quote for quote in book.quotes if suits[quote.id]]
    chosen: list[Quote] = []
    while left and len(chosen) < number:
        best = max(left, key=lambda quote: suits[quote.id] * sum(weights[slug] for slug in quote.topics))
        chosen.append(best)
        taken.add(_section(context, book.transcript[best.transcript], best.start))
        for slug in best.topics:
            weights[slug] *= _AGAIN
        left = [
            quote for quote in left if _section(context, book.transcript[quote.transcript], quote.start) not in taken
        ]
    yield from (quote for quote in book.quotes if quote in chosen)


def _suitability(transcript: Transcript, quote: Quote) -> float:
    """Return how well the length and the speaker of a quote suit a takeaway, from 0 to 1; 0 for a question."""
    words = transcript_html.plain(transcript, quote.start, quote.end)
    number = scripts.count(words)
    if words.rstrip().endswith(("?", "？")) or not number:
        return 0.0
    speaker = transcript.speaker_of(quote)
    asks = _HOST if speaker and speaker.role == "host" else 1.0
    return asks * min(1.0, number / _SHORT, _LONG / number)


def _section(context: RenderContext, transcript: Transcript, offset: int) -> tuple[str, str]:
    """Return what no two takeaways share: the section or, if there are several conversations, the conversation."""
    section = render_context.section(transcript, offset) if len(context.book.transcripts) == 1 else None
    return transcript.slug, section.id if section else ""


def _takeaway(context: RenderContext, transcript: Transcript, start: int, end: int) -> Takeaway:
    quote = next(
        (quote for quote in context.book.quotes_in[transcript.slug] if quote.start <= start < end <= quote.end),
        None,
    )
    anchor = quote.id if quote else transcript.anchor_at(start)
    return Takeaway(
        words=transcript_html.html(transcript, start, end),
        speaker=transcript.speaker_of(transcript.turn_at(start)),
        transcript=transcript,
        in_transcript=context.site.addresses.link("index", f"transcripts/{transcript.slug}", anchor),
        place=places.place(transcript, start),
        recording=places.moment(context, transcript, start, "index"),
        topics=[context.book.topic[slug] for slug in quote.topics] if quote else (),
    )
