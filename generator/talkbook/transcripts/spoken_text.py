"""The text of a conversation as shown, split into sentences."""

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

    view: the turns as shown.
    sentences: (start, end) of each sentence in `view.text`, across all turns.
    sizes: the number of words in each sentence.
    begins: the index of each turn's first sentence, followed by the number of sentences.
    starts, ends: of each sentence in the source.
    """

    view: source_map.JoinedView
    sentences: Sequence[tuple[int, int]]
    sizes: Ints
    begins: Ints
    starts: Ints
    ends: Ints


def from_spans(source: str, edits: Sequence[Edit], turns: Iterable[tuple[int, int]]) -> SpokenText:
    """Return the spoken text of turns, given as (start, end) in the source."""
    return _spoken(source_map.JoinedView(source, edits, turns))


def clean(
    source: str, corrections: Sequence[Edit], utterances: Sequence[Utterance]
) -> tuple[tuple[Edit, ...], SpokenText]:
    """Apply the rules of clean verbatim; return the corrections with the omissions added, and the spoken text.

    corrections: edits of the source, sorted, without overlap.
    utterances: stretches of the source, in order, without overlap.
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
