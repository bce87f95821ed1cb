"""The small page of one quote, which is its permalink."""

from talkbook import citing
from talkbook.model import Quote
from talkbook.pages import cards, citations, text
from talkbook.pages.page import Page
from talkbook.pages.site import Site


def page(web: Site, quote: Quote) -> Page:
    """The page of one quote."""
    uri = f"quotes/{quote.id}"
    shown = cards.card(web, quote, uri, seen=set())
    words = text.plain(shown.transcript, quote.start, quote.end)
    cited = citing.quote(citations.quotation(web, quote)) if web.url else ()
    return Page(
        uri=uri,
        title=citations.label(web, quote),
        html=web.render("quote", uri, card=shown, cited=cited),
        description=f"“{words}”" if len(words) < 290 else f"“{words[:290].rsplit(' ', 1)[0]}…”",
        source=shown.transcript.editable,
    )
