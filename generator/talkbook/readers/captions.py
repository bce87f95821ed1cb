"""Captions pasted as text, in which `>>` marks a change of speaker that somebody noticed."""

import re

from talkbook.model import Speech, Voice

_MARK = re.compile(r"(?:-\s?)?(?:>>>?|&gt;&gt;)\s*")
_PARAGRAPH = re.compile(r"\n\s*")


def fits(text: str) -> bool:
    """Whether `>>` marks stand in the text, at least one of them at the start of a line."""
    return re.search(r"^\s*(?:-\s?)?(?:>>|&gt;&gt;)\s*\S", text, re.MULTILINE) is not None


def read(text: str, path: str) -> Speech:
    """Voices from mark to mark, nobody named; the source is the file's text."""
    voices = []
    start = 0
    for mark in [*_MARK.finditer(text), None]:
        end = mark.start() if mark else len(text)
        said = text[start:end]
        if said.strip():
            voices.append(Voice(start + len(said) - len(said.lstrip()), start + len(said.rstrip())))
        start = mark.end() if mark else end
    breaks = tuple(match.end() for match in _PARAGRAPH.finditer(text))
    return Speech(text, tuple(voices), breaks=breaks)
