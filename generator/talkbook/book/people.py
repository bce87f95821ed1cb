"""People: everybody who speaks, with what `people.yml` says of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from talkbook.model import Person, Transcript
from talkbook.problems import Problem, did_you_mean
from talkbook.sources import yaml_schema
from talkbook.text import ids, speaker_labels


@dataclass(frozen=True, slots=True)
class PersonEntry:
    """What people.yml says of one person; `labels` are what transcripts call them."""

    name: str
    line: int
    description: str = ""
    url: str = ""
    labels: tuple[str, ...] = ()
    family: str = ""


def read(text: str, path: str) -> tuple[PersonEntry, ...]:
    """The entries in a file's text. Raises ParseError with every fault found."""
    document = yaml_schema.read(text, path, "people")
    return tuple(
        PersonEntry(
            name,
            document.line(name),
            " ".join(value.get("description", "").split()),
            value.get("url", ""),
            tuple(value.get("labels", ())),
            value.get("family", ""),
        )
        for name, value in document.data.items()
    )


def labels(entries: Iterable[PersonEntry]) -> Mapping[str, str]:
    """What transcripts call people, and their names."""
    return {label: entry.name for entry in entries for label in (*entry.labels, entry.name)}


def gather(entries: Iterable[PersonEntry], transcripts: Iterable[Transcript]) -> tuple[Person, ...]:
    """Everybody who speaks, or probably does, in one of the transcripts, with what the entries say of them, by name."""
    known = {_known(entry.name): entry for entry in entries}
    names: dict[str, str] = {}
    for speaker in (each for transcript in transcripts for each in (*transcript.drafted, *transcript.speakers)):
        if not (speaker.drafted and speaker_labels.anonymous(speaker.name)):
            names[speaker.person] = max(speaker.name, names.get(speaker.person, ""), key=_as_a_name)
    return tuple(
        Person(slug, entry.name, entry.description, entry.url, entry.family)
        if (entry := known.get(_known(name)))
        else Person(slug, name)
        for slug, name in sorted(names.items(), key=lambda item: (item[1].lower(), item[0]))
    )


def _as_a_name(spelling: str) -> bool:
    """Whether it has capitals and small letters, where one transcript has "Sam Boyer" and another "sam boyer"."""
    return any(map(str.isupper, spelling)) and not spelling.isupper()


def _known(name: str) -> tuple[str, str]:
    return ids.slug(name), ids.letters(name)


def slug_collisions(transcripts: Iterable[Transcript]) -> Iterable[Problem]:
    """A problem for each name that would share a page with another name of another transcript."""
    first: dict[str, tuple[str, str]] = {}
    for transcript in transcripts:
        path = transcript.editable
        for speaker in transcript.speakers:
            name, where = first.setdefault(speaker.person, (speaker.name, path))
            if ids.letters(name) != ids.letters(speaker.name):
                message = f'"{speaker.name}" and "{name}" of {where} would both be "{speaker.person}" in addresses.'
                yield Problem(path, 0, message, f"In people.yml, {_hint(speaker.name, name)}")


def _hint(one: str, other: str) -> str:
    apart = f'"{one} (of Rome)": {{labels: ["{one}"]}}'
    same = f'if they are the same person, add "{one}" to the labels of "{other}"'
    return f"give one of them a longer name, such as {apart}; or, {same}."


def unknown_people(entries: Iterable[PersonEntry], people: Iterable[Person], path: str) -> Iterable[Problem]:
    """A warning for each entry of somebody who is none of the people: most likely a misspelt name.

    people: who speak. path: of the entries' file.
    """
    names = [person.name for person in people]
    spoken = {*map(_known, names)}
    for entry in entries:
        if _known(entry.name) not in spoken:
            hint = did_you_mean(entry.name, names) or "Remove the entry."
            yield Problem(path, entry.line, f'"{entry.name}" doesn\'t speak in any transcript.', hint, warning=True)
