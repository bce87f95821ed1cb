"""What stands in the site beside a single page: its Markdown, a transcript's source, a quote's frame and its answer."""

from collections.abc import Iterator
from functools import partial

from talkbook.exports import markdown, oembed
from talkbook.model import Transcript
from talkbook.pages import citations, embed
from talkbook.pages.context import RenderContext
from talkbook.pages.routes import SiteFile


def page_files(context: RenderContext, uri: str) -> Iterator[SiteFile]:
    """The files that belong to the page at `uri`, made from the page's own part of the book."""
    yield SiteFile(markdown.path(uri), partial(markdown.markdown, context, uri))
    kind, _, name = uri.partition("/")
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
