"""What is said once of a whole archive, where each of its files would say the same."""

from collections.abc import Iterable, Iterator

from talkbook.problems import Problem

_NAMED = 12  # keys that a message names


class ArchiveNotes:
    """Collects what is to be said, in the order of the transcripts."""

    def __init__(self) -> None:
        self._keys: dict[str, tuple[str, int]] = {}  # key -> the first file that has it, and how many have

    def add(self, path: str, unknown_keys: Iterable[str]) -> None:
        """Take up the keys in the front matter of the transcript at `path` that mean nothing to us."""
        for key in unknown_keys:
            first, count = self._keys.get(key, (path, 0))
            self._keys[key] = first, count + 1

    def problems(self) -> Iterator[Problem]:
        """A warning about the keys, those first that most files have."""
        if not self._keys:
            return
        found = sorted(self._keys.items(), key=lambda item: (-item[1][1], item[0]))
        called = ", ".join(f"{key} ({_files(count)})" for key, (_, count) in found[:_NAMED])
        others = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
        message = f"Front matter says what Talkbook has no use for: {called}{others}."
        yield Problem(found[0][1][0], 0, message, warning=True)


def _files(count: int) -> str:
    return "1 file" if count == 1 else f"{count:,} files"
