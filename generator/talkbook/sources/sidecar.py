"""The sidecar: what a curator records about one transcript, beside the transcript."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from talkbook.model import Words
from talkbook.problems import Problem, Refused, did_you_mean
from talkbook.sources import yaml_schema

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Who:
    """A speaker as the sidecar introduces them; `labels` are what the transcript calls them."""

    key: str
    name: str
    role: str = ""
    labels: tuple[str, ...] = ()
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class TurnAt:
    """From these words on this speaker has the word; `speaker` is a key, None for unknown."""

    at: Words
    speaker: str | None


@dataclass(frozen=True, slots=True)
class SectionAt:
    """From these words on the conversation is in this section."""

    at: Words
    title: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class CorrectionIn:
    """In this passage, the word `heard` should read `means`."""

    passage: Words
    heard: str
    means: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Private:
    """What is said between these words, both included, is not published."""

    start: Words
    end: Words


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
    format: str = ""
    encoding: str = ""
    tags: tuple[str, ...] = ()
    speakers: tuple[Who, ...] = ()
    turns: tuple[TurnAt, ...] = ()
    sections: tuple[SectionAt, ...] = ()
    corrections: tuple[CorrectionIn, ...] = ()
    private: tuple[Private, ...] = ()


_TEXTS = ("title", "show", "episode", "description", "duration", "url", "media", "format", "encoding")


def read(text: str, path: str) -> Sidecar:
    """The sidecar in a file's text. Raises Refused with every fault found."""
    document = yaml_schema.read(text, path, "sidecar")
    data = document.data
    speakers = tuple(
        Who(key, value["name"], value.get("role", ""), tuple(value.get("labels", ())), document.line("speakers", key))
        for key, value in data.get("speakers", {}).items()
    )
    faults: list[Problem] = []
    if UNKNOWN in data.get("speakers", {}):
        message = f'The key "{UNKNOWN}" stands for nobody.'
        faults.append(Problem(path, document.line("speakers", UNKNOWN), message, "Give the speaker another key."))
    turns = tuple(
        _turn(line, item, {who.key for who in speakers}, path, faults) for line, item in _list(document, "turns")
    )
    when = _date(document, faults)
    if faults:
        raise Refused(*faults)
    return Sidecar(
        path=path,
        **{key: data.get(key, "") for key in _TEXTS},
        date=when,
        tags=tuple(data.get("tags", ())),
        speakers=speakers,
        turns=turns,
        sections=tuple(
            SectionAt(Words(item["at"], line), item["title"], item.get("kind", ""))
            for line, item in _list(document, "sections")
        ),
        corrections=tuple(
            CorrectionIn(Words(item["in"], line), item["heard"], item["means"], item.get("why", ""))
            for line, item in _list(document, "corrections")
        ),
        private=tuple(
            Private(Words(item["from"], line), Words(item["to"], line)) for line, item in _list(document, "private")
        ),
    )


_list = yaml_schema.items


def _turn(line: int, item: dict[str, Any], known: set[str], path: str, faults: list[Problem]) -> TurnAt:
    ((key, words),) = item.items()
    if key not in known and key != UNKNOWN:
        cure = did_you_mean(key, [*known, UNKNOWN]) or 'Add the key under "speakers".'
        faults.append(Problem(path, line, f'There is no speaker "{key}".', cure))
    return TurnAt(Words(words, line), None if key == UNKNOWN else key)


def _date(document: yaml_schema.Document, faults: list[Problem]) -> datetime.date | None:
    value = document.data.get("date", "")
    try:
        return datetime.date.fromisoformat(value) if value else None
    except ValueError:
        faults.append(Problem(document.path, document.line("date"), f'There is no day "{value}".', "Write 2025-12-31."))
        return None
