"""A stretch of a transcript taken apart: as shown, and cut into sentences."""

from collections.abc import Sequence
from dataclasses import dataclass

from talkbook import layers, sentences, verbatim
from talkbook.model import Edit, Voice


@dataclass(frozen=True, slots=True)
class Said:
    """What is shown of a stretch of the source, and its sentences: (start, end) of each in `view.text`."""

    view: layers.Shown
    sentences: Sequence[tuple[int, int]]

    def place(self, at: int) -> tuple[int, int]:
        """The source's (start, end) below a sentence, by its index."""
        return self.view.span(*self.sentences[at])


def of(source: str, edits: Sequence[Edit], start: int, end: int) -> Said:
    """What source[start:end] says."""
    view = layers.Shown(source, edits, start, end)
    return Said(view, sentences.spans(view.text))


def clean(source: str, corrections: Sequence[Edit], voices: Sequence[Voice]) -> tuple[tuple[Edit, ...], list[Said]]:
    """The corrections and what the rules of clean verbatim leave out, and each voice as it is shown then."""
    edits = tuple(corrections)
    spans = [(voice.start, voice.end) for voice in voices]
    views = list(layers.views(source, edits, spans))
    for rule in (verbatim.fillers, verbatim.stammers):
        found = [(at, views[at].over(edit)) for at, edit in rule([view.text for view in views])]
        edits = layers.merge(_apart([edit for _, edit in found]), edits)
        for at in {at for at, _ in found}:
            views[at] = layers.Shown(source, edits, *spans[at])
    return edits, [Said(view, sentences.spans(view.text)) for view in views]


def _apart(edits: Sequence[Edit]) -> list[Edit]:
    kept: list[Edit] = []
    for edit in edits:
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return kept
