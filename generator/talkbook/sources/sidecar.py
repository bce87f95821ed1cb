"""The sidecar: the file in which a curator records what a transcript doesn't say."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from talkbook.model import Metadata, TextSelector
from talkbook.problems import Problem, did_you_mean
from talkbook.sources import sidecar_names, yaml_schema

UNKNOWN = "unknown"
_PRIVATE = ("private",)
_CASTS = ("speakers", "proposed_speakers")
_ALIKE = 75  # of 100; a key this similar may be a misspelling


@dataclass(frozen=True, slots=True)
class SpeakerEntry:
    """A speaker as the sidecar introduces them. labels: what the transcript calls them."""

    key: str
    name: str
    role: str = ""
    labels: tuple[str, ...] = ()
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class TurnEntry:
    """The start of a turn. speaker: a key, or None for unknown."""

    at: TextSelector
    speaker: str | None


@dataclass(frozen=True, slots=True)
class SectionEntry:
    """The start of a section."""

    at: TextSelector
    title: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class CorrectionEntry:
    """A correction of `heard` to `means` in one passage. changes_sense: whether `heard` means something else."""

    passage: TextSelector
    heard: str
    means: str
    why: str = ""
    changes_sense: bool = False

    @property
    def shown(self) -> str:
        """What is shown instead; in brackets if the sense changes, as editors mark words of their own."""
        return f"[{self.means}]" if self.changes_sense else self.means


@dataclass(frozen=True, slots=True)
class PrivateEntry:
    """A private passage, from the first to the last words, both included. path: the file that says so."""

    start: TextSelector
    end: TextSelector
    path: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Sidecar(Metadata):
    """Everything that a sidecar says. A field is empty if the file doesn't set it.

    problems: what is wrong with it, the worst first; the faulty parts are left out of the other fields.
    doubtful: whether the problems make it unclear what is private. If so, nothing of its transcript may be published.
    """

    path: str = ""
    format: str = ""
    encoding: str = ""
    nobody: tuple[str, ...] = ()  # labels of the transcript that name nobody
    speakers: tuple[SpeakerEntry, ...] = ()
    turns: tuple[TurnEntry, ...] = ()
    proposed_speakers: tuple[SpeakerEntry, ...] = ()  # who probably speaks
    proposed_turns: tuple[TurnEntry, ...] = ()  # by speakers of either list; not confirmed by anyone
    sections: tuple[SectionEntry, ...] = ()
    proposed_sections: tuple[SectionEntry, ...] = ()
    corrections: tuple[CorrectionEntry, ...] = ()
    proposed_corrections: tuple[CorrectionEntry, ...] = ()  # not applied
    private: tuple[PrivateEntry, ...] = ()
    unknown_keys: tuple[str, ...] = ()  # of front matter written for other tools
    takeaways: tuple[TextSelector, ...] = ()  # passages for the start page: first words … last words
    problems: tuple[Problem, ...] = field(default=(), compare=False)
    doubtful: bool = False


_TEXTS = ("title", "show", "episode", "description", "duration", "url", "media", "language", "format", "encoding")


def read(text: str, path: str) -> Sidecar:
    """Parse a sidecar. Raises ParseError if the text is not YAML."""
    document = yaml_schema.read_valid(text, path, "sidecar")
    data = document.data
    grave: list[Problem] = []
    slight: list[Problem] = []
    for fault in document.faults:
        (slight if fault.wording and fault.at[:1] != _PRIVATE else grave).append(fault.problem)
    grave += swallowed(text, path)
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


def swallowed(text: str, path: str, first_line: int = 1) -> list[Problem]:
    """Return a problem for each value in valid YAML that contains a list of `private:`, as if indented by mistake."""
    message = "This text contains a list of what is private, but Talkbook doesn't look for that here."
    hint = 'Write "private:" without indentation. Until then, nothing of the transcript is published.'
    if not sidecar_names.mentions_private(text):
        return []
    lines = (first_line - 1 + line for line, value in yaml_schema.scalars(text) if sidecar_names.swallowed(value))
    return [Problem(path, line, message, hint) for line in lines]


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
    """Return the private passages that a document names."""
    return tuple(
        PrivateEntry(TextSelector(item["from"], line), TextSelector(item["to"], line), document.path)
        for line, item in yaml_schema.items(document, "private")
    )


def _speakers(document: yaml_schema.Document, key: str, slight: list[Problem]) -> Iterator[SpeakerEntry]:
    for name, value in document.data.get(key, {}).items():
        if name == UNKNOWN:
            message = f'The key "{UNKNOWN}" means that nobody knows who is speaking.'
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
    """Yield the turns in the list under `key`. An unknown speaker is reported, and the turn has no speaker."""
    known = {who.key for who in speakers}
    casts = [fault.at for fault in document.faults if fault.at and fault.at[0] in _CASTS]
    introduced = {UNKNOWN, *known, *(at[1] for at in casts if len(at) > 1)}  # also those whose entries have faults
    for line, item in yaml_schema.items(document, key):
        ((speaker, words),) = item.items()
        if speaker not in introduced and all(len(at) > 1 for at in casts):
            hint = did_you_mean(speaker, [*known, UNKNOWN]) or 'Add the key under "speakers".'
            problem = Problem(document.path, line, f'There is no speaker "{speaker}".', hint)
            (grave if _names_private(speaker) else slight).append(problem)
        yield TurnEntry(TextSelector(words, line), speaker if speaker in known else None)


def _names_private(key: str) -> bool:
    """Return whether the key of a turn may be a key of `private` that was indented wrongly or misspelled."""
    return key.casefold() in sidecar_names.PRIVATE_KEYS or fuzz.ratio(key.casefold(), *_PRIVATE) >= _ALIKE
