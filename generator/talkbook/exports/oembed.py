"""oEmbed responses as static files, one JSON per quote, which consumers discover through the quote page's head."""

import json
from typing import Any

from talkbook.book import citation
from talkbook.model import Quote
from talkbook.pages import social_cards
from talkbook.pages.context import RenderContext
from talkbook.pages.quotes import citations
from talkbook.pages.social import social_card


def path(quote: str) -> str:
    """Return the path in the site of the response for the quote with this id."""
    return f"embed/{quote}.json"


def answer(context: RenderContext, name: str) -> str:
    """Return the response for the quote with this id: type "rich", with a frame that shows the quote."""
    return json.dumps(_answer(context, context.quote[name]), ensure_ascii=False, indent=1) + "\n"


def _answer(context: RenderContext, quote: Quote) -> dict[str, Any]:
    quotation = citations.quotation(context, quote)
    answer: dict[str, Any] = {
        "version": "1.0",
        "type": "rich",
        "title": quotation.label,
        "provider_name": context.site.name,
        "provider_url": context.site.url,
        "html": citation.frame(quotation),
        "width": 600,
        "height": citation.height(quotation),
    }
    if quotation.speaker and not quotation.drafted:
        answer |= {"author_name": quotation.by, "author_url": context.site.absolute(f"people/{quote.speaker}")}
    if social_cards.of_quote(context, quote):
        picture = context.site.url + social_card.path(f"quotes/{quote.id}")
        answer |= {
            "thumbnail_url": picture,
            "thumbnail_width": social_card.WIDTH,
            "thumbnail_height": social_card.HEIGHT,
        }
    return answer
