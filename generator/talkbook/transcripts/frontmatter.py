"""Front matter of a transcript, read like a sidecar, but leniently.

It was written for other tools, so unknown keys and invalid values are ignored, and the sidecar takes precedence. Only
private passages are read as strictly as in a sidecar.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from typing import Any

import yaml
from rapidfuzz import fuzz

from talkbook.problems import ParseError, Problem
from talkbook.sources import sidecar, yaml_schema
from talkbook.sources.sidecar import PrivateEntry, Sidecar
from talkbook.transcripts import metadata

_PRIVATE = "private"
_ALIKE = 80  # of 100; a key this similar is a misspelling
_NOTHING: tuple[object, ...] = ("false", "no", [])  # how other tools mark a page as not private
_WORD = re.compile(r"[^\W\d_]+")
_LINE = re.compile(r"^(?P<key>[^\W\d_][\w -]*):[ \t]+(?P<value>[^\s#][^\n]*)", re.MULTILINE)
_COMMENT = re.compile(r"[ \t]#")


def read(text: str, path: str) -> Sidecar:
    """Parse front matter into a sidecar's values; its `speakers` are the people whom it introduces.

    path: the transcript, for messages, in which the front matter starts on line 2.

    If it is not YAML, as some tools write it, its lines are read one by one.

    Raises ParseError if it is unclear which passages it makes private: nothing may then be published.
    """
    try:
        data = yaml.load(text, Loader=yaml_schema.LOADER) if text else None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        line = 2 + (mark.line if mark else 0)
        hint = "Put quotes around text that contains a colon, or remove the lines between the dashes."
        if "privat" in text.casefold() or any(_like_private(word) for word in _WORD.findall(text)):
            raise ParseError(Problem(path, line, "The front matter is not valid YAML.", hint)) from None
        message = 'The front matter is not valid YAML. Only lines such as "title: A talk" are read.'
        problem = Problem(path, line, message, hint, warning=True)
        return replace(metadata.read(_lines(text), path), unknown_keys=(), problems=(problem,))
    if not isinstance(data, dict):
        if text.strip():
            hint = 'Write "key: value" on each line, or remove the lines between the dashes.'
            raise ParseError(Problem(path, 2, "The front matter is not a list of keys and values.", hint))
        return Sidecar()
    return replace(metadata.read(data, path), private=_private(text, path, data))


def _lines(text: str) -> Mapping[str, Any]:
    """Return the keys and values of the lines that have both.

    A value that isn't a string or list in YAML is text, up to a comment.
    """
    data: dict[str, Any] = {}
    for match in _LINE.finditer(text):
        try:
            value = yaml.load(match["value"], Loader=yaml_schema.LOADER)
        except (yaml.YAMLError, RecursionError, ValueError):
            value = None
        plain = _COMMENT.split(match["value"], maxsplit=1)[0].rstrip()
        data[match["key"]] = value if isinstance(value, str | list) else plain
    return data


def _private(text: str, path: str, data: Mapping[str, Any]) -> tuple[PrivateEntry, ...]:
    """Return the private passages in the front matter. Raises ParseError if they are not given as in a sidecar."""
    if hidden := sidecar.swallowed(text, path, first_line=2):
        raise ParseError(*hidden)
    named = [key for key, value in _items(data) if _names_private(key.strip(), value)]
    if not named or (named == [_PRIVATE] and data.get(_PRIVATE) in _NOTHING):
        return ()
    if named != [_PRIVATE] or _PRIVATE not in data:
        line = 2 + next((at for at, row in enumerate(text.split("\n")) if named[0] in row), 0)
        raise ParseError(Problem(path, line, f'Unknown key "{named[0]}".', f'Write "{_PRIVATE}" without indentation.'))
    return sidecar.private(yaml_schema.read(text, path, "front_matter", first_line=2))


def _like_private(word: str) -> bool:
    return fuzz.ratio(word.casefold(), _PRIVATE) >= _ALIKE


def _names_private(key: str, value: Any) -> bool:
    """Return whether private passages may be meant; if a longer key has a text, they are not."""
    return _like_private(key) or ("privat" in key.casefold() and isinstance(value, list | dict) and bool(value))


def _items(root: Any) -> Iterator[tuple[str, Any]]:
    """Yield the keys at all levels, with their values."""
    waiting = [root]
    seen: set[int] = set()  # a part may contain itself through an alias
    while waiting:
        value = waiting.pop()
        if id(value) in seen:
            continue
        seen.add(id(value))
        if isinstance(value, dict):
            yield from ((key, each) for key, each in value.items() if isinstance(key, str))
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value


def under(side: Sidecar, front: Sidecar) -> Sidecar:
    """Fill the gaps of the sidecar from the front matter, except for the speakers.

    Passages that either makes private are private.
    """
    defaults = {
        field.name: getattr(front, field.name)
        for field in fields(Sidecar)
        if field.name not in ("path", "speakers", "private", "problems")
        and not getattr(side, field.name)
        and getattr(front, field.name)
    }
    private, problems = (*side.private, *front.private), (*side.problems, *front.problems)
    return replace(side, **defaults, private=private, problems=problems)
