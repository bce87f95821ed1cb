"""The page of a quote that other sites show in a frame: no theme, no script, nothing from elsewhere."""

from markupsafe import Markup

from talkbook.pages import citations, palette
from talkbook.pages.context import RenderContext


def html(context: RenderContext, name: str) -> str:
    """The page for the quote with this id."""
    quote = context.quote[name]
    return context.template("embed").render(
        site=context,
        light=Markup(palette.variables(palette.LIGHT)),
        dark=Markup(palette.variables(palette.DARK)),
        said=citations.quotation(context, quote),
        speaker=context.book.transcript[quote.transcript].speaker(quote.speaker),
        address=f"../{context.addresses.of(f'quotes/{quote.id}')}",
        transcript=f"../{context.addresses.of(f'transcripts/{quote.transcript}', quote.id)}",
    )
