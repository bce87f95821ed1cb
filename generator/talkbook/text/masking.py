"""Characters of a text that must not be published, each replaced by one that says nothing."""

import re
from collections.abc import Iterable

MASK = "█"
_CHARACTER = re.compile(r"[^\n]")


def masked(text: str, spans: Iterable[tuple[int, int]], mask: str = MASK) -> str:
    """The text with `mask` for each character of its spans; ends of lines stay, and so do all offsets.

    spans: (start, end) of each, by their starts.
    """
    pieces: list[str] = []
    at = 0
    for start, end in spans:
        if end > at:
            pieces += (text[at:start], _CHARACTER.sub(mask, text[max(at, start) : end]))
            at = end
    return "".join([*pieces, text[at:]])
