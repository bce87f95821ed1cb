"""The Markdown of a topic's explanation, which nobody trusts, as HTML that says all of it and is safe."""

from functools import lru_cache
from xml.etree.ElementTree import Element

import markdown
import nh3
from markdown.treeprocessors import Treeprocessor

from talkbook.text import ids

_ALLOWED = set(
    "p br hr strong em code pre ul ol li blockquote h2 h3 h4 table thead tbody tr th td a abbr sup sub".split()
)
_HEADINGS = ("h2", "h3", "h4")
_ATTRIBUTES = {"a": {"href", "title"}, "abbr": {"title"}, "ol": {"start"}, **{tag: {"id"} for tag in _HEADINGS}}
_LEVELS = {"h1": "h2", "h5": "h4", "h6": "h4"}  # the page's title is its only h1


@lru_cache(maxsize=2_000)  # while somebody edits, most bodies stay as they are
def html(body: str, abbreviations: tuple[tuple[str, str], ...]) -> str:
    """The body as HTML. abbreviations: (short form, long form).

    Raw HTML in the body is shown as text; of what Markdown makes only safe tags stay. A picture becomes a link to it,
    and a heading is the place "about-" and its words.
    """
    glossary = {short: " ".join(meaning.split()) for short, meaning in abbreviations}
    converter = markdown.Markdown(
        extensions=["tables", "sane_lists", "abbr", "fenced_code", "toc"],
        extension_configs={"abbr": {"glossary": glossary}, "toc": {"marker": "", "slugify": _place}},
        output_format="html",
    )
    converter.preprocessors.deregister("html_block")
    converter.inlinePatterns.deregister("html")
    converter.treeprocessors.register(_Plain(converter), "plain", 15)  # right after the inline patterns, which have 20
    return nh3.clean(converter.convert(body), tags=_ALLOWED, attributes=_ATTRIBUTES, link_rel=None)


def _place(heading: str, _separator: str) -> str:
    return f"about-{ids.slug(heading)}"  # no other place on the page begins so


class _Plain(Treeprocessor):
    """Says in tags that are allowed what would be lost with others."""

    def run(self, root: Element) -> None:
        """Change the tree in place."""
        linked = {image for link in root.iter("a") for image in link.iter("img")}
        for each in [*root.iter()]:
            each.tag = _LEVELS.get(each.tag, each.tag)
            if each.tag == "img":
                address, words = each.attrib.pop("src"), each.attrib.pop("alt", "")
                each.tag, each.text = ("span" if each in linked else "a"), words or address
                each.set("href", address)
