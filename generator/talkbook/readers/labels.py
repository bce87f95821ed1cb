"""`Name: text`, `NAME: text`, initials, `Q:` and `A:`, and the labels of a recogniser."""

import re
from collections.abc import Mapping

from talkbook import names
from talkbook.model import Speech
from talkbook.readers import lines, script, speakers

_LABEL = re.compile(
    rf"^[ \t]*(?:[-*+>•][ \t]+)?(?P<name>{speakers.NAME})[ \t]*(?::(?=[ \t]|$)|：)[ \t]*",
    re.MULTILINE,
)
_PARAGRAPH = re.compile(r"^[ \t]*\S", re.MULTILINE)
_LEGEND = re.compile(r"(?P<name>(?:[^\W\d_][\w.'’-]{0,30} ){1,4})\((?P<initials>[A-Z]{2,4})\)")
_MEANS = re.compile(
    r"^[ \t]*(?P<initials>[A-Z]{2,4})[ \t]*[:=–-][ \t]*(?P<name>[^\W\d_][\w.'’ -]{3,60})$", re.MULTILINE
)


def fits(text: str) -> bool:
    """Whether at least two lines start with a label that is a speaker's."""
    return len(_heads(text)) > 1


def read(text: str, path: str) -> Speech:
    """Voices from label to label; the source is the file's text."""
    return script.speech(text, _heads(text), path)


def _heads(text: str) -> list[script.Head]:
    matches = list(lines.each(_LABEL, text))
    found = [match["name"].strip() for match in matches]
    if len(found) < 2:
        return []
    accepted = speakers.accept(found, paragraphs=_paragraphs(text))
    meant, legend = _legend(text, accepted)
    return [
        script.head(match, meant.get(match["name"].strip(), match["name"].strip()), None)
        for match in matches
        if match["name"].strip() in accepted and not any(start <= match.start() < end for start, end in legend)
    ]


def _paragraphs(text: str) -> int:
    """How many paragraphs the text has: by empty lines, or by lines where it has none."""
    return (
        len([part for part in text.split("\n\n") if part.strip()]) if "\n\n" in text else len(_PARAGRAPH.findall(text))
    )


def _legend(text: str, labels: frozenset[str]) -> tuple[Mapping[str, str], list[tuple[int, int]]]:
    """(initials -> the name that the text explains them with, places of the lines that only do that)."""
    initials = {label for label in labels if label.isupper() and 2 <= len(label) <= 4 and not names.anonymous(label)}
    meant: dict[str, str] = {}
    places = []
    for pattern in (_LEGEND, _MEANS) if initials else ():
        for match in pattern.finditer(text):
            short, words = match["initials"], match["name"].split()
            words = words[-len(short) :] if pattern is _LEGEND else words
            if short in initials and "".join(word[0] for word in words).upper() == short:
                meant.setdefault(short, " ".join(words))
                places += [match.span()] if pattern is _MEANS else []
    return meant, places
