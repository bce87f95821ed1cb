"""Read values from JSON that other tools wrote, without relying on its structure."""

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from talkbook.problems import ParseError, Problem
from talkbook.readers.speech import times

_STARTS = re.compile(r'\s*(?:\{\s*["}]|\[\s*[{\]])')


def looks(text: str) -> bool:
    """Return whether the text begins like JSON; `[Speaker 1] [00:20]` does not."""
    return _STARTS.match(text) is not None


@lru_cache(maxsize=1)
def load(text: str) -> Any:
    """Return the parsed value, or None if the text is not valid JSON."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def check(text: str, path: str) -> None:
    """Raise ParseError, with the line, if the text is not valid JSON."""
    if load(text) is not None:
        return
    try:
        json.loads(text)  # parsed again for the error
    except json.JSONDecodeError as error:
        hint = "The file may have been cut off; export it again."
        raise ParseError(Problem(path, error.lineno, f"This is not valid JSON: {error.msg}.", hint)) from None
    except RecursionError:
        raise ParseError(Problem(path, 1, "This JSON is nested too deeply.", "Export the transcript again.")) from None
    except ValueError:
        raise ParseError(Problem(path, 1, "This JSON has a number that is too long.", "Export it again.")) from None


def get(value: Any, *keys: str) -> Any:
    """Return the value at a path of nested keys; None if a key is missing."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def first(value: Any, *keys: str) -> Any:
    """Return the value of the first of the keys that exists, or None."""
    return next((value[key] for key in keys if key in value), None) if isinstance(value, dict) else None


def objects(value: Any, *keys: str) -> Iterator[dict[str, Any]]:
    """Iterate over the objects in the list at a path of nested keys; nothing if there is no list."""
    listed = get(value, *keys)
    return (item for item in listed if isinstance(item, dict)) if isinstance(listed, list) else iter(())


def text(value: Any, *keys: str) -> str:
    """Return the string at the first of the keys that exists; "" for any other value."""
    words = first(value, *keys)
    return words if isinstance(words, str) else ""


def seconds(value: Any, *keys: str, unit: float = 1.0) -> float | None:
    """Return the time at the first of the keys that exists, in seconds; None if it is not a time.

    unit: the seconds in one unit of the value.
    """
    return times.seconds_of(first(value, *keys), unit)


def label(value: Any, *keys: str) -> str | None:
    """Return a speaker's label from the first of the keys that exists: its text, or "Speaker 0" for a number."""
    name = first(value, *keys)
    if isinstance(name, int) and not isinstance(name, bool):
        return f"Speaker {name}" if abs(name) < 10_000 else None
    return " ".join(name.split()) or None if isinstance(name, str) else None
