"""The passages that a curator puts on the start page."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from talkbook.model import TextSelector, Turn

Find = Callable[[TextSelector], tuple[int, int] | None]
Fault = Callable[[int, str, str], None]


def find(named: Sequence[TextSelector], turns: Sequence[Turn], span: Find, fault: Fault) -> Iterator[tuple[int, int]]:
    """(start, end) in the source of each passage that is named by its first and last words, within one turn.

    span: where words are, None where that has been reported. fault: reports a line, a message and a hint.
    """
    for passage in named:
        first, dots, last = passage.text.partition("…")
        begin = span(replace(passage, text=first.strip()))
        end = span(replace(passage, text=last.strip())) if dots and begin else begin
        if begin and end:
            if any(turn.start <= begin[0] < end[1] <= turn.end for turn in turns):
                yield begin[0], end[1]
            else:
                fault(passage.line, f'"{passage.text}" is not within one turn.', "Choose a passage of one speaker.")
