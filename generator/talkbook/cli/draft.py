"""talkbook draft: proposals for transcripts that have come into a project, in the files that curators write."""

import difflib
import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import click

from talkbook.book import build, parallel
from talkbook.cli import draft_files, plural, project
from talkbook.cli.draft_files import DraftedFile, DraftFolder
from talkbook.drafting import draft as drafting
from talkbook.problems import ParseError, did_you_mean
from talkbook.runtime import progress
from talkbook.sources import content_folder, draft_record
from talkbook.sources.draft_record import DraftRecord
from talkbook.sources.source import Source, Sources


@click.command()
@click.argument("transcripts", metavar="[TRANSCRIPT]...", nargs=-1)
@click.option("--dry-run", is_flag=True, help="Show what would be written, as a diff, and write nothing.")
def draft(transcripts: Sequence[str], dry_run: bool) -> None:
    """Propose topics, sections and corrections for TRANSCRIPTs of this project, for all that are new if none is named.

    Nothing that is there is changed, and nothing is proposed twice. TRANSCRIPT is a file's name or path.
    """
    content = project.find(Path()).content
    sources = content_folder.read(content.resolve(), Path.cwd().resolve())
    record, recorded = _record(content)
    new = _chosen(sources, transcripts, record)
    if not new:
        click.echo("Nothing is new: every transcript was drafted before.")
        return
    book = build.build(sources, process=parallel.process_all)
    if errors := [problem for problem in book.problems if not problem.warning]:
        raise click.ClickException("\n".join(map(str, errors)))
    among = {each.slug for each in new}
    here = replace(book, transcripts=tuple(each for each in book.transcripts if each.slug in among))
    shown = partial(progress.shown, "Drafting conversations", total=len(among))
    drafts = drafting.draft(here, record.names("topic"), shown)
    folder = DraftFolder(
        sources={each.slug: each.source for each in here.transcripts},
        transcripts={each.slug: _inside(each, content) for each in new},
        sidecars={slug: (_inside(each, content), _text(each)) for slug, each in sources.sidecars.items()},
        topics={each.slug for each in sources.topics},
        record=record,
        recorded=recorded,
    )
    made = draft_files.drafted(drafts, folder, lambda message: click.echo(message, err=True))
    if dry_run:
        click.echo("".join(_diff(made, content)), nl=False)
        return
    for each in made:
        _write(content / each.path, each)
    for line in draft_files.summary(drafts, plural.count, sorted(among)):
        click.echo(line)


def _record(content: Path) -> tuple[DraftRecord, str]:
    path = content / draft_files.RECORD
    text = path.read_text("utf-8") if path.is_file() else ""
    try:
        return draft_record.read(text, str(path)), text
    except ParseError as error:
        raise click.ClickException("\n".join(map(str, error.problems))) from None


def _chosen(sources: Sources, names: Sequence[str], record: DraftRecord) -> list[Source]:
    """The transcripts that were not drafted before, and that are named, if any is."""
    if names:
        known = {name: each for each in sources.transcripts for name in (Path(each.path).name, each.path, each.slug)}
        for name in names:
            if os.path.normpath(name) not in known:
                hint = did_you_mean(name, [Path(each.path).name for each in sources.transcripts])
                hint = hint or "Put the file into content/transcripts/ first."
                raise click.ClickException(f'There is no transcript "{name}". {hint}')
        wanted = {known[os.path.normpath(name)].slug for name in names}
    else:
        wanted = {each.slug for each in sources.transcripts}
    done = set(record.names("transcript"))
    return [each for each in sources.transcripts if each.slug in wanted - done]


def _text(source: Source) -> str:
    try:
        return source.data.decode()  # a byte-order mark stays in it
    except UnicodeDecodeError:
        raise click.ClickException(f"{source.path}: This file is not in UTF-8. Save it as UTF-8.") from None


def _inside(source: Source, content: Path) -> str:
    return (Path.cwd().resolve() / source.path).relative_to(content.resolve()).as_posix()


def _diff(made: Sequence[DraftedFile], content: Path) -> Iterator[str]:
    for each in made:
        lines = each.before.splitlines(keepends=True), each.after.splitlines(keepends=True)
        before = str(content / each.path) if each.before else os.devnull
        yield from difflib.unified_diff(*lines, before, str(content / each.path))


def _write(path: Path, each: DraftedFile) -> None:
    """Put the file in its place, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    beside.write_bytes(each.after.encode())
    beside.replace(path)
