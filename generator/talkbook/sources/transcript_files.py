"""The files of transcripts and of what is said of them, each with its own, and what is withheld for want of one.

Where a file that may say what is private in a transcript can't be read, or its name is nearly right, nobody knows
what must not be published: then nothing of that transcript is.
"""

import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from talkbook.model import Withheld
from talkbook.problems import ParseError, Problem
from talkbook.sources import conversation_names, show, sidecar_names
from talkbook.sources.opening import OpenedFolder
from talkbook.sources.source import Source
from talkbook.text import ids

_SHOW = "show"  # the name, without its ending, of a show's file


@dataclass(slots=True)
class TranscriptFiles:
    """The transcripts and what is said of them, as Sources has it."""

    place: OpenedFolder
    transcripts: list[Source] = field(default_factory=list)
    sidecars: dict[str, Source] = field(default_factory=dict)
    strays: list[Source] = field(default_factory=list)
    withheld: dict[str, Withheld] = field(default_factory=dict)
    versions: dict[str, tuple[Source, ...]] = field(default_factory=dict)
    shows: dict[str, Source] = field(default_factory=dict)
    paths: dict[str, str] = field(default_factory=dict)  # by slug, of every transcript, one that can't be read included
    names: dict[str, set[str]] = field(default_factory=dict)  # slugs by the name of a file, with its ending and without
    alone: set[str] = field(default_factory=set)  # folders whose files are versions of one conversation
    places: dict[tuple[str, str], str] = field(default_factory=dict)  # slug by the folder and such a name

    def called(self, folder: str, stem: str) -> str:
        """The name of the conversation in a file of this name in a folder below transcripts/."""
        return conversation_names.name(folder, stem, alone=folder in self.alone)

    def slug(self, folder: str, stem: str) -> str:
        """The address of the conversation in a file of this name in a folder below transcripts/."""
        name = self.called(folder, stem)
        above = [folder, *map(str, PurePosixPath(folder).parents)] if folder else [""]
        for each in above:
            if file := self.shows.get("" if each == "." else each):
                with suppress(ParseError):
                    return show.read(file).slug(name)
        return ids.slug(name)

    def name(self, path: str, folder: str, slug: str) -> None:
        """There is such a transcript."""
        self.paths.setdefault(slug, path)
        file = PurePosixPath(path)
        for called in {ids.slug(file.name), ids.slug(file.stem)}:
            self.names.setdefault(called, set()).add(slug)
            self.places.setdefault((folder, called), slug)

    def owner(self, folder: str, name: str) -> str:
        """The slug of the transcript that a file of this name in a folder says something of; "" if there is none."""
        for stem in sidecar_names.stems(name):
            called = ids.slug(stem)
            found = self.names.get(called, set())
            alone = next(iter(found)) if len(found) == 1 else ""
            for slug in (self.places.get((folder, called), ""), self.slug(folder, stem), called, alone):
                if slug in self.paths:
                    return slug
        return ""

    def withhold(self, slug: str, reason: Problem) -> None:
        """Let nothing of the transcript be published."""
        self.withheld.setdefault(slug, Withheld(slug, self.paths[slug], reason))

    def withhold_by_name(self, path: Path, reason: Problem) -> None:
        """Let nothing be published of the transcript that the file may say something of."""
        owner = self.owner(self.place.below(path), path.name)
        alike = {slug for stem in sidecar_names.stems(path.name) for slug in self.names.get(ids.slug(stem), ())}
        for slug in [owner] if owner else alike or sidecar_names.nearest(path.name, self.paths):
            self.withhold(slug, reason)


