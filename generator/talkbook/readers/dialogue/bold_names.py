"""Markdown with bold names: `**Ada Lovelace:** text`, `**Ada**: text`, or the name alone above the text.

A time may precede the name, follow it, or be part of the bold text.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache

from rapidfuzz import fuzz, process

from talkbook.problems import Problem
from talkbook.readers.dialogue import assemble
from talkbook.readers.speech import label_rules, line_matches
from talkbook.readers.speech.speech import Speech
from talkbook.readers.speech.times import CLOCK, clock
from talkbook.text import speaker_labels
from talkbook.text.anchors import line_of

_BOLD = re.compile(
    rf"""
    ^[ \t]* (?:[-*+][ \t]+)? (?: [\[(]?(?P<before>{CLOCK})[\])]? [ \t]+ (?:[-–—][ \t]+)? )?
    (?P<mark>\*\*|__) [ \t]* (?P<name>[^\s*_][^*\n]{{0,78}}?)
    (?=[ \t:：*_])  # so that the rest is not tried after each letter
    [ \t]* (?P<in>[:：])? [ \t]* (?P=mark)
    (?P<role>[ \t]*(?:\([^()\n]{{1,40}}\)|\[{CLOCK}\](?=[ \t]*[:：])))? [ \t]* (?P<out>[:：])?
    (?: [ \t]* [\[(]?(?P<time>{CLOCK})[\])]? [ \t]* :? [ \t]* $ )?
    [ \t]* (?P<alone>$)?
    """,
    re.VERBOSE | re.MULTILINE,
)
_PLAIN = re.compile(rf"^(?P<name>{label_rules.NAME})(?::(?=[ \t])|：)[ \t]*", re.MULTILINE)
_TIME = rf"[\[(]?({CLOCK})[\])]?"
_WHEN = re.compile(  # a time within the bold text, or in place of a role
    rf"^{_TIME}[ \t,–—-]*|(?:(?<![ \t,–—-])[ \t,–—-]+)?{_TIME}$"
)
_ROLE = re.compile(r"(?:(?<![ \t])[ \t]+)?\([^()]*\)$")
_NEAR = 88  # of 100; a plain name this similar to a bold one is probably a slip


def fits(text: str) -> bool:
    """Return whether at least two lines start with a bold name."""
    return ("**" in text or "__" in text) and len(_heads(text)) > 1


def read(text: str, path: str) -> Speech:
    """Return one utterance from each name to the next; the source is the text of the file."""
    problems: list[Problem] = []
    return assemble.speech(text, [*_heads(text), *_unbold(text, path, problems)], path, problems)


@lru_cache(maxsize=1)
def _heads(text: str) -> tuple[assemble.Head, ...]:
    matches = [(match, _style(match), *_label(match)) for match in line_matches.finditer(_BOLD, text)]
    counts = Counter((style, label) for _, style, label, _ in matches)
    sure = _sure(counts)
    return tuple(
        assemble.head(match, label, clock(time) if time else None)
        for match, style, label, time in matches
        if (style, label) in sure
    )


def _label(match: re.Match[str]) -> tuple[str, str]:
    """Return the name, including a role if there is one, and the time, or ""."""
    label = f"{match['name'].strip(':： ')}{match['role'] or ''}"
    inside = ""
    if ":" in label and (when := _WHEN.search(label)):
        label, inside = label[: when.start()] + label[when.end() :], when[1] or when[2]
    return label, match["time"] or inside or match["before"] or ""


def _sure(counts: Mapping[tuple[str, str], int]) -> set[tuple[str, str]]:
    """Return the (style, label) pairs that are heads.

    A colon within the bold text is enough; other styles must be usual in the file.
    """
    styles: Counter[str] = Counter()
    for (style, _), count in counts.items():
        styles[style] += count
    sure = {key for key, count in counts.items() if _head(*key, count, styles)}
    return sure | {("out", label) for _, label in sure}  # files that put the colon inside sometimes put it outside


def _head(style: str, label: str, count: int, styles: Mapping[str, int]) -> bool:
    name = _ROLE.sub("", label)
    if label_rules.section(name):
        return True
    if style == "none" or not name or label_rules.other(name):
        return False
    if style == "in":
        return len(name.split()) <= 8
    usual = styles[style] >= styles["in"]
    often = count > 1 or (usual and count * 20 > styles[style])
    return (often and label_rules.plausible(name)) or (
        usual and (label_rules.strong(name) or label_rules.recurs(name, count, styles[style]))
    )


def _style(match: re.Match[str]) -> str:
    return "in" if match["in"] else "out" if match["out"] else "alone" if match["alone"] is not None else "none"


def _unbold(text: str, path: str, problems: list[Problem]) -> Iterator[assemble.Head]:
    """Yield heads of the same speakers whose names are not bold; report names that are nearly the same."""
    labels = {head.label for head in _heads(text) if head.label}
    known = {speaker_labels.tidy(label)[0].casefold(): label for label in sorted(labels)}
    for match in line_matches.finditer(_PLAIN, text):
        name = match["name"].strip()
        if name.casefold() in known or label_rules.section(name):
            yield assemble.head(match, known.get(name.casefold(), name), None)
        elif label_rules.strong(name):
            near = process.extractOne(name.casefold(), list(known), scorer=fuzz.ratio, score_cutoff=_NEAR)
            if near:
                line = line_of(text, match.start())
                hint = f'If it is, write "**{known[near[0]]}:**"; until then, the words belong to the previous speaker.'
                problems.append(Problem(path, line, f'"{name}:" looks like a speaker\'s name.', hint, warning=True))
