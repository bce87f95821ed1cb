"""The page of a quote that other sites show in a frame: no theme, no script, nothing from elsewhere."""

from collections.abc import Mapping

from markupsafe import Markup

from talkbook.model import Quote
from talkbook.pages import palette, places
from talkbook.pages.context import RenderContext
from talkbook.pages.quotes import citations

_QUOTES = "quotes/"


def html(context: RenderContext, name: str) -> str:
    """The page for the quote with this id."""
    quote = context.quote[name]
    return _html(context, quote, context.site.addresses.of(f"quotes/{quote.id}"))


def moved(context: RenderContext) -> Mapping[str, Quote]:
    """Quotes that are none any more, by the uri of the page that each had: what stands now in its place."""
    quotes: dict[str, Quote] = {}
    for uri, target in context.old_addresses.pages.items():
        page, _, anchor = target.partition("#")
        passages = context.old_addresses.passages.get(page.removeprefix("transcripts/"), ())
        passage = next((each for each in passages if each.id == anchor), None)
        if uri.startswith(_QUOTES) and passage:
            talk = context.book.transcript[page.removeprefix("transcripts/")]
            turn = talk.turn_at(passage.start)
            end = min(passage.end, turn.end)
            quotes[uri] = Quote(anchor, talk.slug, turn.id, turn.speaker, passage.start, end, topics=())
    return quotes


def passage(context: RenderContext, quote: Quote) -> str:
    """The page for one of moved(), which leads to the transcript."""
    return _html(context, quote, context.site.addresses.of(f"transcripts/{quote.transcript}", quote.id))


def _html(context: RenderContext, quote: Quote, address: str) -> str:
    talk = context.book.transcript[quote.transcript]
    uri = f"embed/{quote.id}"
    return context.render(
        "embed",
        uri,
        light=Markup(palette.variables(palette.LIGHT)),
        dark=Markup(palette.variables(palette.DARK)),
        quotation=citations.quotation(context, quote),
        speaker=talk.speaker_of(quote),
        address=f"../{address}",
        place=places.place(talk, quote.start),
        recording=places.moment(context, talk, quote.start, f"{uri}.html"),
        transcript=f"../{context.site.addresses.of(f'transcripts/{quote.transcript}', quote.id)}",
    )
