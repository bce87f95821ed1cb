"""talkbook link: the best link for a term or a sentence, in the markup of whatever it is pasted into."""

import json
import re
from html import unescape
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urljoin, urlsplit
from urllib.request import Request, urlopen

import click

from talkbook.book import citation
from talkbook.book.citation import Article
from talkbook.cli import lookup

_MARKUPS = [each.name for each in citation.article(Article("", "", "", ""))]
_TIMEOUT = 20  # seconds
_LARGEST = 100_000_000  # bytes
_CANONICAL = re.compile(r'<link rel="canonical" href="([^"]+)"')


@click.command()
@click.argument("query")
@click.option(
    "--site",
    default="site",
    envvar="TALKBOOK_SITE",
    show_default=True,
    show_envvar=True,
    help="The folder or the address of a built site.",
)
@click.option(
    "--as", "form", type=click.Choice(_MARKUPS), default="markdown", show_default=True, help="The markup to write."
)
def link(query: str, site: str, form: str) -> None:
    """Print the best link for QUERY, a topic's name or a sentence that somebody said."""
    online = site.startswith(("http://", "https://"))
    read = _fetched if online else _opened
    base = f"{site.rstrip('/')}/"
    topics, quotes = _json(read(base, "topics.json"), base, "topics"), _json(read(base, "quotes.json"), base, "quotes")
    try:
        hit = lookup.best(query, topics, quotes)
    except lookup.NothingFound as nothing:
        raise click.ClickException(nothing.message) from None
    except (KeyError, TypeError, AttributeError):
        raise click.ClickException(f"{base}topics.json and quotes.json are not as Talkbook writes them.") from None
    root = base if online else _published(Path(site))
    article = Article(
        hit.id, hit.title, urljoin(root, hit.url) if root else hit.url, urlsplit(root).netloc or "Talkbook"
    )
    click.echo(next(each.text for each in citation.article(article) if each.name == form))


def _opened(base: str, name: str) -> str:
    path = Path(base) / name
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        hint = "Build the site first, or name the folder or the address of one with --site."
        raise click.ClickException(f"{path} can't be read. {hint}") from None


def _fetched(base: str, name: str) -> str:
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
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, list):
        raise click.ClickException(f"{base}{name}.json is not as Talkbook writes it. Is it a site made by Talkbook?")
    return found


def _published(folder: Path) -> str:
    """The address at which a built folder says that it is published, "" if it does not say."""
    path = folder / "index.html"
    match = _CANONICAL.search(path.read_text("utf-8", "replace")) if path.is_file() else None
    return unescape(match[1]) if match else ""
