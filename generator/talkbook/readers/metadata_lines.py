"""Lines of metadata above a transcript, which are not spoken: `Interviewee: Ada Lovelace`, `**Date:** 12 March 2019`.

They are read like front matter. Only keys that are no speaker's label count, and beside them those of roles. If such a
role also begins a line further below, it is a speaker's label above, too.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

import yaml

from talkbook.readers.front_matter import FrontMatter

_ROLES = "hosts?|guests?|interviewers?|interviewees?|moderators?|presenters?|speakers?|participants?"
_FACTS = (
    "title|subject|topics?|show|series|podcast|program|event|conference|channel|episode|episode number|description|"
    "summary|date|dates|date of interview|interview date|recorded|recorded on|recorded at|published|published on|"
    "publish date|upload date|time|duration|length|location|place|venue|language|url|link|source|video|audio|youtube|"
    "recording|transcriber|transcribed by|transcript by|producer|produced by|project|collection|tags|keywords|"
    "views|version|file"
)
_LISTS = ("Topics", "Tags", "Keywords")  # of several other lines with the same key, the first counts
_LINE = re.compile(
    rf"[ \t]*(?:[-*•][ \t]+)?(?P<bold>\*\*|__)?(?:(?P<role>{_ROLES})|(?P<fact>{_FACTS}))"
    r"(?(bold)(?::(?P=bold)|(?P=bold):)|:)[ \t]+(?P<value>\S[^\n]{0,300})",
    re.IGNORECASE,
)
_LINKED = re.compile(
    r"[ \t]*(?P<bold>\*\*|__)(?P<name>[^*_\n]{1,60})(?::(?P=bold)|(?P=bold):)"
    r"[ \t]+\[[^\[\]\n]*\]\(https?:[^()\s]+\)[ \t]*"
)
_LABEL = re.compile(r"[\W\d_]{0,40}(?P<name>[^\W\d_][^\n:\[(*_]{0,60}?)[*_]*[ \t]*(?:[:\[(]|$)")
_LINK = re.compile(r"\[([^\[\]\n]*)\]\([^()\s]*\)")
_TITLE = re.compile(r"[^\W_][^\n:{}<>|]{2,100}(?<![.?!,;])")
_SPOKEN = re.compile(r"[.?!…][\"'”’]?\s*$")
_BELOW = re.compile(r"[ \t]*(?:$|[-*=_#>•])")  # what the line below may begin with
_FEWEST = 2  # lines


def marked(opened: FrontMatter) -> FrontMatter:
    """Return the file with the lines of metadata at its head marked off, as front matter if it has no other.

    Headings above them stay; a single line of other text there is the title.
    """
    lines = opened.text.split("\n")
    at = _next(lines, opened.text.count("\n", 0, opened.unspoken[-1][1]) if opened.unspoken else 0)
    first, data = at, dict[str, str]()
    if at < len(lines) and not _match(lines[at]) and _TITLE.fullmatch(lines[at].strip()):
        data["title"] = lines[at].strip()
        at = _next(lines, at + 1)
    found: list[re.Match[str]] = []
    while at < len(lines) and (match := _match(lines[at])):
        found.append(match)
        at += 1
    stated = [match for match in found if "value" in match.re.groupindex]
    facts = any(match["fact"] for match in stated)
    if not (facts and len(found) >= _FEWEST if stated else found) or (at < len(lines) and not _BELOW.match(lines[at])):
        return opened
    names = {match["role"] if "role" in match.re.groupindex else match["name"] for match in found} - {None}
    if _speak(names, lines[at:]):
        return opened
    lists: dict[str, list[str]] = {}
    for match in stated:
        key = " ".join((match["role"] or match["fact"]).split()).capitalize()
        value = _LINK.sub(r"\1", match["value"]).strip()
        if match["role"] or key in _LISTS:
            lists.setdefault(key, []).append(value)
        data.setdefault(key, value)
    data |= {key: ", ".join(values) for key, values in lists.items()}
    front = yaml.safe_dump(data, sort_keys=False)
    start, end = (sum(len(line) + 1 for line in lines[:number]) for number in (first, at))
    return replace(
        opened, front=opened.front or front, unspoken=(*opened.unspoken, (start, min(end, len(opened.text))))
    )


def _speak(names: Iterable[str], lines: Iterable[str]) -> bool:
    """Return whether one of the names also begins one of the lines as a label."""
    folded = {name.strip(" \t:").casefold() for name in names}
    return any((match := _LABEL.match(line)) and match["name"].casefold() in folded for line in lines)


def _match(line: str) -> re.Match[str] | None:
    """Return the match of a line of metadata."""
    match = _LINE.fullmatch(line)
    if match and match["role"] and _SPOKEN.search(match["value"]):
        return None
    return match or _LINKED.fullmatch(line)


def _next(lines: Sequence[str], at: int) -> int:
    """Return the index of the first line from `at` on that is neither empty nor a heading."""
    return next(
        (other for other in range(at, len(lines)) if lines[other].strip(" \t#") and lines[other][0] != "#"), len(lines)
    )
