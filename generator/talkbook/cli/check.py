"""talkbook check: list everything that is wrong with a project, for people, editors and CI."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

import click

from talkbook.book import leaks
from talkbook.book.book import Book
from talkbook.cli import project_folder
from talkbook.drafting import waiting
from talkbook.matching import unnamed
from talkbook.pages import link_check, routes, template_faults
from talkbook.pages.context import RenderContext
from talkbook.permalinks import ledger_check
from talkbook.permalinks.resolve import Permalinks
from talkbook.problems import Problem, counted, visible
from talkbook.project import Project
from talkbook.text import ids


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=".")
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "github"]), default="text", help="The output format."
)
@click.option("--private", is_flag=True, help="Also look for private words in the built site, its copies and .cache.")
def check(folder: Path, form: str, private: bool) -> None:
    """List everything that is wrong with a project.

    FOLDER is the project's folder, by default the current one. Proposals that wait for review are counted, too. The
    exit status is 1 if there are errors, and 0 if there are only warnings.
    """
    project = project_folder.find(folder)
    book = project.book(Path.cwd())
    problems = sorted({*_problems(project, book, private)})
    errors = sum(not problem.warning for problem in problems)
    warnings, proposed = len(problems) - errors, waiting.counts(book)
    if form == "json":
        click.echo(_json(problems, {"errors": errors, "warnings": warnings, "proposed": proposed}))
    else:
        for problem in problems:
            click.echo(visible(_line(problem) if form == "text" else _annotation(problem)))
        counts = f"{counted(errors, 'error')}, {counted(warnings, 'warning')}."
        click.echo(counts if problems else "No problems.")
        if proposed:
            click.echo(waiting.sentence(proposed))
    raise SystemExit(1 if errors else 0)


def _problems(project: Project, book: Book, private: bool) -> Iterator[Problem]:
    if private:
        folders = [*project_folder.sites(project.folder), project.folder / ".cache"]
        for path, places in leaks.find(book.private, folders):
            yield leaks.problem(path.as_posix(), places)
        if book.hidden:
            yield from (leaks.unsearched(path.as_posix()) for folder in folders for path in leaks.opaque(folder))
    yield from book.problems
    yield from ledger_check.problems(Permalinks(book))
    yield from unnamed.problems(book.topics, {*book.passages_of, *book.mentions_of}, book.transcripts)
    yield from _problems_of_pages(project, project.context(book))


def _problems_of_pages(project: Project, context: RenderContext) -> Sequence[Problem]:
    """Return the problems of the pages or, if a template fails, only that one."""
    pages = (routes.spec(context, uri).make() for uri in routes.uris(context))
    others = dict.fromkeys(_other_addresses(project, context))
    try:
        return [*routes.problems(context), *link_check.links(pages, context.site.addresses, others)]
    except Exception as error:  # templates may raise anything
        if fault := template_faults.problem(error):
            return [fault]
        raise


def _other_addresses(project: Project, context: RenderContext) -> Iterator[str]:
    """Yield the addresses of what Talkbook doesn't make: hand-written files, and pages left out because of problems."""
    for path in (path.relative_to(project.docs) for path in project.docs.rglob("*") if path.is_file()):
        yield context.site.addresses.of(path.with_suffix("").as_posix()) if path.suffix == ".md" else path.as_posix()
    for problem in context.book.problems:
        slug = ids.slug(PurePosixPath(problem.path).stem)
        yield from (context.site.addresses.of(f"{kind}/{slug}") for kind in ("topics", "transcripts"))


def _line(problem: Problem) -> str:
    """Return the problem as a line in the form that compilers use."""
    return f"{problem.place}: {_kind(problem)}: {problem.message} {problem.hint}".rstrip()


def _annotation(problem: Problem) -> str:
    """Return the problem as a GitHub workflow command, which GitHub shows beside the line in a pull request."""
    place = f"file={_escaped_property(problem.path)}" + (f",line={problem.line}" if problem.line else "")
    return f"::{_kind(problem)} {place}::{_escaped_data(f'{problem.message} {problem.hint}'.rstrip())}"


def _json(problems: Iterable[Problem], counts: Mapping[str, object]) -> str:
    listed = [
        {
            "path": problem.path,
            "line": problem.line or None,
            "severity": _kind(problem),
            "message": problem.message,
            "hint": problem.hint,
        }
        for problem in problems
    ]
    return json.dumps({"problems": listed, **counts}, indent=1)


def _kind(problem: Problem) -> str:
    return "warning" if problem.warning else "error"


def _escaped_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escaped_property(value: str) -> str:
    return _escaped_data(value).replace(":", "%3A").replace(",", "%2C")
