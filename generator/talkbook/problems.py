"""Problems: what is wrong with a file, and how its curator can fix it."""

import errno
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from rapidfuzz import fuzz, process

# Characters that a terminal interprets instead of showing, line separators, bidirectional controls, and surrogates.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

_QUOTED = re.compile(r'".*"', re.DOTALL)  # greedy: the quoted words may contain quotation marks


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault in one file.

    path: the file, as the curator knows it (relative to the project).
    line: counted from 1; 0 if the whole file is concerned.
    message: what is wrong, in one sentence.
    hint: what to do about it, in one sentence; may be empty.
    warning: True if the page is still right and this only deserves a look.
    """

    path: str
    line: int
    message: str
    hint: str = ""
    warning: bool = False

    @property
    def place(self) -> str:
        """The path, with the line if known, in the form that terminals and editors turn into a link."""
        path = visible(self.path)
        return f"{path}:{self.line}" if self.line else path

    def __str__(self) -> str:
        return f"{self.place}: {visible(self.message)} {visible(self.hint)}".rstrip()


class ParseError(Exception):
    """Raised when a file can't be read any further; carries the problems to report."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def unquoted(problem: Problem) -> Problem:
    """Return the problem without the words that it quotes from a file."""
    message, hint = (_QUOTED.sub('"…"', text) for text in (problem.message, problem.hint))
    return replace(problem, message=message, hint=hint)


def os_hint(error: OSError) -> str:
    """Return a sentence that says what to do when the system refuses to read or write a file."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return "Make room on the disk, then try again."
    if error.errno in (errno.ENOTDIR, errno.EEXIST, errno.EISDIR):
        return "Remove or rename what is there, or choose another folder."
    return "Let Talkbook read and write there, or choose another folder."


def error_message(error: BaseException) -> str:
    """Return what an exception says, on one line and without a full stop."""
    return (" ".join(str(error).split()) or type(error).__name__).rstrip(".")


def short_path(path: str) -> str:
    """Return an absolute path as one relative to the current folder; any other text is returned unchanged."""
    return os.path.relpath(path) if Path(path).is_absolute() else path


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a sentence that suggests the known word most similar to `word`, or "" if none is similar."""
    best = process.extractOne(word, list(known), scorer=fuzz.ratio, score_cutoff=60)
    return f'Did you mean "{best[0]}"?' if best else ""


def visible(text: str) -> str:
    """Return `text` on one line, safe to print to a terminal: control characters appear as escapes such as `\\x1b`."""
    return _UNSEEN.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), text)


def counted(number: int, one: str, many: str = "") -> str:
    """Return "1 error" or "2 errors". many: the plural, unless it is `one` with an s."""
    return f"{number} {one if number == 1 else many or f'{one}s'}"


def excerpt(text: str, length: int = 80) -> str:
    """Return `text` on one line for use in a message, cut to `length` characters at a word."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rsplit(" ", 1)[0] + "…"
