"""Everybody who speaks, with what `people.yml` says about them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from talkbook.model import Person, Transcript
from talkbook.problems import Problem, did_you_mean
from talkbook.sources import yaml_schema
from talkbook.text import ids, speaker_labels


@dataclass(frozen=True, slots=True)
class PersonEntry:
    """What people.yml says about one person. labels: what transcripts call them."""

    name: str
    line: int
    description: str = ""
    url: str = ""
    labels: tuple[str, ...] = ()
    family: str = ""


def read(text: str, path: str) -> tuple[PersonEntry, ...]:
    """Return the entries of people.yml. Raises ParseError with all errors found."""
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
    """Return label -> name. People's own names are included as labels."""
    return {label: entry.name for entry in entries for label in (*entry.labels, entry.name)}


def gather(entries: Iterable[PersonEntry], transcripts: Iterable[Transcript]) -> tuple[Person, ...]:
    """Return everybody who speaks, or probably does, in any of the transcripts, sorted by name."""
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
    """Return whether the spelling is that of a name: "Sam Boyer", not "sam boyer" or "SAM BOYER"."""
    return any(map(str.isupper, spelling)) and not spelling.isupper()


def _known(name: str) -> tuple[str, str]:
    return ids.slug(name), ids.letters(name)


def slug_collisions(transcripts: Iterable[Transcript]) -> Iterable[Problem]:
    """Yield a problem for each name that would get the same page as a different name in another transcript."""
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
    """Yield a warning for each entry about somebody who doesn't speak, most likely because of a misspelt name.

    people: everybody who speaks.
    path: the file of the entries.
    """
    names = [person.name for person in people]
    spoken = {*map(_known, names)}
    for entry in entries:
        if _known(entry.name) not in spoken:
            hint = did_you_mean(entry.name, names) or "Remove the entry."
            yield Problem(path, entry.line, f'"{entry.name}" doesn\'t speak in any transcript.', hint, warning=True)
