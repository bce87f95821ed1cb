"""objects.inv: an inventory for Sphinx's intersphinx (version 2), so that other documentation can link by name.

`:term:` finds topics by name, `:ref:` topics and quotes by id, and `:doc:` all pages.
"""

import re
import zlib
from collections.abc import Iterator

from talkbook.pages.context import RenderContext
from talkbook.pages.quotes import citations

_LINE = re.compile(r"(.+?)\s+(\S+)\s+(-?\d+)\s+?(\S*)\s+(.*)")  # the pattern that Sphinx uses


def sphinx(context: RenderContext) -> bytes:
    """Return the inventory. Names that the format can't represent are left out."""
    lines = "".join(line + "\n" for line in dict.fromkeys(_lines(context)))
    head = f"# Sphinx inventory version 2\n# Project: {_one_line(context.site.name)}\n# Version: \n"
    return f"{head}# The remainder of this file is compressed using zlib.\n".encode() + zlib.compress(lines.encode(), 9)


def _lines(context: RenderContext) -> Iterator[str]:
    for topic in sorted(context.book.topics, key=lambda topic: topic.slug):
        uri = f"topics/{topic.slug}"
        address = context.site.addresses.of(uri)
        for name in dict.fromkeys(topic.names):
            yield from _line(name, "std:term", address, topic.title)
        yield from _line(topic.slug, "std:label", address, topic.title)
        yield from _line(uri, "std:doc", address, topic.title)
    for transcript in context.book.transcripts:
        uri = f"transcripts/{transcript.slug}"
        yield from _line(uri, "std:doc", context.site.addresses.of(uri), transcript.title)
    for person in context.book.people:
        uri = f"people/{person.slug}"
        yield from _line(uri, "std:doc", context.site.addresses.of(uri), person.name)
    for quote in context.book.quotes:
        address = context.site.addresses.of(f"quotes/{quote.id}")
        yield from _line(quote.id, "std:label", address, citations.label(context, quote))


def _line(name: str, role: str, address: str, title: str) -> Iterator[str]:
    name = _one_line(name)
    line = f"{name} {role} -1 {address} {_one_line(title) or '-'}"
    match = _LINE.fullmatch(line)
    if match and match[1] == name:
        yield line


def _one_line(words: str) -> str:
    return " ".join(words.split())
