"""The command line. Each command is a file in talkbook/commands; none does what the library could not."""

import click

from talkbook.cli import check, formats, link, links


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="talkbook")
def main() -> None:
    """Turn transcripts into a knowledge base of proven quotes. The site itself is built by mkdocs."""


for _command in (check.check, formats.formats, link.link, links.links):
    main.add_command(_command)
