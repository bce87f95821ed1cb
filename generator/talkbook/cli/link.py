"""talkbook link: print the best link for a term or a sentence, in the markup of the place where it will be pasted."""

import datetime
import json
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import click
from selectolax.lexbor import LexborHTMLParser

from talkbook.book import citation
from talkbook.book.cited import Article
from talkbook.cli import lookup
from talkbook.text.rich_text import Day, Rendered

_MARKUPS = [form.name for form in citation.article(Article("", "", "", ""))]
_TIMEOUT = 20  # seconds
_LARGEST = 100_000_000  # bytes


@click.command()
@click.argument("query")
@click.option(
    "--site",
    default="site",
    envvar="TALKBOOK_SITE",
    show_default=True,
    show_envvar=True,
    help="The folder or address of a built site.",
)
@click.option(
    "--as", "form", type=click.Choice(_MARKUPS), default="markdown", show_default=True, help="The format to write."
)
def link(query: str, site: str, form: str) -> None:
    """Print a link to a topic or a quote.

    QUERY is a name of the topic, or a sentence of the quote. The output is what "Cite" on the page offers.
    """
    read = _over_network if site.startswith(("http://", "https://")) else _from_folder
    base = f"{site.rstrip('/')}/"
    topics, quotes = _json(read(base, "topics.json"), base, "topics"), _json(read(base, "quotes.json"), base, "quotes")
    try:
        address = str(lookup.best(query, topics, quotes)["url"])
    except lookup.NothingFound as nothing:
        raise click.ClickException(str(nothing)) from None
    except (KeyError, TypeError, AttributeError):
        message = f"{base}topics.json and quotes.json aren't in Talkbook's form."
        raise click.ClickException(f"{message} Build the site again.") from None
    page = f"{address}index.html" if address.endswith("/") and read is _from_folder else address
    text = _citation(read(base, page), form)
    if text is None:
        message = f'{base}{address} offers no citation as "{form}".'
        raise click.ClickException(f"{message} Build the site again, with site_url in its mkdocs.yml.")
    click.echo(text.with_day(datetime.date.today()))


def _citation(page: str, form: str) -> Rendered | None:
    """Return the citation that the page's "Cite" menu offers in this form, or None."""
    field = LexborHTMLParser(page).css_first(f'.tb-cite-list textarea[data-format="{form}"]')
    if field is None:
        return None
    text = field.text()
    days = json.loads(field.attributes.get("data-day") or "[]")
    return Rendered(text, tuple(Day(_offset(text, start), _offset(text, end), words) for start, end, words in days))


def _offset(text: str, at: int) -> int:
    """Return the offset in characters for an offset in UTF-16 code units, in which JavaScript counts."""
    return len(text.encode("utf-16-le")[: 2 * at].decode("utf-16-le"))


def _from_folder(base: str, name: str) -> str:
    path = Path(base) / name
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        hint = "Build the site first, or give the folder or address of one with --site."
        raise click.ClickException(f"{path} can't be read. {hint}") from None


def _over_network(base: str, name: str) -> str:
    address = f"{base}{name}"
    try:
        with urlopen(Request(address, headers={"User-Agent": "talkbook"}), timeout=_TIMEOUT) as answer:
            data: bytes = answer.read(_LARGEST)
            return data.decode("utf-8")
    except HTTPError as error:
        reason = f"the server says {error.code} {error.reason}"
    except (URLError, HTTPException, OSError, ValueError) as error:
        reason = str(getattr(error, "reason", "")) or str(error) or type(error).__name__
    raise click.ClickException(f"{address} can't be read: {reason}. Is {base} a site made by Talkbook?") from None


def _json(text: str, base: str, name: str) -> list[dict[str, Any]]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, list):
        raise click.ClickException(f"{base}{name}.json isn't in Talkbook's form. Is the site made by Talkbook?")
    return value
