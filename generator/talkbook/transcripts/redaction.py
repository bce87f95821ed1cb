"""What else must be kept back with private passages, and how their places are shown."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence, Set
from dataclasses import replace

from talkbook.model import Edit
from talkbook.readers.speech.speech import Speech, Utterance
from talkbook.text import masking

_WORD = re.compile(r"\w+")


def joined(passages: Iterable[Edit]) -> list[Edit]:
    """The passages in order; those that meet or overlap are joined."""
    result: list[Edit] = []
    for passage in sorted(passages):
        before = result.pop() if result and passage.start <= result[-1].end else passage
        result.append(replace(before, end=max(before.end, passage.end)))
    return result


def by_utterance(passages: Iterable[Edit], utterances: Sequence[Utterance]) -> list[Edit]:
    """The passages cut at the utterances, so that in each of them it is seen that something is kept back."""
    return [
        replace(passage, start=max(passage.start, utterance.start), end=min(passage.end, utterance.end))
        for passage in passages
        for utterance in utterances
        if passage.start < utterance.end and utterance.start < passage.end
    ]


def unnamed(speech: Speech, passages: Sequence[Edit]) -> Speech:
    """The speech without the headings and the speakers' names that stand within the passages and nowhere else."""
    if not passages:
        return speech
    ends = sorted(
        [0, *(utterance.end for utterance in speech.utterances), *(heading.start for heading in speech.headings)]
    )

    def inside(start: int) -> bool:
        """Whether a passage meets what stands between `start` and the words or the title before it."""
        before = ends[max(bisect_left(ends, start) - 1, 0)]
        return any(passage.start < start and before < passage.end for passage in passages)

    public = {utterance.label for utterance in speech.utterances if not inside(utterance.start)}
    utterances = (
        utterance if utterance.label in public else utterance._replace(label=None) for utterance in speech.utterances
    )
    headings = (heading for heading in speech.headings if not inside(heading.start))
    return replace(speech, utterances=tuple(utterances), headings=tuple(headings))


def silenced(source: str, speech: Speech, utterances: Sequence[Utterance], passages: Sequence[Edit]) -> Set[str]:
    """The people of whose words none is public, though they speak in one of the passages.

    source: with the passages masked. utterances: with people's slugs for labels.
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
    """The utterances, nobody's where these people are their speakers. Labels are people's slugs."""
    return [utterance._replace(label=None) if utterance.label in people else utterance for utterance in utterances]


def names(source: str, speech: Speech, labels: Set[str]) -> list[tuple[int, int]]:
    """(start, end) of each word of these labels where it names who speaks, in order and apart."""
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
