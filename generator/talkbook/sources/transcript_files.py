"""Match the files of transcripts with their sidecars and shows, and decide which transcripts must be withheld.

If a file that may say what is private can't be read or is misnamed, it is unknown what must not be published, so
nothing of its transcript is.
"""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from talkbook.model import Withheld
from talkbook.problems import ParseError, Problem
from talkbook.sources import conversation_names, show, sidecar_names
from talkbook.sources.opening import OpenedFolder
from talkbook.sources.source import Source
from talkbook.text import ids

_MISNAMED = "This looks like a sidecar, but isn't named like one."
_SHOW = "show"  # the name, without suffix, of a show's file


@dataclass(slots=True)
class TranscriptFiles:
    """The transcripts and the files about them, as in Sources."""

    content: OpenedFolder
    transcripts: list[Source] = field(default_factory=list)
    sidecars: dict[str, Source] = field(default_factory=dict)
    strays: list[Source] = field(default_factory=list)
    withheld: dict[str, Withheld] = field(default_factory=dict)
    versions: dict[str, tuple[Source, ...]] = field(default_factory=dict)
    shows: dict[str, Source] = field(default_factory=dict)
    paths: dict[str, str] = field(default_factory=dict)  # slug -> path, for all transcripts, readable or not
    by_name: dict[str, set[str]] = field(default_factory=dict)  # file name, with and without suffix -> slugs
    by_place: dict[tuple[str, str], str] = field(default_factory=dict)  # (folder, such a name) -> slug
    one_talk: set[str] = field(default_factory=set)  # folders whose files are versions of one conversation

    def conversation(self, folder: str, stem: str) -> str:
        """Return the name of the conversation in a file; folder: below transcripts/."""
        return conversation_names.name(folder, stem, one_talk=folder in self.one_talk)

    def slug(self, folder: str, stem: str) -> str:
        """Return the slug of the conversation in a file; folder: below transcripts/."""
        return show.nearest(folder, self.shows).slug(self.conversation(folder, stem))

    def add(self, path: str, folder: str, slug: str) -> None:
        """Register a transcript, whether or not it can be read."""
        self.paths.setdefault(slug, path)
        file = PurePosixPath(path)
        for name in {ids.slug(file.name), ids.slug(file.stem)}:
            self.by_name.setdefault(name, set()).add(slug)
            self.by_place.setdefault((folder, name), slug)

    def owner(self, folder: str, name: str) -> str:
        """Return the slug of the transcript to which a sidecar with this name and folder belongs, or ""."""
        for stem in sidecar_names.stems(name):
            own = ids.slug(stem)
            slugs = self.by_name.get(own, set())
            only = next(iter(slugs)) if len(slugs) == 1 else ""
            for slug in (self.by_place.get((folder, own), ""), self.slug(folder, stem), own, only):
                if slug in self.paths:
                    return slug
        return ""

    def withhold(self, slug: str, reason: Problem) -> None:
        """Withhold the transcript: nothing of it is published."""
        self.withheld.setdefault(slug, Withheld(slug, self.paths[slug], reason))

    def withhold_by_name(self, path: Path, reason: Problem) -> None:
        """Withhold every transcript to which the file may belong."""
        owner = self.owner(self.content.below(path), path.name)
        alike = {slug for stem in sidecar_names.stems(path.name) for slug in self.by_name.get(ids.slug(stem), ())}
        for slug in [owner] if owner else alike or sidecar_names.nearest(path.name, self.paths):
            self.withhold(slug, reason)


def collect(content: OpenedFolder) -> TranscriptFiles:
    """Collect the files in transcripts/, and those elsewhere in the content folder that belong there."""
    result = TranscriptFiles(content)
    sidecars: list[os.DirEntry[str]] = []
    misnamed: list[os.DirEntry[str]] = []
    transcripts: list[os.DirEntry[str]] = []
    for file in content.files("transcripts"):
        if sidecar_names.sidecar(file.name):
            sidecars.append(file)
        elif sidecar_names.misnamed(file.name):
            misnamed.append(file)
        elif not sidecar_names.backup(file.name):
            transcripts.append(file)
        elif not file.name.endswith(("~", "#")):  # editors leave these behind
            message = "This looks like a backup copy, so it is left out."
            content.report(Path(file.path), message, "Remove it, or give it the name of a transcript.", warning=True)
    stems: dict[str, set[str]] = {}
    for path in (*(Path(file.path) for file in transcripts), *(unread.path for unread in content.unread)):
        stems.setdefault(content.below(path), set()).add(path.stem)
    result.one_talk.update(folder for folder, inside in stems.items() if conversation_names.one_talk(inside))
    others = _shows(result, sidecars, transcripts)
    _transcripts(result, transcripts)
    _unnamed_sidecars(result)
    for unread in content.unread:
        if not sidecar_names.stems(unread.path.name) and not unread.path.is_dir():
            folder = content.below(unread.path)
            slug = result.slug(folder, unread.path.stem)
            result.add(unread.problem.path, folder, slug)
            result.withhold(slug, unread.problem)
    _sidecars(result, others)
    _misnamed(result, (Path(file.path) for file in misnamed))
    for unread in content.unread:
        if not unread.folder and sidecar_names.stems(unread.path.name):
            result.withhold_by_name(unread.path, unread.problem)
    for unread in content.unread:
        for slug in result.paths if unread.folder else ():
            if slug not in result.sidecars:  # its sidecar may be in that folder
                result.withhold(slug, unread.problem)
    _strays(result)
    return result


