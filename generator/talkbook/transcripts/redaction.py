"""Find what else must be withheld along with private passages, and where to show that something was."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence, Set
from dataclasses import replace

from talkbook.model import Edit
from talkbook.readers.speech.speech import Speech, Utterance
from talkbook.text import masking

_WORD = re.compile(r"\w+")


def joined(passages: Iterable[Edit]) -> list[Edit]:
    """Return the passages in order, with adjacent and overlapping ones merged."""
    result: list[Edit] = []
    for passage in sorted(passages):
        before = result.pop() if result and passage.start <= result[-1].end else passage
        result.append(replace(before, end=max(before.end, passage.end)))
    return result


def by_utterance(passages: Iterable[Edit], utterances: Sequence[Utterance]) -> list[Edit]:
    """Split the passages at the utterances, so that each utterance shows that something was withheld."""
    return [
        replace(passage, start=max(passage.start, utterance.start), end=min(passage.end, utterance.end))
        for passage in passages
        for utterance in utterances
        if passage.start < utterance.end and utterance.start < passage.end
    ]


def unnamed(speech: Speech, passages: Sequence[Edit]) -> Speech:
    """Return the speech without headings and speakers' names that occur only within the passages."""
    if not passages:
        return speech
    ends = sorted(
        [0, *(utterance.end for utterance in speech.utterances), *(heading.start for heading in speech.headings)]
    )

    def inside(start: int) -> bool:
        """Return whether a passage overlaps the text between `start` and the end of the words or title before it."""
        before = ends[max(bisect_left(ends, start) - 1, 0)]
        return any(passage.start < start and before < passage.end for passage in passages)

    public = {utterance.label for utterance in speech.utterances if not inside(utterance.start)}
    utterances = (
        utterance if utterance.label in public else utterance._replace(label=None) for utterance in speech.utterances
    )
    headings = (heading for heading in speech.headings if not inside(heading.start))
    return replace(speech, utterances=tuple(utterances), headings=tuple(headings))


def silenced(source: str, speech: Speech, utterances: Sequence[Utterance], passages: Sequence[Edit]) -> Set[str]:
    """Return the people who speak in a passage and whose public turns have no words.

    source: with the passages masked.
    utterances: with people's slugs as labels.
    """
    if not passages:
        return frozenset()
    visible = masking.masked(source, [(mark.start, mark.end) for mark in speech.marks])
    withheld = by_utterance(passages, utterances)
    private = {
        utterance.label
        for utterance in utterances
        if any(utterance.start <= passage.start < utterance.end for passage in withheld)
    }
    public = {
        utterance.label for utterance in utterances if any(map(str.isalnum, visible[utterance.start : utterance.end]))
    }
    return {label for label in private - public if label}


def without(utterances: Iterable[Utterance], people: Set[str]) -> list[Utterance]:
    """Return the utterances with the label removed where it is one of `people` (slugs)."""
    return [utterance._replace(label=None) if utterance.label in people else utterance for utterance in utterances]


def names(source: str, speech: Speech, labels: Set[str]) -> list[tuple[int, int]]:
    """Return the (start, end) of each word of these labels where they name the speaker, in order, without overlap."""
    spans: list[tuple[int, int]] = []
    before = 0
    for utterance in speech.utterances:
        if utterance.label in labels:
            words = {word.casefold() for word in _WORD.findall(utterance.label or "")}
            spans += [
                match.span() for match in _WORD.finditer(source, before, utterance.end) if match[0].casefold() in words
            ]
        before = utterance.end
    return spans
