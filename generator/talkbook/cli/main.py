"""The command line. Each command is a file in talkbook/cli; none does what the library could not."""

import click
from mkdocs.__main__ import build_command, serve_command

from talkbook.cli import check, draft, formats, link, links, new, speakers


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="talkbook")
def main() -> None:
    """Turn transcripts into a knowledge base of proven quotes."""


for _command in (
    new.new,
    draft.draft,
    speakers.ask,
    serve_command,
    build_command,
    check.check,
    formats.formats,
    link.link,
    links.links,
):
    main.add_command(_command)
