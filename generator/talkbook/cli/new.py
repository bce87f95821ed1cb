"""talkbook new: create a project from transcripts."""

import shlex
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import click

from talkbook.book import build, parallel
from talkbook.book.book import Book
from talkbook.cli import draft_files, received, scaffold
from talkbook.cli.draft_files import DraftFolder
from talkbook.drafting import book_drafts
from talkbook.drafting.book_drafts import Drafts
from talkbook.problems import ParseError, Problem, counted, os_hint
from talkbook.runtime import progress
from talkbook.sources.source import Sources

_LISTED = 10  # conversations listed one by one


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("transcripts", metavar="[TRANSCRIPT]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--github", is_flag=True, help="Add a workflow that publishes the site to GitHub Pages.")
def new(folder: Path, transcripts: Sequence[Path], github: bool) -> None:
    """Create a project from transcripts.

    The project is created in FOLDER, and the TRANSCRIPTs are copied into it, unchanged. Existing files are never
    overwritten. If a transcript can't be read, nothing is created.
    """
    if name := scaffold.occupied(folder):
        hint = "Choose another folder, or put the transcripts into its content/transcripts/."
        raise click.ClickException(f"{folder} is already a project: {folder / name} exists. {hint}")
    if folder.exists() and not folder.is_dir():
        raise click.ClickException(f"{folder} is a file. Name a folder.")
    problems: list[Problem] = []
    sources = list(received.files(transcripts, problems))
    if problems:
        raise ParseError(*problems)
    book = build.build(Sources(transcripts=tuple(sources)), process=parallel.process_all)
    if errors := [problem for problem in book.problems if not problem.warning]:
        raise ParseError(*errors)
    drafts = book_drafts.propose(book, track=partial(progress.track, "Drafting conversations", total=len(sources)))
    beside = DraftFolder(
        sources={transcript.slug: transcript.source for transcript in book.transcripts},
        transcripts={source.slug: f"transcripts/{received.name(Path(source.path))}" for source in sources},
        received={source.slug: source.data for source in sources},
    )
    drafted = draft_files.drafted(drafts, beside, click.echo)
    files = {
        **scaffold.files(_title(folder), github=github),
        **{f"content/{beside.transcripts[slug]}": data for slug, data in beside.received.items()},
        **{f"content/{file.path}": file.after.encode() for file in drafted},
    }
    try:
        taken = scaffold.write(folder, files)
    except OSError as error:
        raise click.ClickException(f"{folder} can't be written: {error.strerror}. {os_hint(error)}") from None
    for line in _report(folder, book, drafts, taken):
        click.echo(line)


def _title(folder: Path) -> str:
    words = folder.absolute().name.replace("-", " ").replace("_", " ").split()
    return " ".join(words).capitalize() or "Talkbook"


def _report(folder: Path, book: Book, drafts: Drafts, taken: Sequence[str]) -> Iterator[str]:
    """Yield the lines of a report: what was made, which problems there are, and what to do next."""
    yield f"{folder}: {counted(len(book.transcripts), 'conversation')}."
    for transcript in book.transcripts[:_LISTED]:
        words, turns = counted(transcript.words, "word"), counted(len(transcript.turns), "turn")
        names = ", ".join(speaker.name for speaker in transcript.speakers) or "nobody named"
        yield f"  {transcript.path}: {words} in {turns}; {names}."
    if len(book.transcripts) > _LISTED:
        yield f"  … and {len(book.transcripts) - _LISTED} more."
    for path in taken:
        yield f"{folder / path} already exists and is left as it is."
    yield from draft_files.summary(drafts, [transcript.slug for transcript in book.transcripts])
    if book.problems:
        yield "Worth a look:"
        yield from (f"  {problem}" for problem in book.problems)
    yield f"Next: cd {shlex.quote(str(folder))} && talkbook serve"
