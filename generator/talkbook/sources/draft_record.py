"""What Talkbook has proposed so far: a line for each transcript and each proposal, in a file of the content folder.

A transcript that stands there is not drafted again. A proposal that stands there is known, whatever became of it:
what somebody has changed since is theirs, and what they have deleted is refused.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from talkbook.problems import ParseError, Problem

Kind = Literal["transcript", "topic", "section", "correction"]
_KINDS: tuple[Kind, ...] = ("transcript", "topic", "section", "correction")
_HEAD = """\
# What Talkbook has proposed. Keep this file: what stands here is not proposed again, even where it was deleted.
# kind, digest of what was written, name
"""


@dataclass(frozen=True, slots=True)
class DraftRecord:
    """(kind, name) of what was proposed -> the digest of what was written then."""

    digests: Mapping[tuple[Kind, str], str] = field(default_factory=dict)

    def names(self, kind: Kind) -> list[str]:
        """The names of all that was proposed of a kind."""
        return [name for recorded, name in self.digests if recorded == kind]

    def same(self, kind: Kind, name: str, data: bytes) -> bool:
        """Whether what was written then is what stands there now; true of what was never recorded."""
        return self.digests.get((kind, name), digest(data)) == digest(data)

    def more(self, written: Iterable[tuple[Kind, str, bytes]]) -> "DraftRecord":
        """The record with (kind, name, what was written) of more proposals."""
        return DraftRecord({**self.digests, **{(kind, name): digest(data) for kind, name, data in written}})


def digest(data: bytes) -> str:
    """Twelve digits that tell what is written in a file from anything else."""
    return hashlib.sha256(data).hexdigest()[:12]


def read(text: str, path: str) -> DraftRecord:
    """The record in a file's text. Raises ParseError with every fault found."""
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
            hint = "Restore it, or take it out: what it named may be proposed again."
            faults.append(Problem(path, number, "This is not a valid line of the record of drafts.", hint))
    if faults:
        raise ParseError(*faults)
    return DraftRecord(digests)


def write(record: DraftRecord) -> str:
    """The text of the record's file."""
    lines = sorted(f"{kind} {written} {name}\n" for (kind, name), written in record.digests.items())
    return _HEAD + "".join(lines)
