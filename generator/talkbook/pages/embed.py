"""The page of a quote that other sites show in a frame: no theme, no script, nothing from elsewhere."""

from markupsafe import Markup

from talkbook.pages import citations, palette, places
from talkbook.pages.context import RenderContext


def html(context: RenderContext, name: str) -> str:
    """The page for the quote with this id."""
    quote = context.quote[name]
    talk = context.book.transcript[quote.transcript]
    return context.template("embed").render(
        site=context,
        light=Markup(palette.variables(palette.LIGHT)),
        dark=Markup(palette.variables(palette.DARK)),
        said=citations.quotation(context, quote),
        speaker=talk.speaker(quote.speaker),
        address=f"../{context.addresses.of(f'quotes/{quote.id}')}",
        place=places.place(talk, quote.start),
        recording=places.moment(context, talk, quote.start, f"embed/{name}.html"),
        transcript=f"../{context.addresses.of(f'transcripts/{quote.transcript}', quote.id)}",
    )
