"""The files that a book is made of, as bytes."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from talkbook.model import Withheld
from talkbook.problems import Problem


@dataclass(frozen=True, slots=True)
class Source:
    """One file of the content folder.

    path: for messages, relative to the project. slug: its name in addresses. folder: the
    folder that it lies in below transcripts/ or topics/, "" for none. name: what its
    conversation is called, "" for the file's own name. says_private: whether it says what is private as a sidecar
    does, and not in front matter of its own.
    """

    path: str
    slug: str
    data: bytes
    folder: str = ""
    name: str = ""
    says_private: bool = False


@dataclass(frozen=True, slots=True)
class Sources:
    """All files that a book is made of.

    transcripts: one file of each conversation. versions: by slug, all files of a conversation of which there are more.
    shows: by their folder below transcripts/, the files that say what all conversations in it have in common.
    sidecars: by the slug of their transcript; of several for one, the first. One whose transcript is not there stands
        under its own name.
    strays: files that would be sidecars, stood they where those are looked for; `slug` is that of the transcript.
    withheld: by the slug of a transcript, why nothing of it may be published: a file that may say what is private
        can't be read. It may be among `transcripts` all the same.
    proposals: whether what is only proposed is taken up.
    problems: what could not be taken up, the reasons of `withheld` included.
    """

    transcripts: tuple[Source, ...] = ()
    versions: Mapping[str, tuple[Source, ...]] = field(default_factory=dict)
    shows: Mapping[str, Source] = field(default_factory=dict)
    sidecars: Mapping[str, Source] = field(default_factory=dict)
    strays: tuple[Source, ...] = ()
    withheld: Mapping[str, Withheld] = field(default_factory=dict)
    topics: tuple[Source, ...] = ()
    lexicon: Source | None = None
    people: Source | None = None
    permalinks: Source | None = None
    proposals: bool = True
    problems: tuple[Problem, ...] = ()
