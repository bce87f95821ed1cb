"""Web pages that are plain text within `<pre>`, as archives of hearings have them."""

import re

from selectolax.lexbor import LexborHTMLParser

_PRE = re.compile(r"<pre\b[^<>]*>", re.IGNORECASE)
_MOSTLY = 0.9  # share of a page's text


def text(html: str) -> str:
    """Return the text of a page that consists of `<pre>`, on the same lines as in the page; "" for any other text."""
    start = _PRE.search(html) if html.lstrip().startswith("<") else None
    if not start:
        return ""
    tree = LexborHTMLParser(html)
    blocks = [block.text() for block in tree.css("pre")]
    body = tree.body.text() if tree.body else ""
    if sum(map(len, blocks)) < _MOSTLY * len(body.strip()):
        return ""
    dropped = html.startswith("\n", start.end())  # HTML ignores a line end right after the tag
    return "\n" * (html.count("\n", 0, start.end()) + dropped) + "\n\n".join(blocks)
