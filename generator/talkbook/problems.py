"""What is wrong with a file, said so that its curator can mend it."""

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault in one file.

    path: of the file, as the curator knows it (relative to the project).
    line: from 1; 0 when the fault is the whole file's.
    message: what is wrong, one sentence.
    hint: what to do about it, one sentence; may be empty.
    warning: True when the page is right all the same, and only worth a look.
    """

    path: str
    line: int
    message: str
    hint: str = ""
    warning: bool = False

    @property
    def place(self) -> str:
        """The path, with the line where it is known, as terminals and editors make a link of it."""
        return f"{self.path}:{self.line}" if self.line else self.path

    def __str__(self) -> str:
        return f"{self.place}: {self.message} {self.hint}".rstrip()


class ParseError(Exception):
    """Raised inside one file's reading where going on makes no sense; holds the problems to report."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The sentence that offers the known word nearest to `word`, or "" if none is near."""
    best = process.extractOne(word, list(known), scorer=fuzz.ratio, score_cutoff=60)
    return f'Did you mean "{best[0]}"?' if best else ""


def excerpt(text: str, length: int = 80) -> str:
    """`text` on one line, cut to `length` characters at a word, for use inside a message."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rsplit(" ", 1)[0] + "…"
