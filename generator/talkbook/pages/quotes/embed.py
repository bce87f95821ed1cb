"""The page of a quote that other sites embed in a frame: it has no theme and no scripts, and loads no other file."""

from functools import partial

from markupsafe import Markup

from talkbook.model import Quote
from talkbook.pages import palette, places
from talkbook.pages.context import RenderContext
from talkbook.pages.quotes import citations

_BESIDE = "embed/index"  # a URI in the same folder, to which links are relative


def html(context: RenderContext, name: str) -> str:
    """Return the page for the quote with this id."""
    return _html(context, context.quote[name], f"quotes/{name}")


def former_quote(context: RenderContext, uri: str, target: str) -> Quote | None:
    """Return the passage that was a quote at `uri`, as a Quote without topics; None if there is none.

    target: the address to which `uri` redirects.
    """
    page, _, anchor = target.partition("#")
    slug = page.removeprefix("transcripts/")
    passages = context.old_addresses.passages.get(slug, ()) if uri.startswith("quotes/") else ()
    passage = next((passage for passage in passages if passage.id == anchor), None)
    if passage is None:
        return None
    turn = context.book.transcript[slug].turn_at(passage.start)
    return Quote(anchor, slug, turn.id, turn.speaker, passage.start, min(passage.end, turn.end), topics=())


def passage(context: RenderContext, quote: Quote) -> str:
    """Return the page for a passage that former_quote() returned; it links to the transcript."""
    return _html(context, quote, f"transcripts/{quote.transcript}", quote.id)


def _html(context: RenderContext, quote: Quote, *target: str) -> str:
    talk = context.book.transcript[quote.transcript]
    link = partial(context.site.addresses.link, _BESIDE)
    return context.render(
        "embed",
        _BESIDE,
        light=Markup(palette.variables(palette.LIGHT)),
        dark=Markup(palette.variables(palette.DARK)),
        quotation=citations.quotation(context, quote),
        speaker=talk.speaker_of(quote),
        address=link(*target),
        place=places.place(talk, quote.start),
        recording=places.moment(context, talk, quote.start, _BESIDE),
        transcript=link(f"transcripts/{quote.transcript}", quote.id),
    )
