"""Resolve the text selectors in curators' files to spans of a transcript."""

from collections.abc import Sequence
from dataclasses import replace

from talkbook.model import TextSelector, Turn
from talkbook.problems import Problem
from talkbook.text import anchors


class Selectors:
    """Resolves selectors, and collects the problems with them.

    path: the transcript, for messages.
    sidecar: the file with the selectors, for messages.
    whole: the source before private passages were masked.
    text: the source.
    """

    def __init__(self, path: str, sidecar: str, whole: str, text: str) -> None:
        self.path, self.sidecar, self.text = path, sidecar, text
        self.problems: list[Problem] = []
        self._whole = whole

    def span(self, words: TextSelector, *, proposed: bool = False) -> tuple[int, int] | None:
        """Return the span of the words; None, with a problem, if there is no such place or more than one.

        proposed: whether the words stand in a proposal; then the problem is only a warning.
        """
        try:
            return anchors.span(self.text, words.text, self.path)
        except anchors.AnchorNotFound as lost:
            private = self._whole != self.text and bool(anchors.spans(self._whole, words.text))
            if not private:
                self.problems.append(Problem(self.sidecar, words.line, lost.message, lost.hint, warning=proposed))
            elif not proposed:
                self.fault(words.line, "These words are in a private passage.", "Remove them here.")
            return None

    def passage(self, words: TextSelector, turns: Sequence[Turn]) -> tuple[int, int] | None:
        """Return the span of "first words … last words"; None, with a problem, if it is not within one turn."""
        first, dots, last = words.text.partition("…")
        begin = self.span(replace(words, text=first.strip()))
        end = self.span(replace(words, text=last.strip())) if dots and begin else begin
        if not begin or not end:
            return None
        if any(turn.start <= begin[0] < end[1] <= turn.end for turn in turns):
            return begin[0], end[1]
        self.fault(words.line, f'"{words.text}" is not within one turn.', "Choose a passage of one speaker.")
        return None

    def fault(self, line: int, message: str, hint: str) -> None:
        """Add a problem on a line of the sidecar."""
        self.problems.append(Problem(self.sidecar, line, message, hint))
