"""Withhold transcripts before they are read, because a file that isn't used may say what is private in them."""

from collections.abc import Iterator
from pathlib import PurePosixPath

import yaml

from talkbook import readers
from talkbook.model import Withheld
from talkbook.problems import ParseError, Problem, did_you_mean
from talkbook.sources import sidecar_names, yaml_schema
from talkbook.sources.source import Source, Sources
from talkbook.text import anchors, ids


def collect(sources: Sources) -> tuple[dict[str, Withheld], list[Problem]]:
    """Return slug -> each transcript that is withheld, and the problems that `sources` doesn't report."""
    withheld = dict(sources.withheld)
    problems: list[Problem] = []
    paths = {each.slug: each.path for each in reversed(sources.transcripts)}
    for side in sources.strays:
        path = paths.get(side.slug)
        if path and _private(side):
            message = f"This file may say what is private in {path}, but Talkbook doesn't look for that here."
            name = PurePosixPath(path).with_suffix(".yml")
            problems.append(Problem(side.path, 0, message, f"Name it {name}. Until then, nothing of it is published."))
            withheld.setdefault(side.slug, Withheld(side.slug, path, problems[-1]))
    for side in sources.sidecars.values():
        if side.slug in paths or side.slug in withheld:
            continue
        problems.append(_alone(side, sources))
        if _private(side):
            named = [*_alike(side, sources)] or sidecar_names.nearest(PurePosixPath(side.path).name, paths)
            for slug in [*_named_transcripts(side, sources)] or named:
                withheld.setdefault(slug, Withheld(slug, paths[slug], problems[-1]))
    for folder, file in sources.shows.items():
        if _private(file):
            message = "A show's file can't say what is private."
            hint = "Say it in the sidecar of each transcript. Until then, nothing of the show is published."
            problems.append(Problem(file.path, 0, message, hint))
            for each in sources.transcripts:
                if not folder or each.folder == folder or each.folder.startswith(f"{folder}/"):
                    withheld.setdefault(each.slug, Withheld(each.slug, each.path, problems[-1]))
    return withheld, problems


def _alike(side: Source, sources: Sources) -> Iterator[str]:
    """Yield the slugs of the transcripts, in any folder, that have the file's name."""
    stems = {ids.slug(stem) for stem in sidecar_names.stems(PurePosixPath(side.path).name)}
    for each in sources.transcripts:
        if ids.slug(PurePosixPath(each.path).stem) in stems:
            yield each.slug


def _alone(side: Source, sources: Sources) -> Problem:
    name = PurePosixPath(side.path).stem
    stems = [PurePosixPath(each.path).stem for each in sources.transcripts]
    hint = did_you_mean(name, stems) or "Give it the name of its transcript, or remove it."
    return Problem(side.path, 0, f'There is no transcript "{name}" for this sidecar.', hint)


def _private(side: Source) -> bool:
    """Return whether the file may make something private; if it isn't YAML, nobody can tell."""
    try:
        return "privat" in readers.decode(side.data, side.path).casefold() or bool(_texts(side) is None)
    except ParseError:
        return bool(side.data.strip())


def _named_transcripts(side: Source, sources: Sources) -> Iterator[str]:
    """Yield the slugs of the transcripts that contain words of the file, at least two in a row."""
    words = [text for text in _texts(side) or () if len(text.split()) > 1]
    for each in sources.transcripts:
        try:
            text = readers.decode(each.data, each.path)
        except ParseError:
            continue
        if any(anchors.spans(text, wanted) for wanted in words):
            yield each.slug


def _texts(side: Source) -> list[str] | None:
    """Return all strings in a YAML file; None if it isn't YAML."""
    try:
        tokens = yaml.scan(readers.decode(side.data, side.path), Loader=yaml_schema.LOADER)
        return [token.value for token in tokens if isinstance(token, yaml.ScalarToken)]
    except (ParseError, yaml.YAMLError, RecursionError, ValueError):
        return None
