"""The record of drafts: a file in the content folder with one line for each transcript and proposal so far.

A recorded transcript is not drafted again, and a recorded proposal is not made again: if a curator has changed it
since, it is theirs, and if they have deleted it, they have rejected it.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from talkbook.problems import ParseError, Problem

Kind = Literal["transcript", "topic", "section", "correction"]
_KINDS: tuple[Kind, ...] = ("transcript", "topic", "section", "correction")
_HEAD = """\
# What Talkbook has proposed. Keep this file: nothing in it is proposed again, even if you delete the proposal.
# kind, digest of what was written, name
"""


@dataclass(frozen=True, slots=True)
class DraftRecord:
    """(kind, name) of each proposal so far -> digest of what was written for it."""

    digests: Mapping[tuple[Kind, str], str] = field(default_factory=dict)

    def names(self, kind: Kind) -> list[str]:
        """Return the names of the recorded proposals of a kind."""
        return [name for recorded, name in self.digests if recorded == kind]

    def same(self, kind: Kind, name: str, data: bytes) -> bool:
        """Return whether `data` is what was written for the proposal; True if it isn't recorded."""
        return self.digests.get((kind, name), digest(data)) == digest(data)

    def more(self, written: Iterable[tuple[Kind, str, bytes]]) -> "DraftRecord":
        """Return the record with further proposals, each as (kind, name, what was written)."""
        return DraftRecord({**self.digests, **{(kind, name): digest(data) for kind, name, data in written}})


def digest(data: bytes) -> str:
    """Return twelve hexadecimal digits that identify the content of a file."""
    return hashlib.sha256(data).hexdigest()[:12]


def read(text: str, path: str) -> DraftRecord:
    """Parse the record. Raises ParseError with every fault found."""
    digests: dict[tuple[Kind, str], str] = {}
    faults: list[Problem] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        word, _, rest = line.rstrip("\r").partition(" ")
        written, _, name = rest.partition(" ")
        kind = next((kind for kind in _KINDS if kind == word), None)
        if kind and written and name:
            digests[kind, name] = written
        else:
            hint = "Restore it, or remove it: what it named may be proposed again."
            faults.append(Problem(path, number, "This is not a valid line of the record of drafts.", hint))
    if faults:
        raise ParseError(*faults)
    return DraftRecord(digests)


def write(record: DraftRecord) -> str:
    """Format the record as the text of its file."""
    lines = sorted(f"{kind} {written} {name}\n" for (kind, name), written in record.digests.items())
    return _HEAD + "".join(lines)
