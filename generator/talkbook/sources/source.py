"""The files from which a book is made, as bytes."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from talkbook.model import Withheld
from talkbook.problems import Problem


@dataclass(frozen=True, slots=True)
class Source:
    """One file of the content folder.

    path: relative to the project, for messages.
    slug: its name in addresses.
    folder: its folder below transcripts/ or topics/; "" for none.
    name: of its conversation; "" if that is the name of the file.
    says_private: whether it says what is private as a sidecar does, other than in its own front matter.
    """

    path: str
    slug: str
    data: bytes
    folder: str = ""
    name: str = ""
    says_private: bool = False


@dataclass(frozen=True, slots=True)
class Sources:
    """All files from which a book is made.

    transcripts: one file per conversation.
    versions: slug -> all files of a conversation, if it has several.
    shows: folder below transcripts/ -> file with what all its conversations have in common.
    sidecars: slug of the transcript -> sidecar; if there are several, the first. One without a transcript is under its
        own name.
    strays: files that would be sidecars if they were in the right place; `slug` is that of the transcript.
    withheld: slug -> why nothing of a transcript may be published: a file that may say what is private can't be read.
        The transcript may still be in `transcripts`.
    proposals: whether unconfirmed proposals are included.
    problems: what could not be included, with the reasons in `withheld`.
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
