"""HTML as a browser reads it: parsed by the rules of the standard, with a few queries."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib


def parse(html: str) -> Element:
    """Parse a document."""
    tree: Element = html5lib.parse(html, namespaceHTMLElements=False)
    return tree


def body(html: str) -> Element:
    """Parse a fragment; its nodes are the children of a <div>."""
    found = parse(f"<!doctype html><title>t</title><body><div>{html}</div>").find("body/div")
    assert found is not None
    return found


def text(element: Element, without: str = "") -> str:
    """Return the text in an element, except in the elements named `without`."""
    parts = [element.text or ""]
    for child in element:
        if child.tag != without:
            parts.append(text(child, without))
        parts.append(child.tail or "")
    return "".join(parts)


def links(element: Element) -> Iterator[str]:
    """Return all addresses that a reader can follow."""
    for each in element.iter():
        for name in ("href", "xlink:href", "{http://www.w3.org/1999/xlink}href"):
            if each.tag == "a" or str(each.tag).endswith("}a"):
                address = each.get(name)
                if address is not None:
                    yield address


def requests(element: Element) -> Iterator[str]:
    """Return all addresses that a browser loads by itself."""
    for each in element.iter():
        for name in ("src", "srcset", "data", "poster"):
            address = each.get(name)
            if address and each.tag != "a":
                yield address
        relations = (each.get("rel") or "").split()
        if each.tag == "link" and {"stylesheet", "icon", "preload", "preconnect", "dns-prefetch", "prefetch"} & {
            *relations
        }:
            yield each.get("href") or ""


def ids(element: Element) -> list[str]:
    """Return all ids in order, with repetitions."""
    return [name for each in element.iter() if (name := each.get("id")) is not None]
