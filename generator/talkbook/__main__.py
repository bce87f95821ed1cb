"""`python -m talkbook`: the command line, where no script of that name is on the path."""

from talkbook.cli.main import main

main(prog_name="talkbook")
