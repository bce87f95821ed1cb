"""What citations of quotes and topics say, as values of talkbook.book.cited."""

import re
from typing import Literal

from talkbook.book.cited import Article, Quotation
from talkbook.model import Quote, Speaker, Topic, Transcript
from talkbook.pages import transcript_html
from talkbook.pages.context import RenderContext, section
from talkbook.text import clock, person_names
from talkbook.text.person_names import PersonName
from talkbook.transcripts import media, timing

_HOST = re.compile(r"\b(?:co-?)?hosts?\b", re.IGNORECASE)
_NUMBER = re.compile(r"(?:s(?:eason)?\W*\d+\W*)?(?:ep?(?:isode)?|no|#)?\W*\d+", re.IGNORECASE)
_MEDIUM: dict[str, Literal["audio", "video"]] = {
    "youtube": "video",
    "vimeo": "video",
    "video": "video",
    "audio": "audio",
}


def embedded(quote: Quote) -> str:
    """Return the path in the site of the page that shows a quote in a frame."""
    return f"embed/{quote.id}.html"


def label(context: RenderContext, quote: Quote) -> str:
    """Return a quote's title, such as "Ada on Engines, Tables" or, if it has no topics, "Ada in Conversation 2"."""
    talk = context.book.transcript[quote.transcript]
    speaker = talk.speaker_of(quote)
    about = ", ".join(context.book.topic[slug].title for slug in quote.topics)
    return f"{speaker.shown if speaker else 'Unknown speaker'} {f'on {about}' if about else f'in {talk.title}'}"


def quotation(context: RenderContext, quote: Quote) -> Quotation:
    """Return all that a citation says about the quote; it is made once for all pages and files."""
    if quote.id not in context.quotations:
        context.quotations[quote.id] = _quotation(context, quote)
    return context.quotations[quote.id]


def _quotation(context: RenderContext, quote: Quote) -> Quotation:
    transcript = context.book.transcript[quote.transcript]
    speaker = transcript.speaker_of(quote)
    spans = context.turn(quote).within(quote.start, quote.end)
    recording = media.read(transcript.media)
    seconds = timing.seconds(transcript, quote.start)
    part = section(transcript, quote.start)
    return Quotation(
        id=quote.id,
        paragraphs=tuple(words for start, end in spans if (words := transcript_html.plain(transcript, start, end))),
        speaker=_name(context, speaker) if speaker else None,
        title=_title(transcript),
        address=context.site.absolute(f"quotes/{quote.id}")
        if quote.topics
        else context.site.absolute(f"transcripts/{quote.transcript}", quote.id),
        label=label(context, quote),
        site=context.site.name,
        show=transcript.show,
        hosts=tuple(_name(context, speaker) for speaker in transcript.speakers if _HOST.search(speaker.role)),
        date=transcript.date,
        source=transcript.url or (recording.address if recording and "://" in recording.address else ""),
        medium=_MEDIUM.get(recording.kind, "") if recording else "",
        duration=transcript.duration,
        time=clock.timestamp(seconds) if seconds is not None else "",
        section=part.title if part else "",
        drafted=bool(speaker and speaker.drafted),
        embed=context.site.url + embedded(quote),
    )


def _name(context: RenderContext, speaker: Speaker) -> PersonName:
    person = context.book.person.get(speaker.person)
    return person_names.parse(speaker.name, person.family if person else "")


def _title(transcript: Transcript) -> str:
    """Return the title under which the episode was published; a mere number isn't one."""
    return transcript.title if _NUMBER.fullmatch(transcript.episode) else transcript.episode or transcript.title


def article(context: RenderContext, topic: Topic) -> Article:
    """Return a topic's page, as it is cited."""
    return Article(topic.slug, topic.title, context.site.absolute(f"topics/{topic.slug}"), context.site.name)
