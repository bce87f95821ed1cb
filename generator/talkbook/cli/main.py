"""The `talkbook` command, made of the commands in this package and MkDocs' `serve` and `build`."""

import errno
import os
from typing import Any

import click
from mkdocs.__main__ import build_command, serve_command

from talkbook.cli import check, draft, formats, link, links, new, speakers
from talkbook.problems import ParseError, os_hint, visible


class Commands(click.Group):
    """A group of commands that reports ParseError and OSError as messages, not as tracebacks."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command. Raises ClickException instead of ParseError, and of OSError unless the output was closed."""
        try:
            return super().invoke(ctx)
        except ParseError as refused:
            raise click.ClickException(str(refused)) from None
        except OSError as error:
            if error.errno == errno.EPIPE or not error.strerror:  # click itself handles EPIPE, a closed output
                raise
            path = error.filename2 or error.filename
            where = f"{os.fsdecode(path)}: " if isinstance(path, str | bytes) else ""
            raise click.ClickException(visible(f"{where}{error.strerror}. {os_hint(error)}")) from None


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
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
