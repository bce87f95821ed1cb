"""The social cards of pages, which other sites show for a link."""

from talkbook.model import Person, Quote, Topic, Transcript
from talkbook.pages.context import RenderContext
from talkbook.pages.page import Page
from talkbook.pages.quotes import citations
from talkbook.pages.social.social_card import SocialCard, legible


def of_page(context: RenderContext, page: Page) -> SocialCard | None:
    """Return the social card of a page; None if cards are off, or the fonts lack a character of its title."""
    if not context.site.cards:
        return None
    if page.uri == "index":
        return _legible_card(SocialCard(context.site.name, context.site.name, summary=context.site.description))
    kicker = ""
    match context.subject(page.uri):
        case Quote() as quote:
            return of_quote(context, quote)
        case Topic() as topic:
            kicker = f"Topic · {topic.kind}"
        case Transcript() as transcript:
            kicker = transcript.show or "Conversation"
        case Person():
            kicker = "Person"
    return _legible_card(SocialCard(context.site.name, page.title, kicker, page.description))


def of_quote(context: RenderContext, quote: Quote) -> SocialCard | None:
    """Return the social card of a quote, which shows only its label if the fonts lack a character of its words.

    It is None if cards are off, or the fonts lack a character of the label.
    """
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
    return words if legible(words.words) else _legible_card(SocialCard(context.site.name, cited.label, "Quote"))


def _legible_card(full: SocialCard) -> SocialCard | None:
    """Return the card, or one with less text, or None, so that no character is drawn as a box."""
    less = SocialCard(full.site, full.title)
    return next((each for each in (full, less) if legible(each.words)), None)
