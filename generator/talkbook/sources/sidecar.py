"""The sidecar: what a curator records about one transcript, beside the transcript."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from talkbook.model import TextSelector
from talkbook.problems import ParseError, Problem, did_you_mean
from talkbook.sources import yaml_schema

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class SpeakerEntry:
    """A speaker as the sidecar introduces them; `labels` are what the transcript calls them."""

    key: str
    name: str
    role: str = ""
    labels: tuple[str, ...] = ()
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class TurnEntry:
    """From these words on this speaker has the word; `speaker` is a key, None for unknown."""

    at: TextSelector
    speaker: str | None


@dataclass(frozen=True, slots=True)
class SectionEntry:
    """From these words on the conversation is in this section."""

    at: TextSelector
    title: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class CorrectionEntry:
    """In this passage, the word `heard` should read `means`. changes_sense: whether the captions say something else."""

    passage: TextSelector
    heard: str
    means: str
    why: str = ""
    changes_sense: bool = False

    @property
    def shown(self) -> str:
        """What is shown instead: in brackets where it changes the sense, as editors mark words that are theirs."""
        return f"[{self.means}]" if self.changes_sense else self.means


@dataclass(frozen=True, slots=True)
class PrivateEntry:
    """What is said between these words, both included, is not published. path: of the file that says so."""

    start: TextSelector
    end: TextSelector
    path: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Sidecar:
    """All that a sidecar says; every field is empty where it says nothing."""

    path: str = ""
    title: str = ""
    date: datetime.date | None = None
    show: str = ""
    episode: str = ""
    description: str = ""
    duration: str = ""
    url: str = ""
    media: str = ""
    language: str = ""  # as in <html lang>
    format: str = ""
    encoding: str = ""
    tags: tuple[str, ...] = ()
    nobody: tuple[str, ...] = ()  # labels of the transcript that name nobody
    speakers: tuple[SpeakerEntry, ...] = ()
    turns: tuple[TurnEntry, ...] = ()
    proposed_speakers: tuple[SpeakerEntry, ...] = ()  # who probably speaks
    proposed_turns: tuple[TurnEntry, ...] = ()  # of speakers of either list; nobody has checked them
    sections: tuple[SectionEntry, ...] = ()
    proposed_sections: tuple[SectionEntry, ...] = ()
    proposed_corrections: int = 0  # they do nothing, and are only counted
    corrections: tuple[CorrectionEntry, ...] = ()
    private: tuple[PrivateEntry, ...] = ()
    unknown_keys: tuple[str, ...] = ()  # of front matter that other tools have written
    takeaways: tuple[TextSelector, ...] = ()  # passages for the start page: first words … last words


_TEXTS = ("title", "show", "episode", "description", "duration", "url", "media", "language", "format", "encoding")


def read(text: str, path: str) -> Sidecar:
    """The sidecar in a file's text. Raises ParseError with every fault found."""
    document = yaml_schema.read(text, path, "sidecar")
    data = document.data
    speakers, proposed = (tuple(_speakers(document, key)) for key in ("speakers", "proposed_speakers"))
    faults: list[Problem] = []
    for key in ("speakers", "proposed_speakers"):
        if UNKNOWN in data.get(key, {}):
            message = f'The key "{UNKNOWN}" stands for nobody.'
            faults.append(Problem(path, document.line(key, UNKNOWN), message, "Give the speaker another key."))
    known = {who.key for who in speakers}
    turns = tuple(_turn(line, item, known, path, faults) for line, item in _list(document, "turns"))
    known |= {who.key for who in proposed}
    probably = tuple(_turn(line, item, known, path, faults) for line, item in _list(document, "proposed_turns"))
    when = _date(document, faults)
    if faults:
        raise ParseError(*faults)
    return Sidecar(
        path=path,
        **{key: data.get(key, "") for key in _TEXTS},
        date=when,
        tags=tuple(data.get("tags", ())),
        nobody=tuple(data.get("nobody", ())),
        speakers=speakers,
        turns=turns,
        proposed_speakers=proposed,
        proposed_turns=probably,
        sections=_sections(document, "sections"),
        proposed_sections=_sections(document, "proposed_sections"),
        proposed_corrections=len(data.get("proposed_corrections", ())),
        corrections=tuple(
            CorrectionEntry(
                TextSelector(item["in"], line), item["heard"], item["means"], item.get("why", ""), "sense" in item
            )
            for line, item in _list(document, "corrections")
        ),
        private=private(document),
        takeaways=tuple(
            TextSelector(words, document.line("takeaways", at)) for at, words in enumerate(data.get("takeaways", ()))
        ),
    )


def _sections(document: yaml_schema.Document, key: str) -> tuple[SectionEntry, ...]:
    return tuple(
        SectionEntry(TextSelector(item["at"], line), item["title"], item.get("kind", ""))
        for line, item in _list(document, key)
    )


def private(document: yaml_schema.Document) -> tuple[PrivateEntry, ...]:
    """The private passages that a document names."""
    return tuple(
        PrivateEntry(TextSelector(item["from"], line), TextSelector(item["to"], line), document.path)
        for line, item in _list(document, "private")
    )


_list = yaml_schema.items


def _speakers(document: yaml_schema.Document, key: str) -> Iterator[SpeakerEntry]:
    for name, value in document.data.get(key, {}).items():
        labels = tuple(value.get("labels", ()))
        yield SpeakerEntry(name, value["name"], value.get("role", ""), labels, document.line(key, name))


def _turn(line: int, item: dict[str, Any], known: set[str], path: str, faults: list[Problem]) -> TurnEntry:
    ((key, words),) = item.items()
    if key not in known and key != UNKNOWN:
        hint = did_you_mean(key, [*known, UNKNOWN]) or 'Add the key under "speakers".'
        faults.append(Problem(path, line, f'There is no speaker "{key}".', hint))
    return TurnEntry(TextSelector(words, line), None if key == UNKNOWN else key)


def _date(document: yaml_schema.Document, faults: list[Problem]) -> datetime.date | None:
    value = document.data.get("date", "")
    try:
        return datetime.date.fromisoformat(value) if value else None
    except ValueError:
        faults.append(Problem(document.path, document.line("date"), f'There is no day "{value}".', "Write 2025-12-31."))
        return None
