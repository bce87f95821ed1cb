"""talkbook formats: list the formats that Talkbook reads, or show how it reads a file."""

from functools import partial
from pathlib import Path

import click

from talkbook import readers
from talkbook.problems import counted, excerpt, visible
from talkbook.transcripts import source_map

_TURNS = 8  # shown per file


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False)
@click.option("--format", "form", default="", help="Read FILE as this format instead of detecting it.")
def formats(file: Path | None, form: str) -> None:
    """List the transcript formats, or show how a file would be read.

    For a FILE, its format and its first turns are printed.
    """
    if file is None:
        width = max(map(len, readers.FORMATS))
        for name, reader in readers.FORMATS.items():
            click.echo(f"{name:<{width}}  {(reader.__doc__ or '').strip().splitlines()[0]}")
        return
    data = file.read_bytes()
    name, _ = readers.find_format(data, str(file), form)
    speech = readers.read(data, str(file), form)
    labels = list(dict.fromkeys(utterance.label for utterance in speech.utterances if utterance.label))
    turns, speakers = counted(len(speech.utterances), "turn"), counted(len(labels), "named speaker")
    click.echo(visible(f"{file}: {name}; {turns} by {speakers}."))
    text = partial(source_map.shown, speech.source, speech.marks)
    for utterance in speech.utterances[:_TURNS]:
        words = excerpt(text(utterance.start, utterance.end), 90)
        click.echo(visible(f"  {utterance.label or '(not named)'}: {words}"))
    if len(speech.utterances) > _TURNS:
        click.echo(f"  … and {len(speech.utterances) - _TURNS} more.")
    for problem in speech.problems:
        click.echo(str(problem))
