"""JSON that other people's tools wrote, looked into without trusting any of it."""

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from talkbook.problems import ParseError, Problem
from talkbook.readers.speech import times

_STARTS = re.compile(r'\s*(?:\{\s*["}]|\[\s*[{\]])')


def looks(text: str) -> bool:
    """Whether the text begins as JSON does; `[Speaker 1] [00:20]` does not."""
    return _STARTS.match(text) is not None


@lru_cache(maxsize=1)
def load(text: str) -> Any:
    """The value, or None where the text is no JSON that can be read."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def check(text: str, path: str) -> None:
    """Raises ParseError, with the line, where the text is no JSON that can be read."""
    if load(text) is not None:
        return
    try:
        json.loads(text)  # again, for its error
    except json.JSONDecodeError as error:
        hint = "The file may have been cut off; export it again."
        raise ParseError(Problem(path, error.lineno, f"This is not valid JSON: {error.msg}.", hint)) from None
    except RecursionError:
        raise ParseError(Problem(path, 1, "This JSON is nested too deeply.", "Export the transcript again.")) from None
    except ValueError:
        raise ParseError(Problem(path, 1, "This JSON holds a number that is too long.", "Export it again.")) from None


def get(value: Any, *keys: str) -> Any:
    """What lies under the keys, one inside the other; None where a key is missing."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def first(value: Any, *keys: str) -> Any:
    """What lies under the first of the keys that there is."""
    return next((value[key] for key in keys if key in value), None) if isinstance(value, dict) else None


def objects(value: Any, *keys: str) -> Iterator[dict[str, Any]]:
    """The objects in the list under the keys, one inside the other; nothing where that is no list."""
    listed = get(value, *keys)
    return (item for item in listed if isinstance(item, dict)) if isinstance(listed, list) else iter(())


def text(value: Any, *keys: str) -> str:
    """The string under the first of the keys that there is; "" for anything else."""
    words = first(value, *keys)
    return words if isinstance(words, str) else ""


def seconds(value: Any, *keys: str, unit: float = 1.0) -> float | None:
    """The seconds under the first of the keys that there is, counted in `unit`; None where they are no time."""
    return times.seconds_of(first(value, *keys), unit)


def label(value: Any, *keys: str) -> str | None:
    """What a tool calls a speaker under the first of the keys: its text, or "Speaker 0" for a number."""
    name = first(value, *keys)
    if isinstance(name, int) and not isinstance(name, bool):
        return f"Speaker {name}" if abs(name) < 10_000 else None
    return " ".join(name.split()) or None if isinstance(name, str) else None
