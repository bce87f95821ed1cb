"""Lists of chapters, which are not spoken: consecutive lines with a time and a title."""

import re
from collections.abc import Iterator

from talkbook.readers.speech.times import CLOCK

_LINE = re.compile(
    rf"[ \t]*(?:[-*•][ \t]+)?(?:[(\[]?{CLOCK}[)\]]?[ \t]*[-–—:|]?[ \t]+\S[^\n]*"
    rf"|[^\W_][^\n]*[ \t][-–—:|]?[ \t]*[(\[]?{CLOCK}[)\]]?[ \t]*)"
)
_MINUTE = re.compile(r":\d\d")
_LONGEST = 120
_FEWEST = 3


def find(text: str) -> Iterator[tuple[int, int]]:
    """Yield the (start, end) of each run of at least three such lines."""
    start, end, count = 0, -1, 0
    for begin, stop in _lines(text):
        if begin != end + 1:
            if count >= _FEWEST:
                yield start, end
            start, count = begin, 0
        end = stop
        count += 1
    if count >= _FEWEST:
        yield start, end


def _lines(text: str) -> Iterator[tuple[int, int]]:
    end = -1
    for minute in _MINUTE.finditer(text):
        if minute.start() > end:
            start = text.rfind("\n", 0, minute.start()) + 1
            end = text.find("\n", minute.end())
            end = end if end >= 0 else len(text)
            if 3 < end - start < _LONGEST and _LINE.fullmatch(text, start, end):
                yield start, end
