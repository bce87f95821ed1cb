"""TTML, also of Apple Podcasts (one span a word), and DFXP before it."""

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
    """Whether the root element is TTML's."""
    return xml_tree.root(text) == "tt"


def read(text: str, path: str) -> Speech:
    """The speech in the paragraphs; an agent is a speaker; the source is the joined speech."""
    root = xml_tree.load(text, path)
    clockwork = _Clock(root)
    agents = {_id(agent): xml_tree.words(agent) or _id(agent) for agent in xml_tree.within(root, "agent")}
    return cues.speech((_cue(paragraph, agents, clockwork, agent) for paragraph, agent in _paragraphs(root, "")), path)


class _Clock:
    """What a time expression means in this file."""

    def __init__(self, root: Element) -> None:
        frames = seconds_of(xml_tree.attribute(root, "frameRate")) or 30.0
        self.frame = 1 / frames if frames >= 1 else 1 / 30
        ticks = seconds_of(xml_tree.attribute(root, "tickRate")) or 1.0
        self.tick = 1 / ticks if ticks >= 1 else 1.0

    def seconds(self, value: str) -> float | None:
        offset = _OFFSET.fullmatch(value.strip())
        if offset:
            unit = {"f": self.frame, "t": self.tick, **_UNITS}[offset[2]]
            return seconds_of(offset[1], unit)
        parts = value.strip().replace(";", ":").split(":")
        if len(parts) == 4:
            whole, frames = clock(":".join(parts[:3])), seconds_of(parts[3], self.frame)
            return None if whole is None or frames is None else whole + frames
        return clock(value) if value.strip() else None


def _paragraphs(element: Element, agent: str) -> Iterator[tuple[Element, str]]:
    """Each <p> within the element, with the key of its agent: its own, or that of what it lies in."""
    for child in element:
        own = xml_tree.attribute(child, "agent") or agent
        if xml_tree.name(child) == "p":
            yield child, own
        elif xml_tree.name(child) != "head":
            yield from _paragraphs(child, own)


def _cue(paragraph: Element, agents: Mapping[str, str], clockwork: _Clock, agent: str) -> Cue:
    spoken = _Spoken(clockwork)
    spoken.walk(paragraph)
    begin = clockwork.seconds(xml_tree.attribute(paragraph, "begin"))
    end = clockwork.seconds(xml_tree.attribute(paragraph, "end"))
    length = clockwork.seconds(xml_tree.attribute(paragraph, "dur"))
    if end is None and begin is not None and length is not None:
        end = begin + length
    if begin is None and spoken.words:
        begin = spoken.words[0][1]
    return Cue("".join(spoken.parts), begin, end, agents.get(agent, agent) or None, tuple(spoken.words))


class _Spoken:
    """The text of a paragraph as it grows, and (offset into it, seconds) of its words."""

    def __init__(self, clockwork: _Clock) -> None:
        self.parts: list[str] = []
        self.words: list[tuple[int, float]] = []
        self._length, self._clockwork = 0, clockwork

    def _write(self, text: str | None) -> None:
        if text:
            self.parts.append(text)
            self._length += len(text)

    def walk(self, element: Element) -> None:
        """Take up the text and the times in an element; a space is put between timed words that stand without one."""
        self._write(element.text)
        for child in element:
            kind = xml_tree.name(child)
            begin = self._clockwork.seconds(xml_tree.attribute(child, "begin")) if kind == "span" else None
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


def _id(element: Element) -> str:
    return xml_tree.attribute(element, "id")
