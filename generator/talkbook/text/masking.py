"""Mask the characters of a text that must not be published."""

import re
from collections.abc import Iterable

MASK = "█"
_CHARACTER = re.compile(r"[^\n]")


def masked(text: str, spans: Iterable[tuple[int, int]], mask: str = MASK) -> str:
    """Return the text with every character within the spans replaced by `mask`; line ends and all offsets stay.

    spans: (start, end) of each, sorted by start; they may overlap.
    """
    pieces: list[str] = []
    at = 0
    for start, end in spans:
        if end > at:
            pieces += (text[at:start], _CHARACTER.sub(mask, text[max(at, start) : end]))
            at = end
    return "".join([*pieces, text[at:]])
