"""The page of a quote that other sites show in a frame: no theme, no script, nothing from elsewhere."""

from talkbook.pages import citations
from talkbook.pages.context import Site


def html(web: Site, name: str) -> str:
    """The page for the quote with this id."""
    quote = web.quote[name]
    return web.template("embed").render(
        site=web,
        said=citations.quotation(web, quote),
        speaker=web.book.transcript[quote.transcript].speaker(quote.speaker),
        address=f"../{web.addresses.of(f'quotes/{quote.id}')}",
        transcript=f"../{web.addresses.of(f'transcripts/{quote.transcript}', quote.id)}",
    )
