"""Lists of chapters: lines of a time and a title, one below the other, which nobody says."""

import re
from collections.abc import Iterator

from talkbook.readers.times import CLOCK

_LINE = re.compile(
    rf"[ \t]*(?:[-*•][ \t]+)?(?:[(\[]?{CLOCK}[)\]]?[ \t]*[-–—:|]?[ \t]+\S[^\n]*"
    rf"|[^\W_][^\n]*[ \t][-–—:|]?[ \t]*[(\[]?{CLOCK}[)\]]?[ \t]*)"
)
_MINUTE = re.compile(r":\d\d")
_LONGEST = 120
_FEWEST = 3


def find(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of each list of at least three such lines with nothing between them."""
    if len(_MINUTE.findall(text)) < _FEWEST:
        return
    start = end = count = 0
    for line in (*text.split("\n"), ""):
        if 3 < len(line) < _LONGEST and ":" in line and _LINE.fullmatch(line):
            count += 1
        else:
            if count >= _FEWEST:
                yield start, end - 1
            count = 0
        end += len(line) + 1
        if not count:
            start = end
