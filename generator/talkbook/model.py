"""The values that every stage hands to the next.

Offsets are characters into a transcript's `source`, half-open, wherever nothing
else is said. Times are seconds from the start of the recording. All values are
frozen: a stage makes new ones and never changes what it was given.
"""

import datetime
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Literal

from talkbook.problems import Problem
from talkbook.runtime import columns

_start = attrgetter("start")
_end = attrgetter("end")

EditKind = Literal["correction", "filler", "stammer", "private", "mark"]


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """One recorded change between the source and what is shown: source[start:end] reads `text`."""

    start: int
    end: int
    text: str
    kind: EditKind
    why: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who speaks in at least one transcript."""

    slug: str
    name: str
    description: str = ""
    url: str = ""
    family: str = ""  # name, where people.yml says which part of the name it is


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person's part in one conversation."""

    person: str  # slug
    name: str
    role: str = ""
    silent: bool = False  # has no turn
    drafted: bool = False  # a proposal: nobody has checked that this is who speaks

    @property
    def shown(self) -> str:
        """The name for readers, which says so where nobody has checked it."""
        return f"Probably {self.name}" if self.drafted else self.name


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A part of a turn that is set as one paragraph."""

    id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Turn:
    """What one person says until another does; `speaker` is None where it cannot be known.

    speaker_draft: who probably speaks, where nobody has said it; a person's slug. None wherever `speaker` is known.
    """

    id: str
    speaker: str | None  # a person's slug
    start: int
    end: int
    paragraphs: tuple[Paragraph, ...]
    quotable: bool = True  # False in a cold open: it repeats what is said later
    words: int = 0  # as shown
    speaker_draft: str | None = None

    @property
    def attributed(self) -> str | None:
        """The slug that ids are made with: of who speaks or, where that is not known, of who probably does."""
        return self.speaker or self.speaker_draft

    def within(self, start: int, end: int) -> list[tuple[int, int]]:
        """(start, end) of what source[start:end] has of each of the paragraphs, where it has any."""
        first = bisect_right(self.paragraphs, start, key=_end)
        last = bisect_left(self.paragraphs, end, key=_start)
        return [(max(start, each.start), min(end, each.end)) for each in self.paragraphs[first:last]]


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part of a conversation.

    kind: "cold-open", "sponsor", "break", "proposed" where nobody has checked it, or "".
    """

    id: str
    title: str
    start: int
    end: int
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Transcript:
    """One conversation: the untouched source and all that is known about it."""

    slug: str
    path: str  # of the file, in the content folder
    title: str
    source: str
    turns: Sequence[Turn]
    edits: Sequence[Edit]
    speakers: tuple[Speaker, ...] = ()
    sections: tuple[Section, ...] = ()
    moments: tuple[tuple[int, float], ...] = ()
    sounds: tuple[tuple[int, int], ...] = ()
    description: str = ""
    show: str = ""
    episode: str = ""
    date: datetime.date | None = None
    duration: str = ""
    url: str = ""
    media: str = ""
    language: str = ""  # as in <html lang>; "" for that of the site
    sidecar: str = ""  # path of its sidecar, "" if there is none
    tags: tuple[str, ...] = ()
    sponsors: tuple[tuple[int, int], ...] = ()  # what is said for sponsors, and never quoted: (start, end)
    takeaways: tuple[tuple[int, int], ...] = ()  # passages that a curator puts on the start page: (start, end)
    proposed_corrections: int = 0  # in the sidecar; they do nothing
    unnamed: int = 0  # voices that the file tells apart, and of which nobody knows whose they are
    drafted: tuple[Speaker, ...] = ()  # who probably speaks in turns of which nobody has said it
    introduced: tuple[tuple[str, str], ...] = ()  # (name, role) of those whom its metadata or its show's names

    @property
    def editable(self) -> str:
        """The path of the file that a curator edits: the sidecar, or the transcript's own where there is none."""
        return self.sidecar or self.path

    def turn_at(self, offset: int) -> Turn:
        """The turn in which the character at `offset` stands, or the last one before it."""
        turns = columns.opened(self.turns)
        return turns[max(bisect_right(turns, offset, key=_start) - 1, 0)]

    def anchor_at(self, offset: int) -> str:
        """The id of the paragraph in which the character at `offset` stands, or else of turn_at()."""
        turn = self.turn_at(offset)
        near = turn.paragraphs[max(bisect_right(turn.paragraphs, offset, key=_start) - 1, 0)]
        return near.id if near.start <= offset < near.end else turn.id

    @property
    def words(self) -> int:
        """How many words are shown."""
        return sum(turn.words for turn in self.turns)

    def speaker_of(self, passage: "Turn | Quote") -> Speaker | None:
        """Whoever says it or, where that is not known, whoever probably does; None where nobody can tell."""
        if passage.speaker:
            return self.speaker(passage.speaker)
        return _called(passage.speaker_draft, self.drafted)

    def part(self, slug: str) -> Speaker | None:
        """The part that the person has or, where nobody has checked any of their turns, probably has."""
        return self.speaker(slug) or _called(slug, self.drafted)

    def speaker(self, slug: str | None) -> Speaker | None:
        """The part that the person with this slug has in the conversation."""
        return _called(slug, self.speakers)


