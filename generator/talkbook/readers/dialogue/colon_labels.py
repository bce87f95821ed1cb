"""`Name: text`, `NAME: text`, initials, `Q:` and `A:`, and the labels that speech recognition gives."""

import re
from collections.abc import Mapping

from talkbook.problems import Problem
from talkbook.readers.dialogue import assemble
from talkbook.readers.speech import label_rules, line_matches
from talkbook.readers.speech.speech import Speech
from talkbook.readers.speech.times import CLOCK, clock
from talkbook.text import speaker_labels

_LABEL = re.compile(
    rf"^[ \t]*(?:[-*+>•][ \t]+)?(?:(?P<letter>[QA])(?:\.[ \t]|[ \t]{{2}}|\t)|(?P<name>{label_rules.NAME})[ \t]*"
    rf"(?::(?=[ \t]|$)|：|(?P<glued>{label_rules.GLUED}))|(?P<near>Q)[ \t](?=[^\W\d_a-z]|[\"“‘—–…(\[]))[ \t]*",
    re.MULTILINE,
)
_TIME = re.compile(rf"^[ \t]*(?P<time>{CLOCK})[ \t]*$\n?", re.MULTILINE)
_PARAGRAPH = re.compile(r"^[ \t]*\S", re.MULTILINE)
_EMPTY_LINE = re.compile(r"\n[ \t]*(?=\n)")
_LEGEND = re.compile(r"(?P<name>(?:[^\W\d_][\w.'’-]{0,30} ){1,4})\((?P<initials>[A-Z]{2,4})\)")
_MEANS = re.compile(
    r"^[ \t]*(?P<initials>[A-Z]{2,4})[ \t]*[:=–-][ \t]*(?P<name>[^\W\d_][\w.'’ -]{3,60})$", re.MULTILINE
)


def fits(text: str, fewer: int = 1) -> bool:
    """Return whether more than `fewer` lines start with a speaker's label."""
    return len(_heads(text, "", [])) > fewer


def read(text: str, path: str) -> Speech:
    """Return one utterance from each label to the next, across lines with only a time.

    The source is the text of the file.
    """
    problems: list[Problem] = []
    heads = [*_heads(text, path, problems), *_times(text)]
    return assemble.speech(text, heads, path, problems)


def _heads(text: str, path: str, problems: list[Problem]) -> list[assemble.Head]:
    starts = [
        match
        for match in line_matches.finditer(_LABEL, text)
        if not match["near"] or line_matches.below_empty_line(text, match.start())
    ]
    if all(_name(match) != "Q" for match in starts):  # without a "Q.", "A." is an item of a list
        starts = [match for match in starts if not match["letter"]]
    apart = {_name(match) for match in starts if not match["glued"]}
    matches = [match for match in starts if _name(match) in apart]  # not "boost::regex"
    labels = [_name(match) for match in matches]
    if len(labels) < 2:
        return []
    paragraphs = _paragraphs(text)
    accepted = label_rules.accept(labels, paragraphs)
    doubtful = label_rules.doubtful(labels, accepted, paragraphs)
    full_names, legend = _legend(text, accepted)
    heads = []
    for match, name in zip(matches, labels, strict=True):
        if any(start <= match.start() < end for start, end in legend):
            continue
        if name in accepted:
            heads.append(assemble.head(match, full_names.get(name, name), None))
        elif name in doubtful:
            heads.append(assemble.Head(match.start(), match.start("name"), None))
            problems.append(assemble.doubt(text, match, path))
    return heads


def _name(match: re.Match[str]) -> str:
    return match["letter"] or match["near"] or match["name"].strip()


def _times(text: str) -> list[assemble.Head]:
    """Return the lines with only a time, as Google Meet adds every few minutes; none if they are out of order."""
    matches = line_matches.finditer(_TIME, text)
    heads = [assemble.Head(*match.span(), assemble.SAME, clock(match["time"])) for match in matches]
    times = [head.seconds or 0.0 for head in heads]
    return heads if times == sorted(times) else []


def _paragraphs(text: str) -> int:
    """Return the number of paragraphs, separated by empty lines or, if there are none, by line ends."""
    parts = [part for part in _EMPTY_LINE.split(text) if part.strip()]
    if len(parts) > 1:
        return len(parts)
    return len(_PARAGRAPH.findall(text))


def _legend(text: str, labels: frozenset[str]) -> tuple[Mapping[str, str], list[tuple[int, int]]]:
    """Return initials -> the full name by which the text explains them, and the spans of lines that only do that."""
    initials = {
        label for label in labels if label.isupper() and 2 <= len(label) <= 4 and not speaker_labels.anonymous(label)
    }
    full_names: dict[str, str] = {}
    places = []
    for pattern in (_LEGEND, _MEANS) if initials else ():
        for match in pattern.finditer(text):
            short, words = match["initials"], match["name"].split()
            words = words[-len(short) :] if pattern is _LEGEND else words
            if short in initials and "".join(word[0] for word in words).upper() == short:
                full_names.setdefault(short, " ".join(words))
                places += [match.span()] if pattern is _MEANS else []
    return full_names, places
