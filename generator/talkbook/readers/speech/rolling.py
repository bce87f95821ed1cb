"""Rolling captions, in which each cue repeats lines of the previous one and adds to them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from talkbook.readers.speech.cue import Cue

_SHARE = 0.125  # of the cues must repeat a line and add one; if fewer do, the speakers repeat themselves
_GAP = 0.1  # seconds; with a longer gap, a cue does not continue the previous one


def fold(cues: Sequence[Cue]) -> list[Cue]:
    """Return the cues without the lines that each repeats from the previous one, if the captions roll.

    Of identical consecutive cues (same text and start time), only the first is kept in any case.
    """
    lines = [_lines(cue) for cue in cues]
    met = [_met(cues, lines, at) for at in range(len(cues))]
    rolls = sum(1 for count, own in zip(met, lines, strict=True) if 0 < count < len(own)) > _SHARE * len(cues)
    return list(_fold(cues, lines, met, rolls))


def _fold(cues: Sequence[Cue], lines: Sequence[list[str]], met: Sequence[int], rolls: bool) -> Iterator[Cue]:
    for at, cue in enumerate(cues):
        before = cues[at - 1] if at and cue.start is not None and not cue.title else None
        if before and (before.text, before.start) == (cue.text, cue.start):
            continue
        if not rolls or not met[at]:
            yield cue
        elif met[at] < len(lines[at]):
            yield _without(cue, met[at])


def _met(cues: Sequence[Cue], lines: Sequence[list[str]], at: int) -> int:
    """Return how many of the cue's first lines repeat the last lines of the previous cue."""
    if not at:
        return 0
    before, cue = cues[at - 1], cues[at]
    if before.end is not None and cue.start is not None and cue.start - before.end > _GAP:
        return 0
    shared = min(len(lines[at - 1]), len(lines[at]), 4)
    return next((count for count in range(shared, 0, -1) if lines[at - 1][-count:] == lines[at][:count]), 0)


def _lines(cue: Cue) -> list[str]:
    return [" ".join(line.split()) for line in cue.text.splitlines() if line.strip()]


def _without(cue: Cue, count: int) -> Cue:
    cut = 0
    for line in cue.text.splitlines(keepends=True):
        if count == 0:
            break
        cut += len(line)
        count -= bool(line.strip())
    return replace(cue.part(cut, len(cue.text)), start=cue.start)