def _called(slug: str | None, speakers: Iterable[Speaker]) -> Speaker | None:
    for speaker in speakers:  # asked for each turn of each page
        if speaker.person == slug:
            return speaker
    return None


@dataclass(frozen=True, slots=True)
class Withheld:
    """A conversation of which nothing is published but that it is withheld.

    No other value of a book knows of it, so that no page, list, index or export can show it. slug: its name in
    addresses. path: of its file. reason: what its curator has to mend; no word of the conversation stands in it.
    """

    slug: str
    path: str
    reason: Problem


@dataclass(frozen=True, slots=True)
class TextSelector:
    """Words of a transcript that a curator wrote down to name a place, and where they did so."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Reference:
    """A work cited by a topic."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject with a page of its own.

    problems: what is wrong with its file and left out of the other fields. incomplete: whether that may change what is
    published of it; then it is in no book, and is only looked at for what else is wrong.
    """

    slug: str
    path: str
    title: str
    body: str  # Markdown
    body_line: int = 1  # of the file, on which the body starts
    kind: str = "concept"
    summary: str = ""
    aliases: tuple[str, ...] = ()
    hidden_labels: tuple[str, ...] = ()  # SKOS: words that find its passages and are no names of it
    excepted: tuple[str, ...] = ()  # phrases that hold one of its names and do not mean it
    related: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    pins: tuple[TextSelector, ...] = ()
    hides: tuple[TextSelector, ...] = ()
    status: str = "draft"
    rank: int = 0  # among the proposed topics, from 1; 0 where the file says nothing
    checked: datetime.date | None = None  # the day on which somebody last checked it against the sources
    redirect_from: tuple[str, ...] = ()
    lines: tuple[tuple[str, int], ...] = ()  # of the file, on which the topics in related and broader stand
    problems: tuple[Problem, ...] = field(default=(), compare=False)
    incomplete: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The title and the aliases."""
        return (self.title, *self.aliases)


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage of one turn. It has no text of its own, only its place."""

    id: str
    transcript: str  # slug
    turn: str  # id
    speaker: str | None
    start: int
    end: int
    topics: tuple[str, ...]
    pinned: bool = False
    speaker_draft: str | None = None  # as of its turn

    @property
    def attributed(self) -> str | None:
        """The slug that its id is made with, as of its turn."""
        return self.speaker or self.speaker_draft


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one turn that is about a topic.

    score: how surely it is, 0 to 1. quote: the id of the quote that is taken from it, None where there is none.
    """

    transcript: str  # slug
    turn: str  # id
    speaker: str | None
    start: int
    end: int
    score: float
    quote: str | None


@dataclass(frozen=True, slots=True)
class Mention:
    """A sentence that names a topic and is in none of the passages about it."""

    topic: str
    transcript: str
    start: int
    end: int
