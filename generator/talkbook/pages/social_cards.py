"""What stands on the cards of pages: the pictures that other sites show where a link is pasted."""

from talkbook.model import Person, Quote, Topic, Transcript
from talkbook.pages.context import RenderContext
from talkbook.pages.page import Page
from talkbook.pages.quotes import citations
from talkbook.pages.social.card import SocialCard, legible


def card(context: RenderContext, page: Page) -> SocialCard | None:
    """The card of a page; None where cards are switched off or its title could not be written with our fonts."""
    if not context.site.cards:
        return None
    if page.uri == "index":
        return _written(SocialCard(context.site.name, context.site.name, summary=context.site.description))
    kicker = ""
    match context.subject(page.uri):
        case Quote() as quote:
            return quote_card(context, quote)
        case Topic() as topic:
            kicker = f"Topic · {topic.kind}"
        case Transcript() as transcript:
            kicker = transcript.show or "Conversation"
        case Person():
            kicker = "Person"
    return _written(SocialCard(context.site.name, page.title, kicker, page.description))


def quote_card(context: RenderContext, quote: Quote) -> SocialCard | None:
    """The card of a quote; only its title where our fonts lack a script that it is written in."""
    if not context.site.cards:
        return None
    cited = citations.quotation(context, quote)
    speaker = context.book.transcript[quote.transcript].speaker_of(quote)
    about = ", ".join(context.book.topic[slug].title for slug in quote.topics)
    words = SocialCard(
        site=context.site.name,
        title=" ".join(cited.paragraphs),
        kicker=f"On {about}" if about else "",
        by=cited.by,
        role=speaker.role if speaker else "",
        quoted=True,
    )
    return words if legible(words.words) else _written(SocialCard(context.site.name, cited.label, "Quote"))


def _written(full: SocialCard) -> SocialCard | None:
    """The card, or less of it, or none: never one with boxes in place of letters."""
    less = SocialCard(full.site, full.title)
    return next((each for each in (full, less) if legible(each.words)), None)
