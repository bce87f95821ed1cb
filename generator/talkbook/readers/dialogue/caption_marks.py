"""Captions pasted as text, with `>>` at changes of speaker."""

import re

from talkbook.readers.dialogue import assemble
from talkbook.readers.speech import label_rules, line_matches
from talkbook.readers.speech.speech import Speech

_LINE = re.compile(r"^[ \t]*(?:-\s?)?(?:>>|&gt;&gt;)\s*\S", re.MULTILINE)
_MARK = re.compile(rf"(?:-[ \t]?)?(?:>>>?|&gt;&gt;(?:&gt;)?)\s*(?=(?P<label>(?P<name>{label_rules.NAME}):\s+)?)")


def fits(text: str) -> bool:
    """Return whether the text has `>>` marks, at least one of them at the start of a line."""
    return (">>" in text or "&gt;&gt;" in text) and next(line_matches.finditer(_LINE, text), None) is not None


def read(text: str, path: str) -> Speech:
    """Return one utterance from each mark to the next, with a label if a name follows the mark.

    The source is the text of the file.
    """
    marks = list(_MARK.finditer(text))
    labels = label_rules.accept([mark["name"].strip() for mark in marks if mark["name"]])
    heads = []
    for mark in marks:
        name = (mark["name"] or "").strip()
        named = name in labels
        heads.append(assemble.head(mark, name if named else None, None, mark.end("label") if named else 0))
    return assemble.speech(text, heads, path)
