"""The page of a conversation that is withheld: it keeps its address, and says nothing but that."""

from talkbook.model import Withheld
from talkbook.pages.context import RenderContext
from talkbook.pages.page import Page

_TITLE = "This conversation is withheld"


def page(context: RenderContext, withheld: Withheld) -> Page:
    """The page. Nothing of the conversation is on it but its name in addresses, and search finds nothing of it."""
    uri = f"transcripts/{withheld.slug}"
    html = context.render("withheld", uri, title=_TITLE)
    return Page(uri, _TITLE, html, head='<meta name="robots" content="noindex">')
