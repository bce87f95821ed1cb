"""The page of a quote, which is its permalink."""

from collections.abc import Sequence

from talkbook.book import citation
from talkbook.model import Quote
from talkbook.pages import transcript_html
from talkbook.pages.context import RenderContext
from talkbook.pages.page import Neighbour, Page
from talkbook.pages.quotes import citations, quote_card


def page(context: RenderContext, quote: Quote) -> Page:
    """Return the page of a quote."""
    uri = f"quotes/{quote.id}"
    card = quote_card.card(context, quote, uri, seen=set())
    words = transcript_html.plain(card.transcript, quote.start, quote.end)
    cited = citation.quote(citations.quotation(context, quote)) if context.site.url else ()
    return Page(
        uri=uri,
        title=citations.label(context, quote),
        html=context.render("quote", uri, card=card, cited=cited, neighbours=_neighbours(context, quote)),
        description=f"“{words}”" if len(words) < 290 else f"“{words[:290].rsplit(' ', 1)[0]}…”",
        source=card.transcript.editable,
    )


def _neighbours(context: RenderContext, quote: Quote) -> Sequence[Neighbour | None]:
    around = context.quotes_around[quote.id]
    return [Neighbour(each.id, citations.label(context, each)) if each else None for each in around]