def _shows(
    result: TranscriptFiles, sidecars: Sequence[os.DirEntry[str]], transcripts: Iterable[os.DirEntry[str]]
) -> Sequence[os.DirEntry[str]]:
    """Read the files of shows, and return the remaining sidecars.

    If a transcript is called "show", such a file may be its sidecar, and is returned.
    """
    if any(ids.slug(Path(file.name).stem) == _SHOW for file in transcripts):
        return sidecars
    shows = [file for file in sidecars if Path(file.name).stem.casefold() == _SHOW]
    for source in result.content.sources(shows):
        result.shows[source.folder] = source
        try:
            show.read(source)
        except ParseError as refused:
            result.content.problems.extend(refused.problems)
    return [file for file in sidecars if file not in shows]


def _transcripts(result: TranscriptFiles, files: Iterable[os.DirEntry[str]]) -> None:
    """Add the transcripts; files in one folder that differ only in their suffixes are versions of one conversation."""
    talks: dict[tuple[str, str], list[Source]] = {}
    for source in result.content.sources(files):
        stem = PurePosixPath(source.path).stem
        slug, name = result.slug(source.folder, stem), result.conversation(source.folder, stem)
        result.add(source.path, source.folder, slug)
        talks.setdefault((source.folder, slug), []).append(replace(source, slug=slug, name=name))
    for (_, slug), versions in talks.items():
        result.transcripts.append(versions[0])
        if len(versions) > 1:
            result.versions.setdefault(slug, tuple(versions))


def _unnamed_sidecars(result: TranscriptFiles) -> None:
    """Withhold transcripts next to a file that seems to be a misnamed sidecar, such as talk.txt and talkyml."""
    for source in [file for file in result.transcripts if file.says_private]:
        name = PurePosixPath(source.path).name.casefold()
        beside = (file for file in result.transcripts if file.folder == source.folder and file is not source)
        owners = [file for file in beside if name.startswith(PurePosixPath(file.path).stem.casefold())]
        if owners:
            hint = f"Name it {PurePosixPath(owners[0].path).stem}.yml, or remove it."
            problem = Problem(source.path, 0, _MISNAMED, hint)
            result.content.problems.append(problem)
            result.transcripts.remove(source)
            del result.paths[source.slug]
            for owner in owners:
                result.withhold(owner.slug, problem)


def _sidecars(result: TranscriptFiles, files: Iterable[os.DirEntry[str]]) -> None:
    for source in result.content.sources(files):
        owner = result.owner(source.folder, source.path.rpartition("/")[2])
        if other := result.sidecars.get(owner):
            message = f"{other.path} is a sidecar of the same transcript."
            problem = Problem(source.path, 0, message, "Put everything into one of them.")
            result.content.problems.append(problem)
            result.withhold(owner, problem)
        else:
            slug = owner or source.slug
            result.sidecars[source.path if slug in result.sidecars else slug] = replace(source, slug=slug)


def _misnamed(result: TranscriptFiles, paths: Iterable[Path]) -> None:
    for path in paths:
        if sidecar_names.backup(path.name) and result.owner(result.content.below(path), path.name) in result.sidecars:
            continue  # an editor's copy of the sidecar
        hint = f"Name it {sidecar_names.stems(path.name)[-1]}.yml, or remove it."
        result.withhold_by_name(path, result.content.report(path, _MISNAMED, hint))


def _strays(result: TranscriptFiles) -> None:
    content = result.content
    for path in content.strays():
        owner = result.owner(content.below(path), path.name)
        if not owner or path.name.startswith(("._", ".#")):  # left behind by systems and editors
            continue
        if sidecar_names.misnamed(path.name):
            _misnamed(result, [path])
            continue
        before = len(content.unread)
        source = next(content.sources([path]), None) if path.is_file() and content.inside(path) else None
        if source:
            result.strays.append(replace(source, slug=owner))
            continue
        if len(content.unread) == before:
            content.report(path, "This is not a file that can be read.", "Put a file here, or remove it.")
        result.withhold(owner, content.problems[-1])
