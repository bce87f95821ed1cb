"""Find the passages of a source that a curator marks as private."""

from typing import NamedTuple

from talkbook.model import TextSelector
from talkbook.problems import Problem
from talkbook.sources.sidecar import PrivateEntry, Sidecar
from talkbook.text import anchors

_UNTIL = "Until then, nothing of it is published."


class PrivatePassage(NamedTuple):
    """source[start:end], which `entry` makes private."""

    entry: PrivateEntry
    start: int
    end: int


def find(source: str, side: Sidecar, path: str) -> tuple[list[PrivatePassage], tuple[Problem, ...]]:
    """Return the private passages of a source, and the reasons why there may be others.

    side: the sidecar, including what the front matter says.
    path: the transcript, for messages.

    If there are problems, nothing of the transcript may be published.
    """
    passages: list[PrivatePassage] = []
    faults: list[Problem] = [*side.problems] if side.doubtful else []
    for entry in side.private:
        ends = [_end(source, entry, key, words, path) for key, words in (("from", entry.start), ("to", entry.end))]
        faults += [end for end in ends if isinstance(end, Problem)]
        first, last = ends
        if isinstance(first, Problem) or isinstance(last, Problem):
            continue
        if first[0] <= last[0] and first[1] <= last[1]:
            passages.append(PrivatePassage(entry, first[0], last[1]))
        else:
            message = f'The words under "to" come before those under "from" in {path}.'
            faults.append(Problem(entry.path, entry.start.line, message, f"Write them in order. {_UNTIL}"))
    return passages, tuple(faults)


def _end(source: str, private: PrivateEntry, key: str, words: TextSelector, path: str) -> tuple[int, int] | Problem:
    """Return the span of one end of a private passage, or the problem; no message quotes the words."""
    spans = anchors.spans(source, words.text)
    if len(spans) == 1:
        return spans[0]
    if spans:
        lines = ", ".join(str(anchors.line_of(source, start)) for start, _ in spans[:5])
        message = f'The words under "{key}" appear {len(spans)} times in {path} (lines {lines}).'
        return Problem(private.path, words.line, message, f"Add words until they appear there once. {_UNTIL}")
    message = f'The words under "{key}" are not in {path}.'
    return Problem(private.path, words.line, message, f"Copy them from the file. {_UNTIL}")
