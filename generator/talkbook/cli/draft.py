"""talkbook draft: propose topics, sections, speakers and corrections for new transcripts."""

import difflib
import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import click

from talkbook.book import build, parallel
from talkbook.cli import draft_fates, draft_files, named, project_folder, received
from talkbook.cli.draft_files import DraftedFile, DraftFolder
from talkbook.drafting import book_drafts
from talkbook.problems import ParseError, Problem, os_hint
from talkbook.runtime import progress
from talkbook.sources import content_folder, draft_record, replacing
from talkbook.sources.draft_record import DraftRecord
from talkbook.sources.source import Source, Sources


@click.command()
@click.argument("transcripts", metavar="[TRANSCRIPT]...", nargs=-1)
@click.option("--dry-run", is_flag=True, help="Show the changes as a diff, and write nothing.")
def draft(transcripts: Sequence[str], dry_run: bool) -> None:
    """Propose topics, sections, speakers and corrections.

    TRANSCRIPT is the name or path of a file; one from outside the project is first copied into content/transcripts/,
    unchanged. Without arguments, all transcripts that are new are drafted. What you wrote is never changed, and
    nothing is proposed twice.
    """
    content = project_folder.find(Path()).content
    sources = content_folder.read(content.resolve(), Path.cwd().resolve())
    recorded = content / content_folder.DRAFTS
    before = replacing.text(recorded.read_bytes(), str(recorded)) if recorded.is_file() else ""
    record = draft_record.read(before, str(recorded))
    copied = _received(sources, transcripts, content)
    sources = replace(sources, transcripts=(*sources.transcripts, *copied))
    new = _chosen(sources, transcripts, record)
    for line in _changed(sources, record):
        click.echo(line, err=True)
    if not new:
        click.echo("There is nothing new: every transcript has been drafted.")
        return
    book = build.build(sources, process=parallel.process_all)
    if errors := [problem for problem in book.problems if not problem.warning]:
        raise ParseError(*errors)
    slugs = {source.slug for source in new}
    undrafted = replace(book, transcripts=tuple(talk for talk in book.transcripts if talk.slug in slugs))
    track = partial(progress.track, "Drafting conversations", total=len(slugs))
    folder = DraftFolder(
        sources={transcript.slug: transcript.source for transcript in undrafted.transcripts},
        transcripts={source.slug: _relative_path(source, content) for source in new},
        received={source.slug: source.data for source in new},
        sidecars={
            slug: (_relative_path(side, content), replacing.text(side.data, side.path))
            for slug, side in sources.sidecars.items()
        },
        topics={source.slug for source in sources.topics},
        lexicon=replacing.text(sources.lexicon.data, sources.lexicon.path) if sources.lexicon else "",
        ranks=max((topic.rank for topic in book.topics), default=0),
        record=record,
        recorded=before,
    )
    drafts = draft_files.unrecorded(book_drafts.propose(undrafted, record.names("topic"), track), folder)
    files = draft_files.drafted(drafts, folder, lambda message: click.echo(message, err=True))
    if dry_run:
        click.echo("".join(_diff(files, content)), nl=False)
        return
    for source in copied:
        _copy(source)
    for file in files:
        path = content / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        replacing.write(path, file.after.encode())
    if fates := draft_fates.summary(record, book.topic, sources.topics, folder.sidecars):
        click.echo(fates)
    for line in draft_files.summary(drafts, sorted(slugs)):
        click.echo(line)


def _received(sources: Sources, names: Sequence[str], content: Path) -> list[Source]:
    """Return the named files that are outside the project, with the paths that they will have in it.

    Raises ParseError if a file can't be used, or if its slug is taken.
    """
    known = named.by_name(sources)
    outside = [Path(name) for name in names if os.path.normpath(name) not in known and Path(name).exists()]
    problems: list[Problem] = []
    copies = []
    paths = {source.slug: source.path for source in sources.transcripts}
    for file in received.files(outside, problems):
        if file.slug in paths:
            message = f'{paths[file.slug]} is "{file.slug}" in addresses already.'
            problems.append(Problem(file.path, 0, message, "Rename the file, or draft the one in the project."))
        path = content.resolve() / "transcripts" / received.name(Path(file.path))
        copies.append(replace(file, path=os.path.relpath(path, Path.cwd().resolve())))
    if problems:
        raise ParseError(*problems)
    return copies


def _chosen(sources: Sources, names: Sequence[str], record: DraftRecord) -> list[Source]:
    """Return the named transcripts, or all if none is named, without those that have been drafted.

    Raises ClickException if there is no transcript with a given name.
    """
    wanted = named.slugs(sources, names).difference(record.names("transcript"))
    return [source for source in sources.transcripts if source.slug in wanted]


def _changed(sources: Sources, record: DraftRecord) -> Iterator[str]:
    """Yield a line for each transcript that has changed since it was drafted."""
    for source in sources.transcripts:
        if not record.same("transcript", source.slug, source.data):
            hint = f'To draft it again, delete its line "transcript … {source.slug}" in {content_folder.DRAFTS}.'
            yield f"{source.path}: This file has changed since it was drafted. {hint}"


def _relative_path(source: Source, content: Path) -> str:
    return (Path.cwd().resolve() / source.path).relative_to(content.resolve()).as_posix()


def _diff(files: Sequence[DraftedFile], content: Path) -> Iterator[str]:
    for file in files:
        lines = file.before.splitlines(keepends=True), file.after.splitlines(keepends=True)
        before = str(content / file.path) if file.before else os.devnull
        yield from difflib.unified_diff(*lines, before, str(content / file.path))


def _copy(source: Source) -> None:
    """Copy a transcript into the project. Raises ClickException if it can't be written or a file is there already."""
    path = Path(source.path)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("xb") as file:
            file.write(source.data)
    except OSError as error:
        raise click.ClickException(f"{path} can't be written: {error.strerror}. {os_hint(error)}") from None
