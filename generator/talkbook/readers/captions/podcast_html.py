"""Podcasting 2.0 HTML: names in `<cite>`, times in `<time>`, and paragraphs."""

import re
from collections.abc import Iterator
from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from talkbook.readers.speech import cues
from talkbook.readers.speech.cue import Cue
from talkbook.readers.speech.speech import Speech
from talkbook.readers.speech.times import clock

_HTML = re.compile(
    r"\s*(?:<\?xml\b[^<>]*>\s*)?<(?:!DOCTYPE\s+html|html|head|body|div|section|article|main|cite|time|p|h[1-6]|!--)\b",
    re.IGNORECASE,
)
_HIDDEN = "head, script, style, nav, noscript, template, iframe, svg"
_TITLES = ("h1", "h2", "h3", "h4", "h5", "h6")
_INLINE = frozenset(
    "a abbr b bdi bdo cite code em font i kbd mark q s samp small span strong sub sup time tt u var".split()
)
_DEEP = 60


def fits(text: str) -> bool:
    """Return whether the text starts like HTML."""
    return _HTML.match(text) is not None


def read(text: str, path: str) -> Speech:
    """Return the speech in the paragraphs; the source is the joined speech."""
    tree = LexborHTMLParser(text)
    for hidden in tree.css(_HIDDEN):
        hidden.decompose()
    speech = cues.speech(_cues(tree), path)
    tops = [" ".join(node.text().split()) for node in tree.css("h1")]
    headings = (replace(each, whole=each.start == 0 and tops == [each.title]) for each in speech.headings)
    return replace(speech, headings=tuple(headings))


def _cues(tree: LexborHTMLParser) -> Iterator[Cue]:
    speaker: str | None = None
    start: float | None = None
    title, speech, block = "", "", -1
    for node in tree.root.traverse(include_text=True) if tree.root else ():
        words = node.text(deep=False) if node.tag == "-text" else "\n" if node.tag == "br" else ""
        if not words:
            continue
        kind, inside = _place(node)
        title_or_name = bool(kind) and bool(words.strip())
        if inside != block or title_or_name:
            if speech.strip():
                yield Cue(speech, start, None, speaker, fresh=True, title=title)
                start, title = None, ""
            speech = ""
        block = inside
        if kind == "cite":
            speaker = words.strip().rstrip(": ") or speaker
        elif kind == "time" and words.strip():
            start = clock(words.strip(" []()\n"))
        elif kind and words.strip():
            title = f"{title} {words}".strip()
        else:
            speech += words
    if speech.strip() or title:
        yield Cue(speech, start, None, speaker, fresh=True, title=title)


def _place(node: LexborNode) -> tuple[str, int]:
    """Return what a text node is ("cite", "time", "h1" …, or "" for speech), and the id of its paragraph."""
    at = node.parent
    kind = ""
    for _ in range(_DEEP):
        if at is None or at.tag is None:
            return kind, 0
        if not kind and (at.tag in ("cite", "time") or at.tag in _TITLES):
            kind = at.tag
        if at.tag not in _INLINE:
            return kind, at.mem_id
        at = at.parent
    return kind, 0
