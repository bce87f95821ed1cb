"""The page of a quote that other sites show in a frame: no theme, no script, nothing from elsewhere."""

from collections.abc import Iterator

from talkbook.pages import citations
from talkbook.pages.site import Site


def files(web: Site) -> Iterator[tuple[str, str]]:
    """(path in the site, HTML) for each quote."""
    template = web.environment.get_template("embed.html")
    for quote in web.book.quotes:
        transcript = web.book.transcript[quote.transcript]
        path = citations.embedded(quote)
        yield (
            path,
            template.render(
                site=web,
                said=citations.said(web, quote),
                speaker=transcript.speaker(quote.speaker),
                address=f"../{web.addresses.of(f'quotes/{quote.id}')}",
                transcript=f"../{web.addresses.of(f'transcripts/{quote.transcript}', quote.id)}",
            ),
        )
