"""Web pages that are nothing but plain text within `<pre>`, as archives of hearings have them."""

import re

from selectolax.lexbor import LexborHTMLParser

_PRE = re.compile(r"<pre\b[^<>]*>", re.IGNORECASE)


def text(html: str) -> str:
    """Return the text of a page that is one `<pre>`, on the same lines as in the page; "" for any other text."""
    start = _PRE.search(html) if html.lstrip().startswith("<") else None
    if not start:
        return ""
    tree = LexborHTMLParser(html)
    blocks = tree.css("pre")
    if len(blocks) != 1 or not tree.body or tree.body.text().strip() != blocks[0].text().strip():
        return ""
    dropped = html.startswith("\n", start.end())  # HTML ignores a line end right after the tag
    return "\n" * (html.count("\n", 0, start.end()) + dropped) + blocks[0].text()
