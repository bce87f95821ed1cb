"""The files of transcripts and of what is said of them, each with its own, and what is withheld for want of one.

Where a file that may say what is private in a transcript can't be read, or its name is nearly right, nobody knows
what must not be published: then nothing of that transcript is.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from talkbook.model import Withheld
from talkbook.problems import Problem
from talkbook.sources import sidecar_names
from talkbook.sources.opening import Folder
from talkbook.sources.source import Source
from talkbook.text import ids


@dataclass(slots=True)
class TranscriptFiles:
    """The transcripts and what is said of them, as Sources has it."""

    place: Folder
    transcripts: list[Source] = field(default_factory=list)
    sidecars: dict[str, Source] = field(default_factory=dict)
    strays: list[Source] = field(default_factory=list)
    withheld: dict[str, Withheld] = field(default_factory=dict)
    paths: dict[str, str] = field(default_factory=dict)  # by slug, of every transcript, one that can't be read included
    names: dict[str, str] = field(default_factory=dict)  # slug by the file's whole name in lower case

    def name(self, path: str, slug: str) -> None:
        """There is such a transcript."""
        self.paths.setdefault(slug, path)
        self.names.setdefault(path.rpartition("/")[2].casefold(), slug)

    def owner(self, name: str) -> str:
        """The slug of the transcript that a file of this name says something of; "" if there is none."""
        for stem in sidecar_names.stems(name):
            slug = self.names.get(stem.casefold()) or ids.slug(stem)
            if slug in self.paths:
                return slug
        return ""

    def withhold(self, slug: str, reason: Problem) -> None:
        """Let nothing of the transcript be published."""
        self.withheld.setdefault(slug, Withheld(slug, self.paths[slug], reason))

    def withhold_by_name(self, name: str, reason: Problem) -> None:
        """Let nothing be published of the transcript that a file of this name may say something of."""
        owner = self.owner(name)
        for slug in [owner] if owner else sidecar_names.nearest(name, self.paths):
            self.withhold(slug, reason)


def find(place: Folder) -> TranscriptFiles:
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
    found.transcripts += place.sources(spoken)
    for source in found.transcripts:
        found.name(source.path, source.slug)
    for each in place.unread:
        if not sidecar_names.stems(each.path.name) and not each.path.is_dir():
            slug = ids.slug(each.path.stem)
            found.name(each.problem.path, slug)
            found.withhold(slug, each.problem)
    _sidecars(found, sidecars)
    _misnamed(found, misnamed)
    for each in place.unread:
        if not each.folder and sidecar_names.stems(each.path.name):
            found.withhold_by_name(each.path.name, each.problem)
    for each in place.unread:
        for slug in found.paths if each.folder else ():
            if slug not in found.sidecars:  # it may lie in there
                found.withhold(slug, each.problem)
    _strays(found)
    return found


def _sidecars(found: TranscriptFiles, files: Iterable[os.DirEntry[str]]) -> None:
    place = found.place
    for source in place.sources(files):
        owner = found.owner(source.path.rpartition("/")[2])
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
        if sidecar_names.backup(file.name) and found.owner(file.name) in found.sidecars:
            continue  # an editor's copy of it
        message = "This looks like a sidecar, and its name is none."
        hint = f"Name it {sidecar_names.stems(file.name)[-1]}.yml, or remove it."
        found.withhold_by_name(file.name, found.place.say(Path(file.path), message, hint))


def _strays(found: TranscriptFiles) -> None:
    place = found.place
    for path in place.strays():
        owner = found.owner(path.name)
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