def find(place: OpenedFolder) -> TranscriptFiles:
    """What stands in the folder transcripts/, and elsewhere in the content folder where it would belong there."""
    found = TranscriptFiles(place)
    sidecars: list[os.DirEntry[str]] = []
    misnamed: list[os.DirEntry[str]] = []
    spoken: list[os.DirEntry[str]] = []
    for file in place.files("transcripts"):
        if sidecar_names.sidecar(file.name):
            sidecars.append(file)
        elif sidecar_names.misnamed(file.name):
            misnamed.append(file)
        elif not sidecar_names.backup(file.name):
            spoken.append(file)
        elif not file.name.endswith(("~", "#")):  # as editors leave them behind
            hint = "Remove it, or name it as transcripts are named."
            place.say(
                Path(file.path), "This looks like a copy that was set aside, and is left out.", hint, warning=True
            )
    stems: dict[str, set[str]] = {}
    for path in (*(Path(file.path) for file in spoken), *(each.path for each in place.unread)):
        stems.setdefault(place.below(path), set()).add(path.stem)
    found.alone.update(folder for folder, inside in stems.items() if conversation_names.alone(inside))
    sidecars = _shows(found, sidecars, spoken)
    _transcripts(found, spoken)
    for each in place.unread:
        if not sidecar_names.stems(each.path.name) and not each.path.is_dir():
            folder = place.below(each.path)
            slug = found.slug(folder, each.path.stem)
            found.name(each.problem.path, folder, slug)
            found.withhold(slug, each.problem)
    _sidecars(found, sidecars)
    _misnamed(found, misnamed)
    for each in place.unread:
        if not each.folder and sidecar_names.stems(each.path.name):
            found.withhold_by_name(each.path, each.problem)
    for each in place.unread:
        for slug in found.paths if each.folder else ():
            if slug not in found.sidecars:  # it may lie in there
                found.withhold(slug, each.problem)
    _strays(found)
    return found


def _shows(
    found: TranscriptFiles, files: Iterable[os.DirEntry[str]], spoken: Iterable[os.DirEntry[str]]
) -> list[os.DirEntry[str]]:
    """The files without those of shows, which are taken up. Where a transcript is called "show", its sidecar may be."""
    sidecars = list(files)
    if any(ids.slug(Path(each.name).stem) == _SHOW for each in spoken):
        return sidecars
    theirs = [each for each in sidecars if Path(each.name).stem.casefold() == _SHOW]
    for source in found.place.sources(theirs):
        found.shows[source.folder] = source
        try:
            show.read(source)
        except ParseError as refused:
            found.place.problems.extend(refused.problems)
    return [each for each in sidecars if each not in theirs]


def _transcripts(found: TranscriptFiles, files: Iterable[os.DirEntry[str]]) -> None:
    """Take up the transcripts; files of one folder that differ in their endings are versions of one conversation."""
    together: dict[tuple[str, str], list[Source]] = {}
    for source in found.place.sources(files):
        stem = PurePosixPath(source.path).stem
        slug, name = found.slug(source.folder, stem), found.called(source.folder, stem)
        found.name(source.path, source.folder, slug)
        together.setdefault((source.folder, slug), []).append(replace(source, slug=slug, name=name))
    for (_, slug), versions in together.items():
        found.transcripts.append(versions[0])
        if len(versions) > 1:
            found.versions.setdefault(slug, tuple(versions))


def _sidecars(found: TranscriptFiles, files: Iterable[os.DirEntry[str]]) -> None:
    place = found.place
    for source in place.sources(files):
        owner = found.owner(source.folder, source.path.rpartition("/")[2])
        held = found.sidecars.get(owner)
        if held:
            message = f"{held.path} is a sidecar of the same transcript."
            problem = Problem(source.path, 0, message, "Put all into one of them.")
            place.problems.append(problem)
            found.withhold(owner, problem)
        else:
            slug = owner or source.slug
            found.sidecars[source.path if slug in found.sidecars else slug] = replace(source, slug=slug)


def _misnamed(found: TranscriptFiles, files: Iterable[os.DirEntry[str]]) -> None:
    for file in files:
        path = Path(file.path)
        if sidecar_names.backup(file.name) and found.owner(found.place.below(path), file.name) in found.sidecars:
            continue  # an editor's copy of it
        message = "This looks like a sidecar, but isn't named like one."
        hint = f"Name it {sidecar_names.stems(file.name)[-1]}.yml, or remove it."
        found.withhold_by_name(path, found.place.say(path, message, hint))


def _strays(found: TranscriptFiles) -> None:
    place = found.place
    for path in place.strays():
        owner = found.owner(place.below(path), path.name)
        if not owner or path.name.startswith(("._", ".#")):  # what systems and editors leave behind
            continue
        before = len(place.unread)
        source = next(place.sources([path]), None) if path.is_file() and place.inside(path) else None
        if source:
            found.strays.append(replace(source, slug=owner))
        elif len(place.unread) == before:
            place.say(path, "This is no file that can be read.", "Put a file here, or remove it.")
        if not source:
            found.withhold(owner, place.problems[-1])
