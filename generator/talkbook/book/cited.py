"""What can be cited: a quote with everything that citations say about it, and a page."""

import datetime
from dataclasses import dataclass
from typing import Literal

from talkbook.text.person_names import PersonName

_KINDS = {"video": "Video podcast episode", "audio": "Audio podcast episode", "": "Podcast episode"}


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quote to be cited.

    paragraphs: its words as shown.
    speaker: None if unknown.
    title: of the episode or conversation.
    address: the absolute address of the quote.
    label: the text of links to the quote.
    site: the name of the site that publishes the quote.
    show: the show that the episode is part of; "" if none.
    source: the address of the episode; "" if unknown.
    duration: of the episode, such as 54:56.
    time: when it is said in the episode, such as 34:10.
    section: the title of the section.
    drafted: whether the speaker is a proposal that nobody has confirmed.
    embed: the address of the page to show in a frame.
    """

    id: str
    paragraphs: tuple[str, ...]
    speaker: PersonName | None
    title: str
    address: str
    label: str
    site: str
    show: str = ""
    hosts: tuple[PersonName, ...] = ()
    date: datetime.date | None = None
    source: str = ""
    medium: Literal["", "audio", "video"] = ""
    duration: str = ""
    time: str = ""
    section: str = ""
    drafted: bool = False
    embed: str = ""

    @property
    def by(self) -> str:
        """The speaker, for readers."""
        if not self.speaker:
            return "Speaker not known"
        return f"probably {self.speaker.whole}" if self.drafted else self.speaker.whole

    @property
    def doubt(self) -> str:
        """What follows the speaker's name in a reference if nobody has confirmed it."""
        return " [probably]" if self.drafted and self.speaker else ""

    @property
    def by_host(self) -> bool:
        """Whether the speaker is a host."""
        return any(host == self.speaker for host in self.hosts)

    @property
    def interview(self) -> bool:
        """Whether hosts interview the speaker."""
        return bool(self.speaker and self.hosts) and not self.by_host

    @property
    def kind(self) -> str:
        """The medium in words."""
        return _KINDS[self.medium] if self.show else self.medium.capitalize()


@dataclass(frozen=True, slots=True)
class Article:
    """A page to be cited. address: absolute. site: the name of the site that it is part of."""

    id: str
    title: str
    address: str
    site: str
