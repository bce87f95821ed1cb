"""A conversation taken apart: as shown, and cut into sentences."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from talkbook.model import Edit
from talkbook.readers.speech.speech import Utterance
from talkbook.text import sentences
from talkbook.text.tokens import Ints
from talkbook.transcripts import source_map, verbatim


@dataclass(frozen=True, slots=True)
class SpokenText:
    """What is said in the turns of a conversation.

    view: the turns as shown. sentences: (start, end) of each in `view.text`, of all turns. sizes: words of each.
    begins: for each turn which is its first sentence, and how many there are. starts, ends: of each
    sentence in the source.
    """

    view: source_map.JoinedView
    sentences: Sequence[tuple[int, int]]
    sizes: Ints
    begins: Ints
    starts: Ints
    ends: Ints


def from_spans(source: str, edits: Sequence[Edit], turns: Iterable[tuple[int, int]]) -> SpokenText:
    """What the turns say. turns: (start, end) of each in the source."""
    return _spoken(source_map.JoinedView(source, edits, turns))


def clean(
    source: str, corrections: Sequence[Edit], utterances: Sequence[Utterance]
) -> tuple[tuple[Edit, ...], SpokenText]:
    """(the corrections and what the rules of clean verbatim leave out; what the utterances say with both).

    corrections: of the source, sorted and apart. utterances: stretches of the source, in order and apart.
    """
    edits = tuple(corrections)
    spans = [(utterance.start, utterance.end) for utterance in utterances]
    view = source_map.JoinedView(source, edits, spans)
    for rule in (verbatim.fillers, verbatim.stammers):
        omissions = [view.over(edit) for edit in rule(view.text, view.stretches())]
        if omissions:
            edits = source_map.merge(_apart(omissions), edits)
            view = source_map.JoinedView(source, edits, spans)
    return edits, _spoken(view)


def _spoken(view: source_map.JoinedView) -> SpokenText:
    cut = sentences.spans(view.text)
    starts, ends = np.fromiter(chain.from_iterable(cut), np.intp, 2 * len(cut)).reshape(-1, 2).T
    begins = np.searchsorted(starts, [*view.starts, len(view.text)])
    return SpokenText(view, cut, sentences.sizes(view.text, starts, ends), begins, *view.spans(starts, ends))


def _apart(edits: Sequence[Edit]) -> list[Edit]:
    result: list[Edit] = []
    for edit in edits:
        if not result or edit.start >= result[-1].end:
            result.append(edit)
    return result
