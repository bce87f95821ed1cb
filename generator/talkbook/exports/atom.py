"""feed.xml: an Atom feed of conversations and of the topics that they speak of, newest first."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from talkbook.pages.context import Site

PATH = "feed.xml"
_MOST = 50  # entries
_NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the feed. date: of the conversation, or of the newest that the topic quotes."""

    date: datetime.date
    uri: str
    title: str
    summary: str
    authors: tuple[str, ...]


def feed(web: Site) -> str:
    """The feed, conversations first in a day; "" where no date or no site address is known: Atom demands both."""
    entries = sorted(_entries(web), key=lambda entry: entry.date, reverse=True)
    if not entries or not web.url:
        return ""
    parts = [
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">',
        f"  <id>{_text(web.url)}</id>",
        f"  <title>{_text(web.name)}</title>",
        *([f"  <subtitle>{_text(web.description)}</subtitle>"] if web.description else []),
        f"  <updated>{_instant(entries[0].date)}</updated>",
        f"  <author><name>{_text(web.name)}</name></author>",
        f'  <link rel="self" type="application/atom+xml" href={_attribute(web.url + PATH)}/>',
        f'  <link rel="alternate" type="text/html" href={_attribute(web.url)}/>',
        *(_entry(web, entry) for entry in entries[:_MOST]),
        "</feed>\n",
    ]
    return "\n".join(parts)


def _entries(web: Site) -> Iterator[Entry]:
    for each in web.book.transcripts:
        if each.date:
            authors = tuple(speaker.name for speaker in each.speakers)
            yield Entry(each.date, f"transcripts/{each.slug}", each.title, each.description, authors)
    for topic in web.book.topics:
        quoted = (web.book.transcript[quote.transcript].date for quote in web.book.quotes_of.get(topic.slug, ()))
        if date := max(filter(None, quoted), default=None):
            yield Entry(date, f"topics/{topic.slug}", topic.title, topic.summary, ())


def _entry(web: Site, entry: Entry) -> str:
    address = web.absolute(entry.uri)
    lines = [
        "  <entry>",
        f"    <id>{_text(address)}</id>",
        f"    <title>{_text(entry.title)}</title>",
        f"    <updated>{_instant(entry.date)}</updated>",
        *(f"    <author><name>{_text(name)}</name></author>" for name in entry.authors),
        f'    <link rel="alternate" type="text/html" href={_attribute(address)}/>',
        f"    <summary>{_text(entry.summary or entry.title)}</summary>",
        "  </entry>",
    ]
    return "\n".join(lines)


def _instant(date: datetime.date) -> str:
    return f"{date.isoformat()}T00:00:00Z"


def _text(words: str) -> str:
    return escape(_NOT_IN_XML.sub("", words))


def _attribute(words: str) -> str:
    return quoteattr(words)
