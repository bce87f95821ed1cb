"""Parse untrusted XML: no entities, no external files, no deep nesting."""

import re
from collections.abc import Iterator
from functools import lru_cache
from xml.etree.ElementTree import Element
from xml.etree.ElementTree import ParseError as XmlSyntaxError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring as parse

from talkbook.problems import ParseError, Problem

_ROOT = re.compile(
    r"""
    \s* (?: <\?[^>]{0,500}> \s* | <!--(?:(?!-->).){0,5000}--> \s*           # declarations and comments, a few
       | <!DOCTYPE[^>\[]{0,1000}(?:\[[^\]]{0,100000}\]\s*)?> \s* ){0,20}
    <(?:[\w.-]{1,40}:)?([\w.-]{1,40})
    """,
    re.DOTALL | re.VERBOSE,
)
_DEEPEST = 150


def root(text: str) -> str:
    """Return the name of the root element without its prefix; "" if the text is not XML."""
    match = _ROOT.match(text) if text.lstrip()[:1] == "<" else None
    return match[1] if match else ""


@lru_cache(maxsize=1)
def _parsed(text: str) -> Element:
    return parse(text.lstrip())


def load(text: str, path: str) -> Element:
    """Return the root element. Raises ParseError if the XML is broken, defines entities or is nested too deeply."""
    line, message, hint = 1, "This is not valid XML.", "Export the transcript again."
    try:
        tree = _parsed(text)
        if _depth(tree) <= _DEEPEST:
            return tree
        message = "This XML is nested too deeply."
    except DefusedXmlException:
        message = "This XML defines entities or refers to other files, which isn't allowed."
        hint = "Remove its <!DOCTYPE …>, or export the transcript again."
    except XmlSyntaxError as error:
        line, message = error.position[0], f"This is not valid XML: {str(error).split(':')[0]}."
        hint = "The file may have been cut off; export it again."
    except (ValueError, LookupError):
        pass
    raise ParseError(Problem(path, line, message, hint))


def _depth(tree: Element) -> int:
    deepest, level = 0, [tree]
    while level:
        deepest += 1
        level = [child for parent in level for child in parent] if deepest <= _DEEPEST else []
    return deepest


def name(element: Element) -> str:
    """Return the element's name without its namespace; "" for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: Element, key: str) -> str:
    """Return the attribute with this local name, in any namespace; "" if there is none."""
    return next((value for full, value in element.attrib.items() if full.rpartition("}")[2] == key), "")


def within(element: Element, *names: str) -> Iterator[Element]:
    """Iterate over all descendants (and the element itself) with one of the names, in document order."""
    return (inner for inner in element.iter() if name(inner) in names)


def words(element: Element) -> str:
    """Return all text in the element on one line."""
    return " ".join("".join(element.itertext()).split())
