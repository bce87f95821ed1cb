"""Warnings given once for a whole archive, as each of its files would give the same."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from talkbook.book.versions import Unused
from talkbook.problems import Problem
from talkbook.transcripts import metadata

_NAMED = 12  # keys in a message, at most


class ArchiveNotes:
    """Collects what the warnings are about."""

    def __init__(self) -> None:
        self._keys: dict[str, tuple[str, int]] = {}  # key -> the first file that has it, and the number of files
        self._unused: list[Unused] = []

    def add(self, path: str, unknown_keys: Iterable[str], unused: Iterable[Unused] = ()) -> None:
        """Add the notes on the transcript at `path`.

        unknown_keys: keys of its front matter that Talkbook doesn't use.
        unused: the other files of the conversation.
        """
        self._unused += unused
        for key in unknown_keys:
            first, count = self._keys.get(key, (path, 0))
            self._keys[key] = first, count + 1

    def problems(self) -> Iterator[Problem]:
        """Yield a warning about all files that aren't read, and one about all unknown keys, the most frequent first."""
        if self._unused:
            yield self._of_files()
        if not self._keys:
            return
        found = sorted(self._keys.items(), key=lambda item: (-item[1][1], item[0]))
        called = ", ".join(f"{key} ({_files(count)})" for key, (_, count) in found[:_NAMED])
        others = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
        message = f"The front matter has keys that Talkbook doesn't use: {called}{others}."
        hint = (
            f"If one of them means the same as {', '.join(metadata.KEYS)} or speakers, rename it; the others can stay."
        )
        yield Problem(found[0][1][0], 0, message, hint, warning=True)

    def _of_files(self) -> Problem:
        first = self._unused[0]
        pairs = Counter(f"{_ending(each.read)}, not {_ending(each.path)}" for each in self._unused)
        adds = Counter(each.adds for each in self._unused if each.adds)
        called = "; ".join(f"{pair} ({_files(count)})" for pair, count in pairs.most_common(_NAMED))
        more = ", ".join(f"{what} ({_files(count)})" for what, count in adds.most_common())
        message = f"{PurePosixPath(first.path).name} is of the same conversation. Talkbook reads one file of each "
        message += f"conversation, the one that names speakers or else the one with times: {called}."
        message += f" The others would add {more}." if more else ""
        hint = "To read another one instead, state its format in the sidecar, such as format: webvtt."
        return Problem(first.read, 0, message, hint, warning=True)


def _ending(path: str) -> str:
    return PurePosixPath(path).suffix


def _files(count: int) -> str:
    return "1 file" if count == 1 else f"{count:,} files"
