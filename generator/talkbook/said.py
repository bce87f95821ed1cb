"""A stretch of a transcript taken apart: as shown, and cut into sentences."""

from collections.abc import Sequence

from talkbook import layers, sentences
from talkbook.model import Edit


class Said(layers.Shown):
    """What is shown of source[start:end], and its sentences: (start, end) of each in `text`."""

    __slots__ = ("sentences",)

    def __init__(self, source: str, edits: Sequence[Edit], start: int, end: int) -> None:
        super().__init__(source, edits, start, end)
        self.sentences = sentences.spans(self.text)

    def place(self, at: int) -> tuple[int, int]:
        """The source's (start, end) below a sentence, by its index."""
        return self.span(*self.sentences[at])
