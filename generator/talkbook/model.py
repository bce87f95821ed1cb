"""The values that the stages pass to one another.

Unless stated otherwise, offsets are half-open, in characters of a transcript's `source`, and times are in seconds from
the start of the recording. All values are frozen: a stage creates new ones and never changes its input.
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
    """One recorded difference between the source and what is shown: source[start:end] is shown as `text`."""

    start: int
    end: int
    text: str
    kind: EditKind
    why: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who speaks in at least one transcript."""

    slug: str
    name: str
    description: str = ""
    url: str = ""
    family: str = ""  # the family name, if people.yml gives it


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person's part in one conversation."""

    person: str  # slug
    name: str
    role: str = ""
    silent: bool = False  # has no turn
    drafted: bool = False  # a proposal that nobody has confirmed

    @property
    def shown(self) -> str:
        """The name for readers, marked as probable if nobody has confirmed it."""
        return f"Probably {self.name}" if self.drafted else self.name


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A part of a turn that is shown as one paragraph."""

    id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Turn:
    """What one person says until another does.

    speaker: a person's slug; None if it is unknown who speaks.
    speaker_draft: the slug of whoever probably speaks, if it is unknown; None if `speaker` is known.
    """

    id: str
    speaker: str | None
    start: int
    end: int
    paragraphs: tuple[Paragraph, ...]
    quotable: bool = True  # False in a cold open, which repeats what is said later
    words: int = 0  # as shown
    speaker_draft: str | None = None

    @property
    def attributed(self) -> str | None:
        """The slug used to make ids: of the speaker or, if unknown, of whoever probably speaks."""
        return self.speaker or self.speaker_draft

    def within(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return the (start, end) of the part of source[start:end] in each paragraph that overlaps it."""
        first = bisect_right(self.paragraphs, start, key=_end)
        last = bisect_left(self.paragraphs, end, key=_start)
        return [(max(start, each.start), min(end, each.end)) for each in self.paragraphs[first:last]]


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part of a conversation."""

    id: str
    title: str
    start: int
    end: int
    kind: str = ""  # "cold-open", "sponsor", "break", "proposed" if nobody has confirmed it, or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What is known about a conversation as a whole; unknown fields are empty."""

    title: str = ""
    show: str = ""
    episode: str = ""
    description: str = ""
    date: datetime.date | None = None
    duration: str = ""
    url: str = ""
    media: str = ""
    language: str = ""  # as in <html lang>; "" for the site's
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Transcript(Metadata):
    """One conversation: the unchanged source and everything known about it."""

    slug: str
    path: str  # relative to the content folder
    source: str
    turns: Sequence[Turn]
    edits: Sequence[Edit]
    speakers: tuple[Speaker, ...] = ()
    sections: tuple[Section, ...] = ()
    moments: tuple[tuple[int, float], ...] = ()
    sounds: tuple[tuple[int, int], ...] = ()
    sidecar: str = ""  # path; "" if there is none
    sponsors: tuple[tuple[int, int], ...] = ()  # sponsor reads, which are never quoted: (start, end)
    takeaways: tuple[tuple[int, int], ...] = ()  # passages for the start page: (start, end)
    proposed_corrections: int = 0  # in the sidecar; not applied
    unnamed: int = 0  # voices that the file distinguishes without naming them
    drafted: tuple[Speaker, ...] = ()  # whoever probably speaks in turns with an unknown speaker
    introduced: tuple[tuple[str, str], ...] = ()  # (name, role) of people named in its metadata or its show's

    @property
    def editable(self) -> str:
        """The path of the file that a curator edits: the sidecar, or the transcript itself if it has none."""
        return self.sidecar or self.path

    def turn_at(self, offset: int) -> Turn:
        """Return the turn that contains the character at `offset`, or else the last one before it."""
        turns = columns.opened(self.turns)
        return turns[max(bisect_right(turns, offset, key=_start) - 1, 0)]

    def anchor_at(self, offset: int) -> str:
        """Return the id of the paragraph that contains the character at `offset`, or else that of turn_at(offset)."""
        turn = self.turn_at(offset)
        near = turn.paragraphs[max(bisect_right(turn.paragraphs, offset, key=_start) - 1, 0)]
        return near.id if near.start <= offset < near.end else turn.id

    @property
    def words(self) -> int:
        """How many words are shown."""
        return sum(turn.words for turn in self.turns)

    def speaker_of(self, passage: "Turn | Quote") -> Speaker | None:
        """Return who speaks in the turn or quote or, if unknown, who probably does; None if nobody can tell."""
        return self.speaker(passage.speaker) if passage.speaker else _called(passage.speaker_draft, self.drafted)

    def part(self, slug: str) -> Speaker | None:
        """Return the part that the person with this slug has or, if no turn of theirs is confirmed, probably has."""
        return self.speaker(slug) or _called(slug, self.drafted)

    def speaker(self, slug: str | None) -> Speaker | None:
        """Return the part that the person with this slug has in the conversation, or None."""
        return _called(slug, self.speakers)


def _called(slug: str | None, speakers: Iterable[Speaker]) -> Speaker | None:
    for speaker in speakers:  # a plain loop: this runs for each turn of each page
        if speaker.person == slug:
            return speaker
    return None


@dataclass(frozen=True, slots=True)
class Withheld:
    """A conversation of which nothing is published except that it is withheld.

    No other value of a book refers to it, so no page, list, index or export can show it.
    """

    slug: str
    path: str
    reason: Problem  # what its curator has to fix; contains no word of the conversation


@dataclass(frozen=True, slots=True)
class TextSelector:
    """Words of a transcript that a curator wrote down to name a place, and the line on which they stand."""

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

    problems: what is wrong with its file; the faulty values are left out of the other fields.
    incomplete: whether that may change what is published about it. If so, no book contains the topic; it is only
        checked for further problems.
    """

    slug: str
    path: str
    title: str
    body: str  # Markdown
    body_line: int = 1  # line of the file on which the body starts
    kind: str = "concept"
    summary: str = ""
    aliases: tuple[str, ...] = ()
    hidden_labels: tuple[str, ...] = ()  # as in SKOS: phrases that find its passages but are not shown as names
    excepted: tuple[str, ...] = ()  # phrases that contain one of its names but don't mean it
    related: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    pins: tuple[TextSelector, ...] = ()
    hides: tuple[TextSelector, ...] = ()
    status: str = "draft"
    rank: int = 0  # among proposed topics, from 1; 0 if the file has none
    checked: datetime.date | None = None  # when it was last compared with its sources
    redirect_from: tuple[tuple[str, int], ...] = ()  # (old address, line of the file)
    lines: tuple[tuple[str, int], ...] = ()  # (topic, line of the file) for those in related and broader
    problems: tuple[Problem, ...] = field(default=(), compare=False)
    incomplete: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The title and the aliases."""
        return (self.title, *self.aliases)


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage of one turn with an address of its own. It has no text, only its span."""

    id: str
    transcript: str  # slug
    turn: str  # id
    speaker: str | None
    start: int
    end: int
    topics: tuple[str, ...]
    pinned: bool = False
    speaker_draft: str | None = None  # that of its turn

    @property
    def attributed(self) -> str | None:
        """The slug used to make its id; see Turn.attributed."""
        return self.speaker or self.speaker_draft


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one turn that is about a topic.

    score: how surely it is about the topic, from 0 to 1.
    quote: the id of the quote that is taken from it; None if there is none.
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
    """A sentence that names a topic but is in none of the passages about it."""

    topic: str
    transcript: str
    start: int
    end: int
