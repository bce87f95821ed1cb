"""What stands beside a single page in the site: its Markdown, a topic's passages, a source, the frame of a quote."""

from collections.abc import Iterator
from functools import partial

from talkbook.exports import json_data, markdown, oembed
from talkbook.model import Transcript
from talkbook.pages.context import RenderContext
from talkbook.pages.quotes import citations, embed
from talkbook.pages.routes import SiteFile


def page_files(context: RenderContext, uri: str) -> Iterator[SiteFile]:
    """The files that belong to the page at `uri`, made from the page's own part of the book."""
    yield SiteFile(markdown.path(uri), partial(markdown.markdown, context, uri))
    kind, _, name = uri.partition("/")
    if kind == "topics" and name in context.book.topic:
        yield SiteFile(f"topics/{name}/passages.json", partial(json_data.passages, context.book, name))
    if kind == "transcripts" and name in context.book.transcript:
        yield SiteFile(source_file(context.book.transcript[name]), partial(_source, context, name))
    if kind == "quotes":
        yield SiteFile(citations.embedded(context.quote[name]), partial(embed.html, context, name))
        if context.url:
            yield SiteFile(oembed.path(name), partial(oembed.answer, context, name))


def source_file(transcript: Transcript) -> str:
    """Path in the site of a transcript's source text, in which start and end count characters."""
    return f"transcripts/{transcript.slug}.source.txt"


def _source(context: RenderContext, slug: str) -> str:
    return context.book.transcript[slug].source
