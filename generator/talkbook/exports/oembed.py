"""The answer that an oEmbed consumer finds through a quote page's head, as a file: one JSON a quote."""

import json
from typing import Any

from talkbook import citing
from talkbook.model import Quote
from talkbook.pages import citations, pictures
from talkbook.pages.site import Site
from talkbook.social import card


def path(quote: str) -> str:
    """Where in the site the answer for the quote with this id is."""
    return f"embed/{quote}.json"


def answer(web: Site, name: str) -> str:
    """The answer for the quote with this id: type "rich", with a frame that shows the quote."""
    return json.dumps(_answer(web, web.quote[name]), ensure_ascii=False, indent=1) + "\n"


def _answer(web: Site, quote: Quote) -> dict[str, Any]:
    said = citations.quotation(web, quote)
    answer: dict[str, Any] = {
        "version": "1.0",
        "type": "rich",
        "title": said.label,
        "provider_name": web.name,
        "provider_url": web.url,
        "html": citing.frame(said),
        "width": 600,
        "height": citing.height(said),
    }
    if said.speaker:
        answer |= {"author_name": said.speaker, "author_url": web.absolute(f"people/{quote.speaker}")}
    if pictures.quote_card(web, quote):
        picture = web.url + card.path(f"quotes/{quote.id}")
        answer |= {"thumbnail_url": picture, "thumbnail_width": card.WIDTH, "thumbnail_height": card.HEIGHT}
    return answer
