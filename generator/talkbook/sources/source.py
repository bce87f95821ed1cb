"""The files that a book is made of, as bytes."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from talkbook.problems import Problem


@dataclass(frozen=True, slots=True)
class Source:
    """One file of the content folder.

    path: for messages, relative to the project. slug: its name in addresses. folder: the
    folder that it lies in below transcripts/ or topics/, "" for none.
    """

    path: str
    slug: str
    data: bytes
    folder: str = ""


@dataclass(frozen=True, slots=True)
class Sources:
    """All files that a book is made of.

    sidecars: by the slug of their transcript; a second one for the same by its path.
    problems: what could not be taken up.
    """

    transcripts: tuple[Source, ...] = ()
    sidecars: Mapping[str, Source] = field(default_factory=dict)
    topics: tuple[Source, ...] = ()
    lexicon: Source | None = None
    people: Source | None = None
    permalinks: Source | None = None
    problems: tuple[Problem, ...] = ()
