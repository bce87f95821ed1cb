"""What else must be kept back with a private passage, and how its place is shown."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from talkbook.model import Edit
from talkbook.readers.speech.speech import Speech, Utterance


def joined(passages: Iterable[Edit]) -> list[Edit]:
    """The passages in order; those that meet or overlap are joined."""
    found: list[Edit] = []
    for each in sorted(passages):
        before = found.pop() if found and each.start <= found[-1].end else each
        found.append(replace(before, end=max(before.end, each.end)))
    return found


def by_voice(passages: Iterable[Edit], utterances: Sequence[Utterance]) -> list[Edit]:
    """The passages cut at the voices, so that in each of them it is seen that something is kept back."""
    return [
        replace(each, start=max(each.start, utterance.start), end=min(each.end, utterance.end))
        for each in passages
        for utterance in utterances
        if each.start < utterance.end and utterance.start < each.end
    ]


def unnamed(speech: Speech, passages: Sequence[Edit]) -> Speech:
    """The speech without the headings and the speakers' names that stand within the passages."""
    if not passages:
        return speech

    def inside(start: int, end: int) -> bool:
        """Whether a passage begins before `start`, where the name or the title stands, and leaves no word to `end`."""
        around = (each for each in passages if each.start < start <= each.end or not each.start)
        return any(not any(map(str.isalnum, speech.source[each.end : end])) for each in around)

    utterances = (
        utterance._replace(label=None) if inside(utterance.start, utterance.end) else utterance
        for utterance in speech.utterances
    )
    headings = (each for each in speech.headings if not inside(each.start, each.start))
    return replace(speech, utterances=tuple(utterances), headings=tuple(headings))
