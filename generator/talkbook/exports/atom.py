"""feed.xml: an Atom feed of conversations and the topics that they are about, newest first."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from talkbook.pages.context import RenderContext

PATH = "feed.xml"
_MOST = 50  # entries
_NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class AtomEntry:
    """An entry of the feed. date: of the conversation, or of the newest one from which the topic has quotes."""

    date: datetime.date
    uri: str
    title: str
    summary: str
    authors: tuple[str, ...]


def feed(context: RenderContext) -> str:
    """Return the feed; "" if the site's address or all dates are unknown, as Atom requires both.

    On the same day, conversations come before topics.
    """
    entries = sorted(_entries(context), key=lambda entry: entry.date, reverse=True)
    if not entries or not context.site.url:
        return ""
    parts = [
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">',
        f"  <id>{_text(context.site.url)}</id>",
        f"  <title>{_text(context.site.name)}</title>",
        *([f"  <subtitle>{_text(context.site.description)}</subtitle>"] if context.site.description else []),
        f"  <updated>{_instant(entries[0].date)}</updated>",
        f"  <author><name>{_text(context.site.name)}</name></author>",
        f'  <link rel="self" type="application/atom+xml" href={quoteattr(context.site.url + PATH)}/>',
        f'  <link rel="alternate" type="text/html" href={quoteattr(context.site.url)}/>',
        *(_entry(context, entry) for entry in entries[:_MOST]),
        "</feed>\n",
    ]
    return "\n".join(parts)


def _entries(context: RenderContext) -> Iterator[AtomEntry]:
    for talk in context.book.transcripts:
        if talk.date:
            authors = tuple(speaker.name for speaker in talk.speakers)
            yield AtomEntry(talk.date, f"transcripts/{talk.slug}", talk.title, talk.description, authors)
    for topic in context.book.topics:
        dates = (context.book.transcript[quote.transcript].date for quote in context.book.quotes_of[topic.slug])
        if date := max(filter(None, dates), default=None):
            yield AtomEntry(date, f"topics/{topic.slug}", topic.title, topic.summary, ())


def _entry(context: RenderContext, entry: AtomEntry) -> str:
    address = context.site.absolute(entry.uri)
    lines = [
        "  <entry>",
        f"    <id>{_text(address)}</id>",
        f"    <title>{_text(entry.title)}</title>",
        f"    <updated>{_instant(entry.date)}</updated>",
        *(f"    <author><name>{_text(name)}</name></author>" for name in entry.authors),
        f'    <link rel="alternate" type="text/html" href={quoteattr(address)}/>',
        f"    <summary>{_text(entry.summary or entry.title)}</summary>",
        "  </entry>",
    ]
    return "\n".join(lines)


def _instant(date: datetime.date) -> str:
    return f"{date.isoformat()}T00:00:00Z"


def _text(words: str) -> str:
    return escape(_NOT_IN_XML.sub("", words))
