"""A stretch of a transcript taken apart: as shown, and cut into sentences."""

from collections.abc import Sequence
from dataclasses import dataclass

from talkbook import layers, sentences
from talkbook.model import Edit


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
