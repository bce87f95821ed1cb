"""talkbook new: a project made of nothing but transcripts."""

import shlex
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import click

from talkbook.book import build, parallel
from talkbook.book.build import Book
from talkbook.cli import draft_files, received, scaffold
from talkbook.cli.draft_files import DraftFolder
from talkbook.drafting import draft as drafting
from talkbook.drafting.draft import Drafts
from talkbook.problems import Problem, counted, os_hint
from talkbook.runtime import progress
from talkbook.sources.source import Sources

_SHOWN = 10  # conversations listed one by one


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("transcripts", metavar="[TRANSCRIPT]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--github", is_flag=True, help="Add a workflow that publishes the site to GitHub Pages.")
def new(folder: Path, transcripts: Sequence[Path], github: bool) -> None:
    """Make a project in FOLDER out of the TRANSCRIPTs, which are copied as they are.

    Nothing that is there is overwritten. Where a transcript can't be read, nothing is made.
    """
    if name := scaffold.occupied(folder):
        hint = "Name another folder, or put the transcripts into its content/transcripts/."
        raise click.ClickException(f"{folder} is a project already: there is {folder / name}. {hint}")
    if folder.exists() and not folder.is_dir():
        raise click.ClickException(f"{folder} is a file. Name a folder.")
    problems: list[Problem] = []
    sources = list(received.files(transcripts, problems))
    if problems:
        raise click.ClickException("\n".join(map(str, problems)))
    book = build.build(Sources(transcripts=tuple(sources)), process=parallel.process_all)
    if errors := [problem for problem in book.problems if not problem.warning]:
        raise click.ClickException("\n".join(map(str, errors)))
    copied = {each.slug: f"transcripts/{received.name(Path(each.path))}" for each in sources}
    shown = partial(progress.track, "Drafting conversations", total=len(sources))
    drafts = drafting.draft(book, shown=shown)
    data = {each.slug: each.data for each in sources}
    here = DraftFolder({each.slug: each.source for each in book.transcripts}, copied, data)
    content = {
        **{copied[each.slug]: each.data for each in sources},
        **{each.path: each.after.encode() for each in draft_files.drafted(drafts, here, click.echo)},
    }
    made = {
        **scaffold.files(_title(folder), github=github),
        **{f"content/{path}": data for path, data in content.items()},
    }
    try:
        taken = scaffold.write(folder, made)
    except OSError as error:
        raise click.ClickException(f"{folder} can't be written: {error.strerror}. {os_hint(error)}") from None
    for line in _report(folder, book, drafts, taken):
        click.echo(line)


def _title(folder: Path) -> str:
    words = folder.absolute().name.replace("-", " ").replace("_", " ").split()
    return " ".join(words).capitalize() or "Talkbook"


def _report(folder: Path, book: Book, drafts: Drafts, taken: Sequence[str]) -> Iterator[str]:
    """What was made, what is unsure, and what to do next, line by line."""
    yield f"{folder}: {counted(len(book.transcripts), 'conversation')}."
    for each in book.transcripts[:_SHOWN]:
        named = ", ".join(speaker.name for speaker in each.speakers) or "nobody named"
        yield f"  {each.path}: {counted(each.words, 'word')} in {counted(len(each.turns), 'turn')}; {named}."
    if len(book.transcripts) > _SHOWN:
        yield f"  … and {len(book.transcripts) - _SHOWN} more."
    for path in taken:
        yield f"{folder / path} was there already, and stays as it is."
    yield from draft_files.summary(drafts, [each.slug for each in book.transcripts])
    if book.problems:
        yield "Worth a look:"
        yield from (f"  {problem}" for problem in book.problems)
    yield f"Next: cd {shlex.quote(str(folder))} && talkbook serve"
