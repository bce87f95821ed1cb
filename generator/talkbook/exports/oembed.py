"""The answers that an oEmbed consumer finds through a quote page's head, as files: one JSON a quote."""

import json
from collections.abc import Mapping
from typing import Any

from talkbook import citing
from talkbook.model import Quote
from talkbook.pages import citations, pictures
from talkbook.pages.site import Site
from talkbook.social import card


def path(quote: str) -> str:
    """Where in the site the answer for the quote with this id is."""
    return f"embed/{quote}.json"


def files(web: Site) -> Mapping[str, str]:
    """Each answer by its path: type "rich", with a frame that shows the quote."""
    answers = {path(quote.id): _answer(web, quote) for quote in web.book.quotes}
    return {path: json.dumps(answer, ensure_ascii=False, indent=1) + "\n" for path, answer in answers.items()}


def _answer(web: Site, quote: Quote) -> dict[str, Any]:
    said = citations.said(web, quote)
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
