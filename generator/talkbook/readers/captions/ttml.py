"""TTML, including Apple Podcasts' (one span per word), and its predecessor DFXP."""

import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from talkbook.readers.captions import xml_tree
from talkbook.readers.speech import cues
from talkbook.readers.speech.cue import Cue
from talkbook.readers.speech.speech import Speech
from talkbook.readers.speech.times import clock, seconds_of

_UNITS = {"h": 3600.0, "m": 60.0, "s": 1.0, "ms": 0.001}
_OFFSET = re.compile(r"([\d.]+)(h|ms|m|s|f|t)")


def fits(text: str) -> bool:
    """Return whether the root element is that of TTML."""
    return xml_tree.root(text) == "tt"


def read(text: str, path: str) -> Speech:
    """Return the speech in the paragraphs, with agents as speakers; the source is the joined speech."""
    root = xml_tree.load(text, path)
    units = {**_UNITS, "f": _length(root, "frameRate", 30), "t": _length(root, "tickRate", 1)}
    keys = {agent: xml_tree.attribute(agent, "id") for agent in xml_tree.within(root, "agent")}
    agents = {key: xml_tree.words(agent) or key for agent, key in keys.items()}
    return cues.speech((_cue(paragraph, agents, units, agent) for paragraph, agent in _paragraphs(root, "")), path)


def _length(root: Element, key: str, usual: int) -> float:
    """Return the seconds per frame or tick, from the attribute that has the rate per second."""
    rate = seconds_of(xml_tree.attribute(root, key)) or 0.0
    return 1 / rate if rate >= 1 else 1 / usual


def _seconds(element: Element, key: str, units: Mapping[str, float]) -> float | None:
    """Return the seconds of an attribute's time expression; None for any other text."""
    value = xml_tree.attribute(element, key).strip()
    if offset := _OFFSET.fullmatch(value):
        return seconds_of(offset[1], units[offset[2]])
    parts = value.replace(";", ":").split(":")
    if len(parts) == 4:
        whole, frames = clock(":".join(parts[:3])), seconds_of(parts[3], units["f"])
        return None if whole is None or frames is None else whole + frames
    return clock(value)


def _paragraphs(element: Element, agent: str) -> Iterator[tuple[Element, str]]:
    """Yield each <p> in the element with the key of its agent, which may be inherited."""
    for child in element:
        own = xml_tree.attribute(child, "agent") or agent
        if xml_tree.name(child) == "p":
            yield child, own
        elif xml_tree.name(child) != "head":
            yield from _paragraphs(child, own)


def _cue(paragraph: Element, agents: Mapping[str, str], units: Mapping[str, float], agent: str) -> Cue:
    spoken = _Spoken(units)
    spoken.walk(paragraph)
    begin, end, length = (_seconds(paragraph, key, units) for key in ("begin", "end", "dur"))
    if end is None and begin is not None and length is not None:
        end = begin + length
    if begin is None and spoken.words:
        begin = spoken.words[0][1]
    return Cue("".join(spoken.parts), begin, end, agents.get(agent, agent) or None, tuple(spoken.words))


class _Spoken:
    """Collects the text of a paragraph, and (offset in it, seconds) of its timed words."""

    def __init__(self, units: Mapping[str, float]) -> None:
        self.parts: list[str] = []
        self.words: list[tuple[int, float]] = []
        self._length, self._units = 0, units

    def _write(self, text: str | None) -> None:
        if text:
            self.parts.append(text)
            self._length += len(text)

    def walk(self, element: Element) -> None:
        """Collect the text and times of an element, with a space between timed words if the file has none."""
        self._write(element.text)
        for child in element:
            kind = xml_tree.name(child)
            begin = _seconds(child, "begin", self._units) if kind == "span" else None
            sentence = xml_tree.attribute(child, "unit") == "sentence"
            if (sentence or begin is not None) and self.words and not (self.parts and self.parts[-1][-1].isspace()):
                self._write(" ")
            if begin is not None and not sentence:
                self.words.append((self._length, begin))
            if kind == "br":
                self._write("\n")
            elif kind not in ("metadata", "set", "title", "desc"):
                self.walk(child)
            self._write(child.tail)
