"""talkbook links: find published addresses that are gone, and update the ledger."""

from collections.abc import Mapping
from pathlib import Path

import click

from talkbook.cli import project_folder
from talkbook.permalinks import ledger_check, suggestions
from talkbook.permalinks.resolve import Permalinks, record
from talkbook.permalinks.suggestions import Suggestion
from talkbook.problems import counted, visible
from talkbook.sources import content_folder, ledger
from talkbook.sources.ledger import WITHDRAWN, LedgerEntry

_OFFERED = 3  # successors shown for a lost address


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=".")
@click.option("--update", is_flag=True, help="Record new addresses, and ask where each lost one should lead.")
@click.option(
    "--yes", is_flag=True, help="With --update: accept the most likely successor of each lost address, and report it."
)
def links(folder: Path, update: bool, yes: bool) -> None:
    """Compare a project with its ledger of published addresses.

    FOLDER is the project's folder, by default the current one. The ledger is content/permalinks.txt. The exit status
    is 1 if an address is lost: it was published, it is gone, and nobody has said where it leads now.
    """
    project = project_folder.find(folder)
    book = project.book(Path.cwd())
    errors = [problem for problem in book.problems if not problem.warning]
    for problem in errors:
        click.echo(str(problem), err=True)
    if errors:
        raise click.ClickException("The ledger is left as it is until these are fixed.")
    permalinks = Permalinks(book)
    lost = list(ledger_check.lost(permalinks))
    new = len(permalinks.alive - book.ledger.lines.keys())
    accepted: dict[str, str] = {}
    for line in lost:
        choice = _ask(permalinks, line, accepted, update, yes)
        if choice:
            accepted[line.address] = choice
    if update:
        path = content_folder.write_permalinks(project.content, ledger.write(record(permalinks, accepted)))
        click.echo(f"{path}: {counted(new, 'new address', 'new addresses')} recorded, {len(accepted)} redirected.")
    else:
        recorded = counted(len(book.ledger.lines), "address", "addresses")
        hint = ' Run "talkbook links --update".' if new or lost else ""
        click.echo(f"{recorded} recorded, {new} not yet recorded, {len(lost)} lost.{hint}")
    raise SystemExit(1 if len(lost) > len(accepted) else 0)


def _ask(permalinks: Permalinks, line: LedgerEntry, accepted: Mapping[str, str], update: bool, yes: bool) -> str:
    """Show what a lost address may have become, and return the chosen successor, or "" if there is none.

    A turn, its only paragraph and a quote with the same words share a successor, so only the first is asked about.

    accepted: lost address -> successor, for those chosen so far.
    update: whether to ask; otherwise "" is returned.
    yes: whether to choose the most similar one instead of asking.
    """
    best = list(suggestions.nearest(permalinks, line))[:_OFFERED]
    same = {_passage(new) for old, new in accepted.items() if _passage(old) == _passage(line.address)}
    for suggestion in best:
        if _passage(suggestion.address) in same:
            click.echo(f"{line.address} leads the same way, to {suggestion.address}.")
            return suggestion.address
    private = permalinks.book.private.in_text(line.words)
    click.echo(visible(f"{line.address} is gone: {'its words are private now' if private else line.words}"))
    for number, suggestion in enumerate(best, 1):
        click.echo(visible(f"  {number}. {suggestion.address}, {suggestion.likeness:.0f} % alike: {suggestion.words}"))
    if not best:
        click.echo("  Nothing similar was found.")
    if not update or (yes and not best):
        return ""
    choice = "1" if yes else _prompt(best)
    if choice == "w":
        return WITHDRAWN
    return best[int(choice) - 1].address if choice.isdigit() else ""


def _prompt(best: list[Suggestion]) -> str:
    """Return the answer: the number of a suggestion, "w" for withdrawn, or "n" for not now or if nobody can answer."""
    choices = click.Choice([*(str(number) for number in range(1, len(best) + 1)), "w", "n"])
    try:
        answer: str = click.prompt(
            "  Its successor's number, w for withdrawn, or n for not now", type=choices, default="n"
        )
    except click.Abort:
        return "n"
    return answer


def _passage(address: str) -> str:
    """Return what the ids of a turn, a paragraph and a quote with the same words have in common.

    For any other address, the address itself is returned.
    """
    name = address.rpartition("#")[2].rpartition("/")[2]
    return name[2:] if name.startswith(("t-", "p-", "q-")) else address
