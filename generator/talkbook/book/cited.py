"""What is cited: a quote with all that a citation says of it, and a page."""

import datetime
from dataclasses import dataclass
from typing import Literal

from talkbook.text.person_names import PersonName

_KINDS = {"video": "Video podcast episode", "audio": "Audio podcast episode", "": "Podcast episode"}


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quote to be cited.

    paragraphs: its words as shown. speaker: None where nobody knows. drafted: whether who speaks is a proposal that
    nobody has confirmed. title: the episode's own, or that of the conversation. show: that it is an episode of.
    source: address of the episode, "" where it is not known. duration: of the episode, as 54:56. time: at which it is
    said, as 34:10; section: under which it stands. address: of the quote, whole. label: what its link is called.
    site: name of the site that has the quote. embed: address of the page to be shown in a frame.
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
        """Who says it, for readers."""
        if not self.speaker:
            return "Speaker not known"
        return f"probably {self.speaker.whole}" if self.drafted else self.speaker.whole

    @property
    def doubt(self) -> str:
        """What follows the speaker's name in a reference where nobody has confirmed it."""
        return " [probably]" if self.drafted and self.speaker else ""

    @property
    def by_host(self) -> bool:
        """Whether a host says it."""
        return any(host == self.speaker for host in self.hosts)

    @property
    def interview(self) -> bool:
        """Whether it is said by somebody whom the hosts ask."""
        return bool(self.speaker and self.hosts) and not self.by_host

    @property
    def kind(self) -> str:
        """What it is an episode of, or what is published, in words."""
        return _KINDS[self.medium] if self.show else self.medium.capitalize()


@dataclass(frozen=True, slots=True)
class Article:
    """A page to be cited: its id, title and whole address, and the site that it is part of."""

    id: str
    title: str
    address: str
    site: str
