"""What is wrong with a file, said so that its curator can mend it."""

import errno
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process

# What a terminal would obey and not show, what begins a line or turns text around, and half characters.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

_QUOTED = re.compile(r'".*"', re.DOTALL)  # to the last mark: quoted words may hold marks themselves


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
        path = visible(self.path)
        return f"{path}:{self.line}" if self.line else path

    def __str__(self) -> str:
        return f"{self.place}: {visible(self.message)} {visible(self.hint)}".rstrip()


class ParseError(Exception):
    """Raised inside one file's reading where going on makes no sense; holds the problems to report."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def unquoted(problem: Problem) -> Problem:
    """The problem without the words that it quotes of a file."""
    message, hint = (_QUOTED.sub('"…"', text) for text in (problem.message, problem.hint))
    return replace(problem, message=message, hint=hint)


def os_hint(error: OSError) -> str:
    """The sentence that says what to do where the system refuses to open or write something."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return "Make room on the disk, then try again."
    if error.errno in (errno.ENOTDIR, errno.EEXIST, errno.EISDIR):
        return "Remove or rename what stands there, or name another folder."
    return "Let Talkbook read and write there, or name another folder."


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The sentence that offers the known word nearest to `word`, or "" if none is near."""
    best = process.extractOne(word, list(known), scorer=fuzz.ratio, score_cutoff=60)
    return f'Did you mean "{best[0]}"?' if best else ""


def visible(text: str) -> str:
    """`text` on one line, as it may be sent to a terminal: control characters stand as their escapes, `\\x1b`."""
    return _UNSEEN.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), text)


def counted(number: int, one: str, many: str = "") -> str:
    """ "1 error", "2 errors". many: the plural, where it is not `one` with an s."""
    return f"{number} {one if number == 1 else many or f'{one}s'}"


def excerpt(text: str, length: int = 80) -> str:
    """`text` on one line, cut to `length` characters at a word, for use inside a message."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rsplit(" ", 1)[0] + "…"
