"""talkbook draft: proposals for transcripts that have come into a project, in the files that curators write."""

import difflib
import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import click

from talkbook.book import build, parallel
from talkbook.cli import draft_fates, draft_files, project_folder, received
from talkbook.cli.draft_files import DraftedFile, DraftFolder
from talkbook.drafting import draft as drafting
from talkbook.problems import ParseError, Problem, did_you_mean, os_hint
from talkbook.runtime import progress
from talkbook.sources import content_folder, draft_record, replacing
from talkbook.sources.draft_record import DraftRecord
from talkbook.sources.source import Source, Sources


@click.command()
@click.argument("transcripts", metavar="[TRANSCRIPT]...", nargs=-1)
@click.option("--dry-run", is_flag=True, help="Show what would be written, as a diff, and write nothing.")
def draft(transcripts: Sequence[str], dry_run: bool) -> None:
    """Propose topics, sections and corrections for TRANSCRIPTs of this project, for all that are new if none is named.

    Nothing that is there is changed, and nothing is proposed twice. TRANSCRIPT is a file's name or path; one that lies
    outside of the project is copied into content/transcripts/ as it is.
    """
    content = project_folder.find(Path()).content
    sources = content_folder.read(content.resolve(), Path.cwd().resolve())
    record, recorded = _record(content)
    copied = _received(sources, transcripts, content)
    sources = replace(sources, transcripts=(*sources.transcripts, *copied))
    new = _chosen(sources, transcripts, record)
    for line in _changed(sources, record):
        click.echo(line, err=True)
    if not new:
        click.echo("Nothing is new: every transcript was drafted before.")
        return
    book = build.build(sources, process=parallel.process_all)
    if errors := [problem for problem in book.problems if not problem.warning]:
        raise click.ClickException("\n".join(map(str, errors)))
    among = {each.slug for each in new}
    here = replace(book, transcripts=tuple(each for each in book.transcripts if each.slug in among))
    shown = partial(progress.track, "Drafting conversations", total=len(among))
    folder = DraftFolder(
        sources={each.slug: each.source for each in here.transcripts},
        transcripts={each.slug: _inside(each, content) for each in new},
        received={each.slug: each.data for each in new},
        sidecars={slug: (_inside(each, content), _text(each)) for slug, each in sources.sidecars.items()},
        topics={each.slug for each in sources.topics},
        lexicon=_text(sources.lexicon) if sources.lexicon else "",
        ranks=max((topic.rank for topic in book.topics), default=0),
        record=record,
        recorded=recorded,
    )
    drafts = draft_files.unrecorded(drafting.draft(here, record.names("topic"), shown), folder)
    made = draft_files.drafted(drafts, folder, lambda message: click.echo(message, err=True))
    if dry_run:
        click.echo("".join(_diff(made, content)), nl=False)
        return
    for source in copied:
        _copy(source)
    for each in made:
        _write(content / each.path, each)
    if fates := draft_fates.told(record, book.topic, sources.topics, folder.sidecars):
        click.echo(fates)
    for line in draft_files.summary(drafts, sorted(among)):
        click.echo(line)


def _record(content: Path) -> tuple[DraftRecord, str]:
    path = content / draft_files.RECORD
    text = path.read_text("utf-8") if path.is_file() else ""
    try:
        return draft_record.read(text, str(path)), text
    except ParseError as error:
        raise click.ClickException("\n".join(map(str, error.problems))) from None


def _received(sources: Sources, names: Sequence[str], content: Path) -> list[Source]:
    """The files that are named and lie outside of the project, as they will lie in it."""
    known = _by_name(sources)
    outside = [Path(name) for name in names if os.path.normpath(name) not in known and Path(name).exists()]
    problems: list[Problem] = []
    found = []
    slugs = {each.slug: each.path for each in sources.transcripts}
    for each in received.files(outside, problems):
        if each.slug in slugs:
            message = f'{slugs[each.slug]} is "{each.slug}" in addresses already.'
            problems.append(Problem(each.path, 0, message, "Rename the file, or name the one in the project."))
        path = content.resolve() / "transcripts" / received.name(Path(each.path))
        found.append(replace(each, path=os.path.relpath(path, Path.cwd().resolve())))
    if problems:
        raise click.ClickException("\n".join(map(str, problems)))
    return found


def _by_name(sources: Sources) -> dict[str, Source]:
    return {name: each for each in sources.transcripts for name in (Path(each.path).name, each.path, each.slug)}


def _chosen(sources: Sources, names: Sequence[str], record: DraftRecord) -> list[Source]:
    """The transcripts that were not drafted before, and that are named, if any is."""
    known = _by_name(sources)
    wanted = set() if names else {each.slug for each in sources.transcripts}
    for name in names:
        found = known.get(os.path.normpath(name)) or known.get(received.name(Path(name)))
        if found is None:
            hint = did_you_mean(name, [Path(each.path).name for each in sources.transcripts])
            hint = hint or "Name a file that is there."
            raise click.ClickException(f'There is no transcript "{name}". {hint}')
        wanted.add(found.slug)
    done = set(record.names("transcript"))
    return [each for each in sources.transcripts if each.slug in wanted - done]


def _changed(sources: Sources, record: DraftRecord) -> Iterator[str]:
    """A line for each transcript that is not as it was when it was drafted."""
    for each in sources.transcripts:
        if not record.same("transcript", each.slug, each.data):
            hint = f'To draft it again, delete its line "transcript … {each.slug}" in {draft_files.RECORD}.'
            yield f"{each.path}: This file has changed since it was drafted. {hint}"


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
    replacing.write(path, each.after.encode())


def _copy(source: Source) -> None:
    """Put a transcript into the project, byte for byte. A file that is there is never overwritten."""
    path = Path(source.path)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("xb") as file:
            file.write(source.data)
    except OSError as error:
        raise click.ClickException(f"{path} can't be written: {error.strerror}. {os_hint(error)}") from None
