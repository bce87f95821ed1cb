"""The page of a quote that other sites show in a frame: no theme, no script, nothing from elsewhere."""

from functools import partial

from markupsafe import Markup

from talkbook.model import Quote
from talkbook.pages import palette, places
from talkbook.pages.context import RenderContext
from talkbook.pages.quotes import citations

_BESIDE = "embed/index"  # uri of a page in the folder of them all, which links are relative to


def html(context: RenderContext, name: str) -> str:
    """The page for the quote with this id."""
    return _html(context, context.quote[name], f"quotes/{name}")


def moved(context: RenderContext, uri: str, target: str) -> Quote | None:
    """What stands in the place of a quote that is none any more; None where `uri` was the page of no such quote.

    target: the address that its page leads on to.
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
    """The page for what moved() gives, which leads to the transcript."""
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
