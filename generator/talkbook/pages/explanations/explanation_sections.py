"""The chapters of an explanation, for the page's contents list and for search."""

import re
from dataclasses import dataclass
from html import unescape

FIRST = "explanation"  # the anchor of the text before the first heading

_HEADING = re.compile(r'<h2 id="([^"]*)">(.*?)</h2>', re.DOTALL)
_END = re.compile(r"</(?:p|li|tr|h3|h4|pre)>")
_GAP = re.compile(r"</t[dh]>|<br>|\s+")
_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading and the text below it. title: "" before the first heading. text: plain, one line per paragraph."""

    anchor: str
    title: str
    text: str


def split(html: str) -> tuple[Chapter, ...]:
    """Return the chapters of an explanation's HTML, in order. There is one without a heading only if it has text."""
    before, *rest = _HEADING.split(html)
    titled = zip(rest[::3], rest[1::3], rest[2::3], strict=True)
    chapters = [Chapter(anchor, _plain(title), _plain(text)) for anchor, title, text in titled]
    first = Chapter(FIRST, "", _plain(before))
    return tuple(chapter for chapter in (first, *chapters) if chapter.title or chapter.text)


def _plain(html: str) -> str:
    lines = _END.sub("\n", _GAP.sub(" ", html)).split("\n")
    texts = (" ".join(unescape(_TAG.sub("", line)).split()) for line in lines)
    return "\n".join(filter(None, texts))
