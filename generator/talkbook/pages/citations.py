"""What the pages offer to be cited, as values of talkbook.citing."""

import re

from talkbook.book.citation import Article, Quotation
from talkbook.model import Quote, Topic
from talkbook.pages import transcript_html
from talkbook.pages.context import RenderContext

_HOST = re.compile(r"\bhosts?\b", re.IGNORECASE)


def embedded(quote: Quote) -> str:
    """Where in the site the page is that shows a quote in a frame."""
    return f"embed/{quote.id}.html"


def label(context: RenderContext, quote: Quote) -> str:
    """What a link to a quote is called: "Ada on Engines, Tables"."""
    speaker = context.book.transcript[quote.transcript].speaker(quote.speaker)
    about = ", ".join(context.book.topic[slug].title for slug in quote.topics)
    return f"{speaker.name if speaker else 'Unknown speaker'} on {about}"


def quotation(context: RenderContext, quote: Quote) -> Quotation:
    """A quote with all that a citation says of it."""
    transcript = context.book.transcript[quote.transcript]
    speaker = transcript.speaker(quote.speaker)
    spans = context.turn(quote).within(quote.start, quote.end)
    return Quotation(
        id=quote.id,
        paragraphs=tuple(words for start, end in spans if (words := transcript_html.plain(transcript, start, end))),
        speaker=speaker.name if speaker else "",
        title=transcript.title,
        address=context.absolute(f"quotes/{quote.id}"),
        label=label(context, quote),
        show=transcript.show,
        hosts=tuple(each.name for each in transcript.speakers if _HOST.search(each.role)),
        date=transcript.date,
        embed=context.url + embedded(quote),
    )


def article(context: RenderContext, topic: Topic) -> Article:
    """A topic's page."""
    return Article(topic.slug, topic.title, context.absolute(f"topics/{topic.slug}"), context.name)
