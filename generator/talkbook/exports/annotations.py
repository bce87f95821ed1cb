"""annotations.json: the quotes as W3C Web Annotations on the source texts, which are published too."""

import json
from typing import Any

from talkbook.model import Quote
from talkbook.pages.context import RenderContext
from talkbook.pages.quotes import citations

PATH = "annotations.json"
_AROUND = 48  # characters of context before and after, enough to distinguish equal passages


def collection(context: RenderContext) -> str:
    """Return an AnnotationCollection with all annotations on one page.

    Positions are half-open, in code points of the source text; both selectors of an annotation select the same passage.
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
    """Return the path of a transcript's source text in the site."""
    return f"transcripts/{slug}.source.txt"


def source_text(context: RenderContext, slug: str) -> str:
    """Return the source of the transcript with this slug."""
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
