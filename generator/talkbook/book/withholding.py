"""Withhold transcripts before they are read, because a file that isn't used may say what is private in them.

What may be in a transcript that can't be read is not reported as missing.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache, partial
from itertools import chain
from pathlib import PurePosixPath

import yaml

from talkbook import readers
from talkbook.book import versions
from talkbook.matching.selection import SelectorProblem
from talkbook.model import Withheld
from talkbook.problems import ParseError, Problem, did_you_mean
from talkbook.sources import sidecar_names, yaml_schema
from talkbook.sources.source import Source, Sources
from talkbook.text import anchors, ids

_WORD = re.compile(r"\w+")
_DELIMITER = re.compile(r"""[\n,{}\[\]"]+|\b(?:from|to|why)['"]?\s*[:=]\s*""")
_ENTRIES = 5000  # characters after the head of a list that are searched for its entries


def collect(sources: Sources) -> tuple[dict[str, Withheld], list[Problem]]:
    """Return slug -> each transcript that is withheld, and the problems that `sources` doesn't report."""
    withheld = dict(sources.withheld)
    problems: list[Problem] = []
    paths = {each.slug: each.path for each in reversed(sources.transcripts)}
    spoken = cache(partial(_spoken, sources))  # most projects never need it
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
            for slug in [*_named_transcripts(side, spoken())] or named:
                withheld.setdefault(slug, Withheld(slug, paths[slug], problems[-1]))
    for other in sources.transcripts:
        for slug in _named_transcripts(other, spoken()) if other.says_private else ():
            message = f"This file says what is private in {paths[slug]}, but is no sidecar."
            name = PurePosixPath(paths[slug]).with_suffix(".yml")
            hint = f"Put it into {name}. Until then, nothing of that transcript is published."
            problems.append(Problem(other.path, 0, message, hint))
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


def certain(problems: Iterable[SelectorProblem], refused: Sequence[Source]) -> Iterator[Problem]:
    """Yield the problems with pins and hides, except with those whose words may be in a transcript that can't be read.

    refused: the files of the transcripts that can't be read.
    """
    unread = [set(_WORD.findall(_legible(file).casefold())) for file in refused]
    for selector, problem in problems:
        words = _WORD.findall(selector.text.casefold())
        if not any(each.issuperset(words) for each in unread):
            yield problem


def may_name(name: str, refused: Iterable[Source], sources: Sources) -> bool:
    """Return whether the name occurs in one of the files that can't be read, or in its sidecar."""
    files = [file for source in refused for file in (source, sources.sidecars.get(source.slug)) if file]
    return any(name.encode() in file.data for file in files)


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
        return "privat" in readers.decode(side.data, side.path).casefold() or _texts(side) is None
    except ParseError:
        return bool(side.data.strip())


def _spoken(sources: Sources) -> Mapping[str, str]:
    """Return slug -> text of each transcript that isn't itself searched for what is private in others."""
    return {
        each.slug: _text(each, sources.sidecars.get(each.slug)) for each in sources.transcripts if not each.says_private
    }


def _text(source: Source, side: Source | None) -> str:
    """Return the text of a transcript; if it can't be decoded, what is legible of it."""
    with suppress(ParseError):
        return readers.decode(source.data, source.path, versions.stated(side).encoding)
    return _legible(source)


def _legible(source: Source) -> str:
    return source.data.replace(b"\0", b"").decode("utf-8", "replace")


def _named_transcripts(side: Source, spoken: Mapping[str, str]) -> Iterator[str]:
    """Yield the slugs of the transcripts that contain words of the file.

    These are at least two words in a row; if no transcript has those, a word that only one transcript has.
    """
    wanted = {*(_texts(side) or _entries(side))} - sidecar_names.PRIVATE_KEYS
    holders = {each: [slug for slug, text in spoken.items() if anchors.spans(text, each)] for each in wanted}
    several = [slugs for each, slugs in holders.items() if slugs and len(each.split()) > 1]
    yield from dict.fromkeys(chain.from_iterable(several or (slugs for slugs in holders.values() if len(slugs) == 1)))


def _entries(side: Source) -> list[str]:
    """Return what may be the entries of `private:` in a file that isn't YAML."""
    try:
        text = readers.decode(side.data, side.path)
    except ParseError:
        return []
    head = sidecar_names.private(text)
    return _DELIMITER.split(text[head.end() : head.end() + _ENTRIES]) if head else []


def _texts(side: Source) -> list[str] | None:
    """Return all strings in a YAML file; None if it isn't YAML."""
    try:
        return [value for _, value in yaml_schema.scalars(readers.decode(side.data, side.path))]
    except (ParseError, yaml.YAMLError, RecursionError, ValueError):
        return None
