"""annotations.json: the quotes as W3C Web Annotations on the source texts, which are published beside transcripts."""

import json
from typing import Any

from talkbook.model import Quote
from talkbook.pages.context import RenderContext
from talkbook.pages.quotes import citations

PATH = "annotations.json"
_AROUND = 48  # characters given before and after, enough to tell equal passages apart


def collection(context: RenderContext) -> str:
    """An AnnotationCollection with all its annotations in one page.

    Positions count the code points of the source text, half-open; both selectors of an
    annotation choose the same passage.
    """
    address = context.site.url + PATH
    value = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": address,
        "type": "AnnotationCollection",
        "label": f"Quotes of {context.site.name}",
        "total": len(context.book.quotes),
        "first": {
            "id": f"{address}#first",
            "type": "AnnotationPage",
            "startIndex": 0,
            "items": [_annotation(context, quote) for quote in context.book.quotes],
        },
    }
    return json.dumps(value, ensure_ascii=False) + "\n"


def source_file(slug: str) -> str:
    """Path in the site of a transcript's source text, in which start and end count characters."""
    return f"transcripts/{slug}.source.txt"


def source_text(context: RenderContext, slug: str) -> str:
    """The source of the transcript with this slug."""
    return context.book.transcript[slug].source


def _annotation(context: RenderContext, quote: Quote) -> dict[str, Any]:
    source = source_text(context, quote.transcript)
    bodies = [
        {"type": "SpecificResource", "source": context.site.absolute(f"topics/{slug}"), "purpose": "classifying"}
        for slug in quote.topics
    ]
    return {
        "id": context.site.absolute(f"quotes/{quote.id}", "annotation"),
        "type": "Annotation",
        "motivation": "classifying",
        "body": [
            *bodies,
            {
                "type": "TextualBody",
                "value": citations.label(context, quote),
                "format": "text/plain",
                "purpose": "describing",
            },
        ],
        "target": {
            "type": "SpecificResource",
            "source": context.site.url + source_file(quote.transcript),
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": source[quote.start : quote.end],
                    "prefix": source[max(0, quote.start - _AROUND) : quote.start],
                    "suffix": source[quote.end : quote.end + _AROUND],
                },
                {"type": "TextPositionSelector", "start": quote.start, "end": quote.end},
            ],
        },
    }
