"""What stands in the site beside a single page: its Markdown, a transcript's source, a quote's frame and its answer."""

from collections.abc import Iterator
from functools import partial

from talkbook.exports import markdown, oembed
from talkbook.model import Transcript
from talkbook.pages import citations, embed
from talkbook.pages.context import Site
from talkbook.pages.routes import Beside


def of(web: Site, uri: str) -> Iterator[Beside]:
    """The files that belong to the page at `uri`, made from the page's own part of the book."""
    yield Beside(markdown.path(uri), partial(markdown.markdown, web, uri))
    kind, _, name = uri.partition("/")
    if kind == "transcripts" and name in web.book.transcript:
        yield Beside(source_file(web.book.transcript[name]), partial(_source, web, name))
    if kind == "quotes":
        yield Beside(citations.embedded(web.quote[name]), partial(embed.html, web, name))
        if web.url:
            yield Beside(oembed.path(name), partial(oembed.answer, web, name))


def source_file(transcript: Transcript) -> str:
    """Path in the site of a transcript's source text, in which start and end count characters."""
    return f"transcripts/{transcript.slug}.source.txt"


def _source(web: Site, slug: str) -> str:
    return web.book.transcript[slug].source
