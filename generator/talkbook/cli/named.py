"""Find the transcripts that somebody names on the command line."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from talkbook.cli import received
from talkbook.problems import did_you_mean
from talkbook.sources.source import Source, Sources


def by_name(sources: Sources) -> Mapping[str, Source]:
    """Return file name, path and slug -> transcript. If it has several files, the names of all lead to the first."""
    files = [(source, each) for source in sources.transcripts for each in sources.versions.get(source.slug, (source,))]
    return {name: source for source, file in reversed(files) for name in (Path(file.path).name, file.path, source.slug)}


def slugs(sources: Sources, names: Sequence[str]) -> set[str]:
    """Return the slugs of the named transcripts, or of all if none is named.

    Raises ClickException if there is no transcript with a given name.
    """
    known = by_name(sources)
    found = set() if names else {source.slug for source in sources.transcripts}
    for name in names:
        source = known.get(os.path.normpath(name)) or known.get(received.name(Path(name)))
        if source is None:
            hint = did_you_mean(name, [Path(source.path).name for source in sources.transcripts])
            raise click.ClickException(f'There is no transcript "{name}". {hint or "Name an existing file."}')
        found.add(source.slug)
    return found
