"""What stands on the cards of pages: the pictures that other sites show where a link is pasted."""

from talkbook.model import Quote
from talkbook.pages import citations
from talkbook.pages.context import Site
from talkbook.pages.page import Page
from talkbook.pages.social.card import Card, legible


def card(web: Site, page: Page) -> Card | None:
    """The card of a page; None where cards are switched off or its title could not be written with our fonts."""
    if not web.cards:
        return None
    kind, _, name = page.uri.partition("/")
    if kind == "quotes":
        return quote_card(web, web.quote[name])
    if page.uri == "index":
        return _written(Card(web.name, web.name, summary=web.description))
    kicker = {"topics": "Topic", "transcripts": "Conversation", "people": "Person"}.get(kind, "")
    if name == "index":
        kicker = ""
    elif kind == "topics":
        kicker = f"Topic · {web.book.topic[name].kind}"
    elif kind == "transcripts":
        kicker = web.book.transcript[name].show or kicker
    return _written(Card(web.name, page.title, kicker, page.description))


def quote_card(web: Site, quote: Quote) -> Card | None:
    """The card of a quote; only its title where our fonts lack a script that it is written in."""
    if not web.cards:
        return None
    said = citations.quotation(web, quote)
    speaker = web.book.transcript[quote.transcript].speaker(quote.speaker)
    about = ", ".join(web.book.topic[slug].title for slug in quote.topics)
    words = Card(
        site=web.name,
        title=" ".join(said.paragraphs),
        kicker=f"On {about}" if about else "",
        by=said.speaker or "Speaker not known",
        role=speaker.role if speaker else "",
        quoted=True,
    )
    return words if legible(words.words) else _written(Card(web.name, said.label, "Quote"))


def _written(full: Card) -> Card | None:
    """The card, or less of it, or none: never one with boxes in place of letters."""
    less = Card(full.site, full.title)
    return next((each for each in (full, less) if legible(each.words)), None)
