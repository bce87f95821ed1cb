"""The sidecar: what a curator records about one transcript, beside the transcript."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from talkbook.model import TextSelector
from talkbook.problems import Problem, did_you_mean
from talkbook.sources import yaml_schema

UNKNOWN = "unknown"
_PRIVATE = ("private",)
_PRIVATE_KEYS = frozenset(("from", "to", "why"))
_CASTS = ("speakers", "proposed_speakers")
_ALIKE = 75  # of 100: likeness from which a key may be a misspelt one


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
    """All that a sidecar says; every field is empty where it says nothing.

    problems: what is wrong with it and left out of the other fields, the gravest first. doubtful: whether it can't be
    told for that what it says is private; then nothing of its transcript may be published.
    """

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
    corrections: tuple[CorrectionEntry, ...] = ()
    proposed_corrections: tuple[CorrectionEntry, ...] = ()  # they do nothing
    private: tuple[PrivateEntry, ...] = ()
    unknown_keys: tuple[str, ...] = ()  # of front matter that other tools have written
    takeaways: tuple[TextSelector, ...] = ()  # passages for the start page: first words … last words
    problems: tuple[Problem, ...] = field(default=(), compare=False)
    doubtful: bool = False


_TEXTS = ("title", "show", "episode", "description", "duration", "url", "media", "language", "format", "encoding")


def read(text: str, path: str) -> Sidecar:
    """The sidecar in a file's text. Raises ParseError where the text is no YAML."""
    document = yaml_schema.read_valid(text, path, "sidecar")
    data = document.data
    grave: list[Problem] = []
    slight: list[Problem] = []
    for fault in document.faults:
        (slight if fault.wording and fault.at[:1] != _PRIVATE else grave).append(fault.problem)
    speakers, proposed = (tuple(_speakers(document, key, slight)) for key in _CASTS)
    turns = tuple(_turns(document, "turns", speakers, grave, slight))
    probably = tuple(_turns(document, "proposed_turns", (*speakers, *proposed), grave, slight))
    return Sidecar(
        path=path,
        **{key: data.get(key, "") for key in _TEXTS},
        date=yaml_schema.day(document, "date", slight),
        tags=tuple(data.get("tags", ())),
        nobody=tuple(data.get("nobody", ())),
        speakers=speakers,
        turns=turns,
        proposed_speakers=proposed,
        proposed_turns=probably,
        sections=_sections(document, "sections"),
        proposed_sections=_sections(document, "proposed_sections"),
        corrections=_corrections(document, "corrections"),
        proposed_corrections=_corrections(document, "proposed_corrections"),
        private=private(document),
        problems=(*grave, *slight),
        doubtful=bool(grave),
        takeaways=tuple(TextSelector(words, line) for line, words in yaml_schema.items(document, "takeaways")),
    )


def _sections(document: yaml_schema.Document, key: str) -> tuple[SectionEntry, ...]:
    return tuple(
        SectionEntry(TextSelector(item["at"], line), item["title"], item.get("kind", ""))
        for line, item in yaml_schema.items(document, key)
    )


def _corrections(document: yaml_schema.Document, key: str) -> tuple[CorrectionEntry, ...]:
    return tuple(
        CorrectionEntry(
            TextSelector(item["in"], line), item["heard"], item["means"], item.get("why", ""), "sense" in item
        )
        for line, item in yaml_schema.items(document, key)
    )


def private(document: yaml_schema.Document) -> tuple[PrivateEntry, ...]:
    """The private passages that a document names."""
    return tuple(
        PrivateEntry(TextSelector(item["from"], line), TextSelector(item["to"], line), document.path)
        for line, item in yaml_schema.items(document, "private")
    )


def _speakers(document: yaml_schema.Document, key: str, slight: list[Problem]) -> Iterator[SpeakerEntry]:
    for name, value in document.data.get(key, {}).items():
        if name == UNKNOWN:
            message = f'The key "{UNKNOWN}" stands for nobody.'
            slight.append(Problem(document.path, document.line(key, name), message, "Give the speaker another key."))
            continue
        labels = tuple(value.get("labels", ()))
        yield SpeakerEntry(name, value["name"], value.get("role", ""), labels, document.line(key, name))


def _turns(
    document: yaml_schema.Document,
    key: str,
    speakers: Sequence[SpeakerEntry],
    grave: list[Problem],
    slight: list[Problem],
) -> Iterator[TurnEntry]:
    """The turns in the list under `key`. A speaker who isn't known is a problem, and then it isn't known who speaks."""
    known = {who.key for who in speakers}
    casts = [fault.at for fault in document.faults if fault.at and fault.at[0] in _CASTS]
    introduced = {UNKNOWN, *known, *(at[1] for at in casts if len(at) > 1)}  # with those of whom something is wrong
    for line, item in yaml_schema.items(document, key):
        ((speaker, words),) = item.items()
        if speaker not in introduced and all(len(at) > 1 for at in casts):
            hint = did_you_mean(speaker, [*known, UNKNOWN]) or 'Add the key under "speakers".'
            problem = Problem(document.path, line, f'There is no speaker "{speaker}".', hint)
            (grave if _names_private(speaker) else slight).append(problem)
        yield TurnEntry(TextSelector(words, line), speaker if speaker in known else None)


def _names_private(key: str) -> bool:
    """Whether a key that is no speaker's may be one of `private`, which has come to stand in the wrong place."""
    return key.casefold() in _PRIVATE_KEYS or fuzz.ratio(key.casefold(), *_PRIVATE) >= _ALIKE
