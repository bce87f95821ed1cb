"""The Markdown of a topic's explanation, which is untrusted, as safe HTML that loses none of its text."""

import re
from functools import lru_cache
from html import escape, unescape
from xml.etree.ElementTree import Element

import markdown
import nh3
from markdown.inlinepatterns import LinkInlineProcessor
from markdown.treeprocessors import Treeprocessor

from talkbook.text import ids

_ALLOWED = set(
    "p br hr strong em code pre ul ol li blockquote h2 h3 h4 table thead tbody tr th td a abbr sup sub".split()
)
_HEADINGS = ("h2", "h3", "h4")
_ATTRIBUTES = {"a": {"href", "title"}, "abbr": {"title"}, "ol": {"start"}, **{tag: {"id"} for tag in _HEADINGS}}
_BRACKET = re.compile(r"[\[\]]")
_DEEPEST = 8  # nested brackets in the words of a link
_LONGEST = 1_000  # characters of the address and the title of a link
# Tags, and the addresses of links and of definitions, which begin a line; but not within code or autolinks.
_UNSAFE = re.compile(
    r"(?P<keep>```.*?```|`[^`\n]*`|<https?://[^\s<>]*>)"
    r"|(?P<before>(?:\]\(|^[ \t>*+.)\d-]*\[(?:[^\[\]\\]|\\.)*\]:)[\s>]*)"
    r"(?P<address><(?!https?://)|(?:[^\s()<>]|\([^\s()<>]*\))+)"
    r"|<(?=[A-Za-z/!?])",
    re.DOTALL | re.MULTILINE,
)
_SCHEME = re.compile(r"([^/?#:]*):")
_IGNORED = re.compile(r"[\x00-\x20\\]")  # by browsers or Markdown, within an address
_LEVELS = {"h1": "h2", "h5": "h4", "h6": "h4"}  # the page's title is its only h1


@lru_cache(maxsize=2_000)  # most bodies are the same after an edit
def html(body: str, abbreviations: tuple[tuple[str, str], ...]) -> str:
    """Return the body as HTML. abbreviations: (short form, long form).

    Raw HTML is shown as text, and only safe tags are made. A picture becomes a link to it, and a heading gets the id
    "about-" with its slug. If Markdown is nested too deeply, the body is shown as it is written.
    """
    glossary = {short: " ".join(meaning.split()) for short, meaning in abbreviations}
    converter = markdown.Markdown(
        extensions=["tables", "sane_lists", "abbr", "fenced_code", "toc"],
        extension_configs={"abbr": {"glossary": glossary}, "toc": {"marker": "", "slugify": _heading_id}},
        output_format="html",
    )
    converter.preprocessors.deregister("html_block")
    converter.inlinePatterns.deregister("html")
    for pattern in converter.inlinePatterns:
        if isinstance(pattern, LinkInlineProcessor):
            _limit_search(pattern)
    converter.treeprocessors.register(_Plain(converter), "plain", 15)  # after the inline patterns, which have 20
    try:
        made = converter.convert(body)
    except RecursionError:
        made = "".join(f"<p>{escape(part)}</p>" for part in body.split("\n\n"))
    return nh3.clean(made, tags=_ALLOWED, attributes=_ATTRIBUTES, link_rel=None)


def safe(body: str) -> str:
    """Return the body as Markdown in which tags are text, and without the addresses that html() removes."""
    return _UNSAFE.sub(_made_safe, body)


def _made_safe(match: re.Match[str]) -> str:
    keep, address = match["keep"], match["address"] or "<"
    before = (match["before"] or "").replace("<", "&lt;")
    if keep or address == "<":
        return keep or f"{before}&lt;"
    scheme = _SCHEME.match(_IGNORED.sub("", unescape(address)))
    return before + ("#" if scheme and scheme[1].lower() not in nh3.ALLOWED_URL_SCHEMES else address)


def _limit_search(pattern: LinkInlineProcessor) -> None:
    """Limit the search for the end of a link, which starts at every bracket, to the length that a link may have."""
    find_text, find_link = pattern.getText, pattern.getLink

    def text(data: str, index: int) -> tuple[str, int, bool]:
        found, end, handled = find_text(data[index : _end(data, index)], 0)
        return found, index + end, handled

    def link(data: str, index: int) -> tuple[str, str | None, int, bool]:
        href, title, end, handled = find_link(data[index : index + _LONGEST], 0)
        return href, title, index + end, handled

    pattern.getText, pattern.getLink = text, link  # type: ignore[method-assign]


def _end(data: str, index: int) -> int:
    """Return where the words of a link that begin at `index` end, or where it is clear that there is no link."""
    depth = 1
    for mark in _BRACKET.finditer(data, index):
        depth += 1 if mark[0] == "[" else -1
        if not 0 < depth <= _DEEPEST:
            return mark.end()
    return len(data)


def _heading_id(heading: str, _separator: str) -> str:
    return f"about-{ids.slug(heading)}"  # no other id on the page begins with this


class _Plain(Treeprocessor):
    """Replaces tags that aren't allowed where something would be lost with them."""

    def run(self, root: Element) -> None:
        """Change the tree in place."""
        linked = {image for link in root.iter("a") for image in link.iter("img")}
        for each in [*root.iter()]:
            each.tag = _LEVELS.get(each.tag, each.tag)
            if each.tag == "img":
                address, words = each.attrib.pop("src"), each.attrib.pop("alt", "")
                each.tag, each.text = ("span" if each in linked else "a"), words or address
                each.set("href", address)
